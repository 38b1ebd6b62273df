import type {
  HeldLevel,
  LevelEffects,
  PermissionDifference,
  Reachable,
  SubjectDifference,
  SubjectKind,
} from '../../model/difference.ts';
import { enumeration } from '../enumeration.ts';
import type { Lettering } from '../lettering.ts';
import { counted } from '../tally.ts';
import type { AccessChange } from './access.ts';
import { someOf } from './told.ts';

type Write = (name: string) => string;

const kinds = { role: 'role', 'custom-role': 'custom role', assignment: 'assignment' } as const satisfies Record<
  SubjectKind,
  string
>;

/** "Basic User", "the custom role EMEA Procurement": a role needs no word, whatever else there is does. */
export function subjectText({ kind, title }: Pick<SubjectDifference, 'kind' | 'title'>, write: Write): string {
  return kind === 'role' ? write(title) : `the ${kinds[kind]} ${write(title)}`;
}

/** "the role Basic User", for where it is the role itself that is new, or removed. */
export function wholeSubjectText({ kind, title }: SubjectDifference, write: Write): string {
  return `the ${kinds[kind]} ${write(title)}`;
}

/** "2 roles and 1 custom role". */
export function subjectCounts(subjects: readonly Pick<SubjectDifference, 'kind'>[]): string {
  const parts = (Object.keys(kinds) as SubjectKind[]).map((kind) => {
    const count = subjects.filter((subject) => subject.kind === kind).length;
    return count === 0 ? null : counted(count, kinds[kind]);
  });
  return enumeration(parts.filter((part) => part !== null));
}

/** Names in a line, those of a kind together: "Analyst and Buyer, the custom role EMEA Procurement". */
export function subjectList(
  subjects: readonly SubjectDifference[],
  name: (subject: SubjectDifference) => string,
): string {
  const parts = (Object.keys(kinds) as SubjectKind[]).flatMap((kind) => {
    const those = subjects.filter((subject) => subject.kind === kind);
    if (those.length === 0) return [];
    const word = kind === 'role' ? '' : `the ${kinds[kind]}${those.length === 1 ? '' : 's'} `;
    return [`${word}${someOf(those.map(name))}`];
  });
  return parts.length === 2 ? parts.join(', and ') : parts.join('; ');
}

/** "Edit on Spend Data". */
export function heldText(title: string, level: Pick<HeldLevel, 'level' | 'title'>, write: Write): string {
  return write(level.level === null ? title : `${level.title ?? level.level} on ${title}`);
}

/** What is gained or lost, and a note on what was or is held besides. */
export interface ChangePhrase {
  readonly what: string;
  readonly note: string | null;
}

/** What is gained or lost by so many, behind that word: "Edit on Spend Data", "had View". */
export function changePhrase(change: AccessChange, count: number, write: Write, letters: Lettering): ChangePhrase {
  const { title, base, head, direction, shift, gains, losses } = change;
  const isLoss = direction === 'narrowing';
  const [its, keeps] = count === 1 ? ['its', 'keeps'] : ['their', 'keep'];
  const had = isLoss ? keeps : 'had';
  const [top, other] = isLoss ? [base, head] : [head, base];
  if (top === null) return { what: write(title), note: null };
  const held = heldText(title, top, write);
  const levels = levelTitles(isLoss ? losses : gains, letters);
  switch (shift) {
    case 'everywhere':
      return { what: `${held} for every app`, note: `${had} it for ${its} own` };
    case 'vendors':
      return { what: `${held} for the vendors and resellers of ${its} apps`, note: levels === '' ? null : levels };
    case 'included':
      return levels === ''
        ? { what: `a part of ${held}`, note: null }
        : { what: `${levels}, which ${held} ${isLoss ? 'included' : 'now includes'}`, note: null };
    case 'both':
      return other === null
        ? { what: held, note: null }
        : {
            what: `${reachText(top, held, its)} in place of ${reachText(other, heldText(title, other, write), its)}`,
            note: null,
          };
    case 'level':
      return { what: held, note: other === null ? null : `${had} ${letters.text(levelName(other))}` };
  }
}

/** The same in one: "Edit on Spend Data (had View)". */
export function changeText(change: AccessChange, count: number, write: Write, letters: Lettering): string {
  const { what, note } = changePhrase(change, count, write, letters);
  return note === null ? what : `${what} (${note})`;
}

/** What distinguishes an heir's change from the one that is told: " (had View)". */
export function heirNote(change: AccessChange, of: PermissionDifference, letters: Lettering): string {
  if (change.base?.level === of.base?.level && change.head?.level === of.head?.level) return '';
  const other = change.direction === 'narrowing' ? of.head : of.base;
  const verb = change.direction === 'narrowing' ? 'keeps' : 'had';
  return ` (${verb} ${other === null ? 'nothing' : letters.text(levelName(other))})`;
}

/** "the app Asana", "the apps Asana and Jira, the vendor Zoom Communications". */
export function thingsText(things: readonly Reachable[], write: Write): string {
  const groups = [...Map.groupBy(things, ({ kind }) => kind)];
  return enumeration(
    groups.map(([kind, those]) =>
      kind === 'all-apps'
        ? 'every app'
        : `the ${kind}${those.length === 1 ? '' : 's'} ${someOf(those.map(({ title }) => write(title)))}`,
    ),
  );
}

/** The first letter as it begins a line; a name keeps its own. */
export function capitalised(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}

function reachText({ everywhere }: HeldLevel, held: string, its: string): string {
  return `${held} for ${everywhere ? 'every app' : `${its} own apps`}`;
}

function levelName({ level, title }: HeldLevel): string {
  return title ?? level ?? 'it';
}

function levelTitles(levels: readonly LevelEffects[], letters: Lettering): string {
  return enumeration(levels.flatMap(({ level, title }) => (level === null ? [] : [letters.text(title ?? level)])));
}
