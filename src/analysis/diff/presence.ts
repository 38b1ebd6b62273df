import { byCodePoint } from '../../language/source.ts';
import type { Environment } from '../../model/definitions.ts';
import type { SidePlace } from '../../model/difference.ts';
import type { Pair } from '../../model/match.ts';
import type { Comparison } from './comparison.ts';
import { holdingsOf } from './holdings.ts';
import type { Mark } from './offences.ts';
import type { Subject, SubjectPair } from './subjects.ts';

/** The subjects of an application that an environment has, at each side. */
export function presentIn({ base, head }: Pair<Environment>, { subjects }: Comparison): readonly SubjectPair[] {
  return subjects.map((pair) => ({
    base: base !== null && isIn(base, pair.base) ? pair.base : null,
    head: head !== null && isIn(head, pair.head) ? pair.head : null,
  }));
}

function isIn({ applications, purpose }: Environment, subject: Subject | null): boolean {
  if (subject === null) return false;
  const isPlaced = applications.some(({ name }) => name === subject.side.application.definition.name);
  return isPlaced && isFor({ purpose }, subject);
}

function isFor({ purpose }: Pick<Environment, 'purpose'>, { onlyIn }: Subject): boolean {
  return onlyIn === null || onlyIn.includes(purpose);
}

/** An application of which an environment comes to have roles that were declared before, and were not there. */
export interface Placing {
  readonly environment: string;
  readonly application: string;
  /** Where the environment lists it. */
  readonly place: SidePlace;
}

/**
 * What environments come to have by what they say of themselves: another application or purpose, or because they are new.
 * Whoever is assigned such a role may do more there, though no role differs. Of a mark, only roles that hold such a thing.
 */
export function placings(
  environments: readonly Pair<Environment>[],
  compared: readonly Comparison[],
  mark: Mark,
): readonly Placing[] {
  const found = environments.flatMap((environment) =>
    compared.flatMap((comparison): readonly Placing[] => {
      const { head } = environment;
      const isNew = presentIn(environment, comparison).some((now, index) => {
        const before = comparison.subjects[index]?.base ?? null;
        // A role whose own purposes differ tells that itself.
        const wouldBe = head !== null && before !== null && isFor(head, before);
        return wouldBe && now.base === null && now.head !== null && holds(now.head, comparison, mark);
      });
      const listed = head?.applications.find(({ name }) => name === comparison.head?.application.definition.name);
      if (!isNew || head === null || listed === undefined) return [];
      const place = { side: 'head', ...listed.place } as const;
      return [{ environment: head.name, application: comparison.name, place }];
    }),
  );
  return found.toSorted(
    (a, b) => byCodePoint(a.environment, b.environment) || byCodePoint(a.application, b.application),
  );
}

function holds(subject: Subject, { marks }: Comparison, mark: Mark): boolean {
  const levels = [...holdingsOf(subject).values()].flatMap((holding) => [...holding.levels.keys()]);
  return mark === 'any' ? levels.length > 0 : levels.some((access) => marks[mark].has(access));
}
