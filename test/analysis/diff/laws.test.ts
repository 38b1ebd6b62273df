import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffModels } from '../../../src/analysis/diff/diff-models.ts';
import type { Difference } from '../../../src/model/difference.ts';
import type { ArbitraryChange } from './arbitrary-change.ts';
import { changes, headFiles, peopledFiles } from './arbitrary-change.ts';
import {
  applied,
  gainsBeyond,
  grantsOf,
  levelsByReference,
  meaningOf,
  meaningText,
  renamedSketch,
  translated,
} from './meaning.ts';
import { modelOf } from './trees.ts';

const runs = { numRuns: 50 };
const names = { base: 'main', head: 'the branch' };
const orders = fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 });

function differenceOf(change: ArbitraryChange): Difference {
  return diffModels(modelOf(peopledFiles(change.base, [])), modelOf(headFiles(change, [])), names);
}

/** What both sides mean, in the names of the head. */
function meanings({ base, head, renames }: ArbitraryChange) {
  const now = renamedSketch(head, renames);
  return { before: translated(meaningOf(base), renames, base, head), after: meaningOf(now), now };
}

function withDirection(difference: Difference, direction: 'widening' | 'narrowing'): readonly string[] {
  return difference.subjects
    .filter((subject) => subject.direction === direction || subject.direction === 'both')
    .map(({ name }) => name)
    .toSorted();
}

describe('the difference of two models', () => {
  it('is empty from a model to itself, wherever its documents stand', () => {
    fc.assert(
      fc.property(changes, orders, ({ base }, order) => {
        const difference = diffModels(modelOf(peopledFiles(base, [])), modelOf(peopledFiles(base, order)), names);
        const { control, catalogs, subjects, causes, reachCauses, provisioning, environments, summary } = difference;
        expect([control, catalogs, subjects, causes, reachCauses, provisioning, environments].flat()).toEqual([]);
        expect(Object.values(summary).every((count) => count === 0)).toBe(true);
      }),
      runs,
    );
  });

  it('applied to the base gives the head', () => {
    fc.assert(
      fc.property(changes, (change) => {
        const { after, now } = meanings(change);
        const result = applied(meaningOf(change.base), differenceOf(change), levelsByReference(now));
        expect(meaningText(result)).toEqual(meaningText(after));
      }),
      runs,
    );
  });

  it('widens exactly whom the head lets do what the base did not, and narrows the reverse', () => {
    fc.assert(
      fc.property(changes, (change) => {
        const { before, after } = meanings(change);
        const difference = differenceOf(change);
        const [gaining, losing] = [gainsBeyond(after, before), gainsBeyond(before, after)];
        expect(withDirection(difference, 'widening')).toEqual([...gaining].toSorted());
        expect(withDirection(difference, 'narrowing')).toEqual([...losing].toSorted());
        expect([difference.summary.widening, difference.summary.narrowing]).toEqual([gaining.size, losing.size]);
      }),
      runs,
    );
  });

  it('counts its entries, and nothing else', () => {
    fc.assert(
      fc.property(changes, (change) => {
        const { subjects, control, summary } = differenceOf(change);
        const permissions = subjects.flatMap((subject) => subject.permissions);
        const people = subjects.flatMap((subject) => subject.people);
        const by = (action: string) => subjects.filter((subject) => subject.action === action).length;
        expect(summary).toMatchObject({
          subjectsNew: by('new'),
          subjectsRemoved: by('removed'),
          subjectsChanged: by('changed'),
          renamed: subjects.filter(({ renamedFrom }) => renamedFrom !== null).length,
          permissionsGained: permissions.filter(({ direction }) => direction !== 'narrowing').length,
          permissionsLost: permissions.filter(({ direction }) => direction !== 'widening').length,
          reachGained: subjects.flatMap(({ reach }) => reach?.gained ?? []).length,
          reachLost: subjects.flatMap(({ reach }) => reach?.lost ?? []).length,
          peopleGained: people.filter(({ change: how }) => how === 'added' || how === 'extended').length,
          peopleLost: people.filter(({ change: how }) => how === 'removed' || how === 'shortened').length,
          control: control.length,
          loosening: control.filter(({ loosens }) => loosens === true).length,
        });
      }),
      runs,
    );
  });

  it('has the share of the grants that is taken away', () => {
    fc.assert(
      fc.property(changes, (change) => {
        const { before, after, now } = meanings(change);
        const named = renamedSketch(change.base, change.renames).assignments;
        const held = grantsOf(before, [...change.base.assignments, ...named]);
        const still = grantsOf(after, now.assignments);
        const removed = [...held].filter((grant) => !still.has(grant)).length;
        const { removedShare } = differenceOf(change).summary;
        expect(removedShare).toBe(held.size === 0 ? 0 : removed / held.size);
      }),
      runs,
    );
  });

  it('tells by its causes exactly the permission changes of its subjects, each at the lines that it names', () => {
    fc.assert(
      fc.property(changes, (change) => {
        const { subjects, causes } = differenceOf(change);
        const key = (name: string, permission: string, place: object, more: readonly unknown[]) =>
          JSON.stringify([name, permission, place, more]);
        const levels = (effects: readonly { readonly level: string | null }[]) => effects.map(({ level }) => level);
        const told = causes.flatMap(({ permission, place, reaches, gains, losses, base, head }) =>
          reaches.map(({ name }) =>
            key(name, permission, place, [levels(gains), levels(losses), base?.level ?? null, head?.level ?? null]),
          ),
        );
        const held = subjects.flatMap(({ name, permissions }) =>
          permissions.flatMap(({ permission, causes: places, gains, losses, base, head }) => {
            expect(places.length).toBeGreaterThan(0);
            return places.map((place) =>
              key(name, permission, place, [levels(gains), levels(losses), base?.level ?? null, head?.level ?? null]),
            );
          }),
        );
        expect(told.toSorted()).toEqual(held.toSorted());
      }),
      runs,
    );
  });

  it('names lines that stand in the files of their side, and say what is told of them', () => {
    fc.assert(
      fc.property(changes, (change) => {
        const files = { base: peopledFiles(change.base, []), head: headFiles(change, []) };
        const { causes, reachCauses } = differenceOf(change);
        for (const { place } of [...causes, ...reachCauses]) {
          const text =
            files[place.side].find(({ path }) => path === place.file)?.text.split('\n')[place.line - 1] ?? '';
          expect(text.slice(place.column - 1, place.endColumn - 1)).toMatch(/^[\w/:-]+$/u);
        }
        for (const { place, line, names: named } of causes) {
          if (line !== 'grants' && line !== 'inherits' && line !== 'base' && line !== 'assigns') continue;
          const text =
            files[place.side].find(({ path }) => path === place.file)?.text.split('\n')[place.line - 1] ?? '';
          expect(text.slice(place.column - 1, place.endColumn - 1)).toBe(named);
        }
      }),
      runs,
    );
  });

  it('is the reverse of the way back, where nothing is renamed', () => {
    fc.assert(
      fc.property(changes, ({ base, head }) => {
        const there = differenceOf({ base, head, renames: new Map() });
        const back = differenceOf({ base: head, head: base, renames: new Map() });
        const moves = ({ subjects }: Difference, which: 'gains' | 'losses') =>
          subjects.flatMap(({ name, permissions }) =>
            permissions.flatMap((item) => item[which].map(({ level }) => `${name} ${item.permission}:${level}`)),
          );
        const reach = ({ subjects }: Difference, which: 'gained' | 'lost') =>
          subjects.flatMap(({ name, reach: its }) =>
            (its?.[which] ?? []).map((thing) => `${name} ${thing.name} ${thing.permissions}`),
          );
        expect(moves(there, 'gains')).toEqual(moves(back, 'losses'));
        expect(reach(there, 'gained')).toEqual(reach(back, 'lost'));
      }),
      runs,
    );
  });

  it('has the same bytes for the same files in any order', () => {
    fc.assert(
      fc.property(changes, (change) => {
        const [base, head] = [peopledFiles(change.base, []), headFiles(change, [])];
        const turned = diffModels(modelOf(base.toReversed()), modelOf(head.toReversed()), names);
        expect(JSON.stringify(turned)).toBe(JSON.stringify(diffModels(modelOf(base), modelOf(head), names)));
      }),
      runs,
    );
  });
});
