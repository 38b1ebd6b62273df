import type { Related } from '../../language/diagnostic.ts';
import { byCodePoint } from '../../language/source.ts';
import type { Difference, LevelEffects, SidePlace, SubjectDifference, SubjectName } from '../../model/difference.ts';
import { widens } from './direction.ts';

/** How many lines of one refusal are shown; the difference itself shows all. */
const shown = 10;

/** Something that a gate is about, with its line; null: it has none. */
export interface Line {
  readonly message: string;
  readonly place: SidePlace | null;
}

/** What a gate looks for in the levels and things gained. */
export type Mark = 'any' | 'sensitive' | 'reserved';

/** The lines by which subjects gain, one for each change, whomever it reaches. */
export function gainingLines(difference: Difference, mark: Mark): readonly Line[] {
  const isMeant = (item: { readonly sensitive: boolean; readonly reserved: boolean }) => mark === 'any' || item[mark];
  return [
    ...difference.causes.flatMap(({ gains, reaches, permission, place }) => {
      const levels = gains.filter(isMeant);
      if (levels.length === 0) return [];
      return [{ message: `${whom(reaches)} ${permission}${levelText(levels)}`, place }];
    }),
    ...difference.reachCauses.flatMap((cause) => {
      if (cause.change === 'lost' || !isMeant(cause)) return [];
      return [{ message: `${whom(cause.reaches)} ${cause.thing.kind} ${cause.thing.name}`, place: cause.place }];
    }),
    ...difference.subjects
      .filter(({ direction, reasons }) => widens(direction) && (mark === 'any' || reasons.includes(mark)))
      .flatMap((subject) => [...purposeLines(subject), ...peopleLines(subject)]),
  ];
}

function purposeLines({ application, name, onlyIn, declaredAt }: SubjectDifference): readonly Line[] {
  if (onlyIn === null) return [];
  return [{ message: `${application}/${name} is in ${onlyIn.head?.join(', ') ?? 'every purpose'}`, place: declaredAt }];
}

function peopleLines({ application, name, people }: SubjectDifference): readonly Line[] {
  return people.flatMap(({ account, change, place }) => {
    if (change !== 'added' && change !== 'extended') return [];
    const verb = change === 'added' ? 'is given' : 'is given for longer';
    return [{ message: `${account} ${verb} ${application}/${name}`, place }];
  });
}

/** Related places, of the head alone: diagnostics are read beside its files. */
export function atHead(lines: readonly Line[]): readonly Related[] {
  return lines
    .flatMap(({ message, place }) => (place?.side === 'head' ? [{ message, place: withoutSide(place) }] : []))
    .slice(0, shown);
}

/** Names of those that are concerned, sorted, each in full. */
export function inFull(items: readonly { readonly application: string; readonly name: string }[]): readonly string[] {
  return [...new Set(items.map(({ application, name }) => `${application}/${name}`))].toSorted(byCodePoint);
}

function withoutSide({ file, line, column, endLine, endColumn }: SidePlace): Related['place'] {
  return { file, line, column, endLine, endColumn };
}

function whom(reaches: readonly SubjectName[]): string {
  const [first, ...others] = reaches;
  if (others.length === 0) return `${first?.name} gains`;
  return `${first?.name} and ${others.length} more gain`;
}

function levelText(levels: readonly LevelEffects[]): string {
  const names = levels.flatMap(({ level }) => level ?? []);
  return names.length === 0 ? '' : `:${names.join(', :')}`;
}
