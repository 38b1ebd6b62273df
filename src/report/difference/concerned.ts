import type { CauseLine, SubjectDifference, SubjectName } from '../../model/difference.ts';
import type { Lettering } from '../lettering.ts';
import { capitalised, subjectList } from './phrases.ts';
import type { Detail } from './told.ts';
import { someOf } from './told.ts';

/** Those whom an entry is about: the ones that were changed, and the ones that have it from them. */
export interface Concerned {
  readonly main: readonly SubjectDifference[];
  readonly heirs: readonly SubjectDifference[];
}

interface Line {
  readonly line: CauseLine;
  readonly declaration: string;
  readonly declarationTitle: string;
  readonly reaches: readonly SubjectName[];
  readonly people: number | null;
}

/** The verb for one, or for several. */
export function plural(all: readonly unknown[], one: string, many: string): string {
  return all.length === 1 ? one : many;
}

/** Those whose own declaration changed, to begin a line: "Basic User (was `viewer`) and Planner". */
export function mainText({ main }: Concerned, letters: Lettering): string {
  return capitalised(mainNames(main, letters));
}

/** The same within a sentence. A renamed one with its old name, by which its holders know it. */
export function mainNames(main: readonly SubjectDifference[], letters: Lettering): string {
  return subjectList(main, ({ title, renamedFrom }) => {
    const former = renamedFrom === null ? '' : ` (was ${letters.code(renamedFrom)})`;
    return `${letters.strong(title)}${former}`;
  });
}

/** Whether it concerns the role that everybody gets at first. */
export function isForNewPeople({ main, heirs }: Concerned): boolean {
  return [...main, ...heirs].some(({ reasons }) => reasons.includes('default-role'));
}

/** Who else it reaches, through what, and how many people that is. */
export function concernedDetails(
  { main, heirs }: Concerned,
  lines: readonly Line[],
  noteOf: (name: string) => string,
  letters: Lettering,
): readonly Detail[] {
  const all = [...main, ...heirs];
  const names = new Set(all.map(({ name }) => name));
  // A building block is no role of its own, so the line that changed stands in none of those that are named.
  const blocks = lines.filter(
    ({ line, declaration }) => (line === 'grants' || line === 'inherits') && !names.has(declaration),
  );
  const through = [...new Set(blocks.map(({ declarationTitle }) => letters.text(declarationTitle)))];
  const based = main.flatMap(({ basedOn }) => (basedOn === null ? [] : [basedOn]));
  const first = all.filter(({ reasons }) => reasons.includes('default-role'));
  return [
    ...detail(
      plural(main, 'with it', 'with them'),
      subjectList(heirs, ({ title, name }) => `${letters.text(title)}${noteOf(name)}`),
    ),
    ...detail('through', someOf(through)),
    ...detail('before based on', someOf(based.map(({ base }) => letters.code(base)))),
    ...detail('people', peopleText(lines, names)),
    ...detail(
      'new people',
      first.length === 0 ? '' : `get ${someOf(first.map(({ title }) => letters.text(title)))} at their first sign-in`,
    ),
  ];
}

function detail(label: string, value: string): readonly Detail[] {
  return value === '' ? [] : [{ label, value }];
}

/** Counts of several lines overlap, so that only one which reaches all of them is certain. */
function peopleText(lines: readonly Line[], names: ReadonlySet<string>): string {
  const exact = lines.find(
    ({ reaches }) => reaches.length === names.size && reaches.every(({ name }) => names.has(name)),
  );
  const counts = (exact === undefined ? lines : [exact]).flatMap(({ people }) => (people === null ? [] : [people]));
  if (counts.length === 0) return '';
  const most = Math.max(...counts);
  if (most === 0) return exact === undefined ? '' : 'nobody is assigned yet';
  return `${exact === undefined ? 'at least ' : ''}${most} assigned`;
}
