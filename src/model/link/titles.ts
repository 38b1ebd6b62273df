import unhomoglyph from 'unhomoglyph';
import type { Place } from '../../language/source.ts';
import { byPlace, formatPlace } from '../../language/source.ts';
import type { Application, Environment, Purpose } from '../definitions.ts';
import { purposes, purposesOf } from '../purposes.ts';
import type { Collector } from './collector.ts';

/**
 * What a title looks like: its UTS 39 skeleton (look-alike characters folded into one), without case, and with one blank
 * for each run of blanks. Two titles with one skeleton cannot be told apart by who reads them.
 */
export function skeletonOf(title: string): string {
  const folded = unhomoglyph(title.normalize('NFD')).normalize('NFD').toLowerCase();
  return unhomoglyph(folded).normalize('NFD').replace(/\s+/gu, ' ').trim();
}

/**
 * Titles of what becomes a role at the identity provider are unique in an environment, over all its applications: the
 * identity provider shows and compares nothing else. Told once for each pair, in the first place that has both: an
 * application wherever it is, then the environments by name.
 *
 * @param titlePlaces where titles are written, by the place of the name; the others come from the name
 */
export function checkTitles(
  environments: readonly Environment[],
  applications: ReadonlyMap<string, Application>,
  titlePlaces: ReadonlyMap<string, Place>,
  collector: Collector,
): void {
  const held = new Map([...applications].map(([name, application]) => [name, heldTitles(application, titlePlaces)]));
  const ofEnvironments = environments.map(({ name, purpose, applications: placed }) => ({
    name,
    titles: placed.flatMap((application) => held.get(application.name) ?? []).filter(isIn(purpose)),
  }));
  const told = new Set<string>();
  for (const { name, titles } of [...[...held.values()].flatMap(roomsOf), ...ofEnvironments]) {
    const first = new Map<string, HeldTitle>();
    for (const { title, place, onlyIn } of titles.toSorted((a, b) => byPlace(a.place, b.place))) {
      const skeleton = skeletonOf(title);
      const other = first.get(skeleton);
      if (other === undefined) {
        first.set(skeleton, { title, place, onlyIn });
        continue;
      }
      const key = JSON.stringify([place, other.place]);
      if (told.has(key)) continue;
      told.add(key);
      const related = [{ message: `"${other.title}" here`, place: other.place }];
      const parameters = { title, other: other.title, environment: name };
      collector.report('RW2103', place, parameters, { related, help: 'give one of the two another title' });
    }
  }
}

interface HeldTitle {
  readonly title: string;
  readonly place: Place;
  readonly onlyIn: readonly Purpose[] | null;
}

/** Where the roles of one application can meet, whatever environments there are. */
function roomsOf(titles: readonly HeldTitle[]): readonly { name: string; titles: readonly HeldTitle[] }[] {
  return [
    { name: 'every environment', titles: titles.filter(({ onlyIn }) => onlyIn === null) },
    ...purposes.map((purpose) => ({ name: `environments for ${purpose}`, titles: titles.filter(isIn(purpose)) })),
  ];
}

function isIn(purpose: Purpose): (title: HeldTitle) => boolean {
  return (title) => purposesOf(title).includes(purpose);
}

/** What becomes a role; an assignment that narrows one is where its role is. */
function heldTitles(
  { roles, customRoles, assignments }: Application,
  titlePlaces: ReadonlyMap<string, Place>,
): readonly HeldTitle[] {
  const assignable = roles.filter((role) => role.assignable);
  const narrowing = assignments
    .filter(({ apps }) => apps.length > 0)
    .map((assignment) => {
      const role = roles.find(({ name }) => name === assignment.role.name);
      return { ...assignment, onlyIn: role?.onlyIn ?? null };
    });
  return [...assignable, ...customRoles, ...narrowing].map(({ title, place, onlyIn }) => ({
    title,
    place: titlePlaces.get(formatPlace(place)) ?? place,
    onlyIn,
  }));
}
