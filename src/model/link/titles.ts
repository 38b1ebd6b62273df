import unhomoglyph from 'unhomoglyph';
import type { Place } from '../../language/source.ts';
import { byCodePoint } from '../../language/source.ts';
import type { Application, Environment } from '../definitions.ts';
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
 * Titles of roles that a person can hold are unique in an environment, over all its applications: the identity provider
 * shows and compares nothing else. Told once for each pair, in the first environment (by name) that has both.
 */
export function checkTitles(
  environments: readonly Environment[],
  applications: ReadonlyMap<string, Application>,
  collector: Collector,
): void {
  const told = new Set<string>();
  const everywhere = { name: 'every environment', applications: [...applications.keys()].sort(byCodePoint) };
  const rooms = environments.map(({ name, applications: of }) => ({
    name,
    applications: of.map((known) => known.name),
  }));
  const alone = everywhere.applications.map((name) => ({ name: everywhere.name, applications: [name] }));
  for (const room of [...alone, ...rooms]) {
    const first = new Map<string, { title: string; place: Place }>();
    for (const { title, place } of room.applications.flatMap((name) => heldTitles(applications.get(name)))) {
      const skeleton = skeletonOf(title);
      const other = first.get(skeleton);
      if (other === undefined) {
        first.set(skeleton, { title, place });
        continue;
      }
      const key = JSON.stringify([place, other.place]);
      if (told.has(key)) continue;
      told.add(key);
      const related = [{ message: `"${other.title}" here`, place: other.place }];
      const parameters = { title, other: other.title, environment: room.name };
      collector.report('RW2103', place, parameters, { related, help: 'give one of the two another title' });
    }
  }
}

function heldTitles(application: Application | undefined): readonly { title: string; place: Place }[] {
  if (application === undefined) return [];
  return [...application.roles.filter(({ assignable }) => assignable), ...application.customRoles];
}
