import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/language/diagnostic.ts';
import type { SourceFile } from '../../src/language/source.ts';
import type { EffectiveRole } from '../../src/model/effective-model.ts';
import { customRole, role } from '../analysis/constraints/sketch.ts';
import { resolvedShop } from './resolved-shop.ts';

/** A line of heirs: `r000` inherits `r001`, and so on; the last one grants. Reversed, the names run the other way. */
function lineOfHeirs(steps: number, isReversed = false): readonly SourceFile[] {
  const name = (index: number) => `r${String(isReversed ? steps - index : index).padStart(3, '0')}`;
  return Array.from({ length: steps + 1 }, (_, index) =>
    index === steps ? role(name(index), { grants: ['money/pay'] }) : role(name(index), { inherits: [name(index + 1)] }),
  );
}

const names = (roles: readonly EffectiveRole[]) => roles.map(({ definition }) => definition.name);
const places = (problems: readonly Diagnostic[]) =>
  problems.map(({ code, place }) => `${code} ${place?.file}:${place?.line}`);

describe('inheritance', () => {
  it.each([false, true])('reaches through 99 steps, whatever the roles are called', (isReversed) => {
    const { shop, problems } = resolvedShop(lineOfHeirs(99, isReversed));
    expect(problems).toEqual([]);
    const top = shop.roles.at(isReversed ? -1 : 0);
    expect(top?.permissions).toMatchObject([{ permission: 'money/pay' }]);
    expect(top?.permissions[0]?.chains[0]).toHaveLength(100);
  });

  it('is refused through 100, at the role that goes too far, with what to do', () => {
    const { shop, problems } = resolvedShop(lineOfHeirs(100));
    expect(problems).toMatchObject([
      {
        code: 'RW3118',
        message: 'r000 inherits through 100 roles or more',
        place: { file: 'r000.yaml', line: 8 },
        help: 'grant in fewer steps',
      },
    ]);
    expect(names(shop.roles)).toEqual(['r100']);
  });

  it('is refused through 100 where the ancestors come first by name, and leaves out none but the furthest heir', () => {
    const { shop, problems } = resolvedShop(lineOfHeirs(100, true));
    expect(places(problems)).toEqual(['RW3118 r100.yaml:8']);
    expect(shop.roles).toHaveLength(100);
  });

  it('is refused at the nearest role that goes too far', () => {
    const files = [...lineOfHeirs(99).slice(0, 99), role('r099', { inherits: ['a'] })];
    const ancestors = [role('a', { inherits: ['b'] }), role('b', { grants: ['money/pay'] })];
    expect(places(resolvedShop([...files, ...ancestors]).problems)).toEqual(['RW3118 r001.yaml:8']);
  });

  it('counts the longest of several ways', () => {
    const above = (steps: number) => [
      ...lineOfHeirs(steps),
      role('top', { inherits: ['r000', `r${String(steps).padStart(3, '0')}`] }),
    ];
    expect(resolvedShop(above(98)).problems).toEqual([]);
    expect(places(resolvedShop(above(99)).problems)).toEqual(['RW3118 top.yaml:8']);
  });
});

describe('a circle', () => {
  it('leaves out its roles, their heirs and what is narrowed from them, and nobody else', () => {
    const { shop, problems } = resolvedShop([
      role('b-one', { inherits: ['b-other', 'sound'], more: ['restrictable: true'] }),
      role('b-other', { inherits: ['b-one'] }),
      role('heir', { inherits: ['b-one'], grants: ['money/sign'] }),
      role('a-heir', { inherits: ['heir'] }),
      role('sound', { grants: ['money/pay'] }),
      customRole('narrowed', 'b-one', ['zoom']),
    ]);
    expect(places(problems)).toEqual(['RW3101 b-other.yaml:8']);
    expect(names(shop.roles)).toEqual(['sound']);
    expect(shop.customRoles).toEqual([]);
  });

  it('is told by its own lines, wherever else its roles inherit from', () => {
    const [problem, ...others] = resolvedShop([
      role('base', { grants: ['money/pay'] }),
      role('one', { inherits: ['base', 'two'] }),
      role('two', { inherits: ['base', 'one'] }),
    ]).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      message: 'roles inherit in a circle: one → two → one',
      place: { file: 'two.yaml', line: 9 },
      related: [{ message: 'one inherits two', place: { file: 'one.yaml', line: 9 } }],
    });
  });

  it('of one role is told by its own line, whoever inherits it', () => {
    const { problems } = resolvedShop([role('a-heir', { inherits: ['self'] }), role('self', { inherits: ['self'] })]);
    expect(problems).toMatchObject([
      { message: 'roles inherit in a circle: self → self', place: { file: 'self.yaml', line: 8 }, related: [] },
    ]);
  });

  it('does not hide a second one', () => {
    const { problems } = resolvedShop([
      role('a', { inherits: ['b', 'c'] }),
      role('b', { inherits: ['a'] }),
      role('c', { inherits: ['a'] }),
    ]);
    expect(places(problems)).toEqual(['RW3101 b.yaml:8', 'RW3101 c.yaml:8']);
  });

  it('asks its heirs for nothing that they may well inherit', () => {
    const covers = ['covers:', '  - section: money'];
    const { problems } = resolvedShop([
      role('one', { inherits: ['other'], more: covers }),
      role('other', { inherits: ['one'], grants: ['money/pay', 'money/sign'] }),
      role('heir', { inherits: ['other'], more: covers }),
    ]);
    expect(places(problems)).toEqual(['RW3101 one.yaml:8']);
  });
});

describe('roles', () => {
  it('are sorted by name, whoever inherits whom', () => {
    const { shop } = resolvedShop([
      role('b', { inherits: ['c'] }),
      role('a', { inherits: ['b'] }),
      role('c', { grants: ['money/pay'] }),
    ]);
    expect(names(shop.roles)).toEqual(['a', 'b', 'c']);
  });

  it('that inherit from nobody knows whom are still there', () => {
    const { shop, problems } = resolvedShop([role('heir', { inherits: ['nobody'], grants: ['money/pay'] })]);
    expect(places(problems)).toEqual(['RW2109 heir.yaml:8']);
    expect(shop.roles[0]?.permissions).toMatchObject([{ permission: 'money/pay' }]);
  });
});
