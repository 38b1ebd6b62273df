import { describe, expect, test } from 'vitest';
import type { DesiredScope } from '../../src/model/desired-state.ts';
import { stages } from '../../src/reconcile/stages.ts';
import type { StackState } from '../../src/reconcile/state.ts';
import { emptyState } from '../../src/reconcile/state.ts';
import { kinds } from '../../src/stack/resource-kinds.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import type { ApplicationSketch, RoleSketch } from '../support/desired.ts';
import { desired, scope } from '../support/desired.ts';
import { holding } from '../support/steps.ts';

const permissions = ['d/a', 'd/b', 'd/c'];
const narrowing = ['app:slack', 'app:zoom', 'restriction:none', 'restriction:owner'].map((value) => ({
  ...scope('d/x'),
  ...{ value, description: value },
}));
const role = (name: string, ...scopes: readonly string[]): RoleSketch => ({ name, scopes });
const holder = (name: string, id: string) => ({ role: name, assignment: 'team', account: { by: 'id' as const, id } });

/** A state in which `shop` offers everything, and its roles hold these scopes and are held by these people. */
function stateOf(
  held: Readonly<Record<string, readonly string[]>>,
  people: readonly (readonly [role: string, id: string])[] = [],
): StackState {
  const resource = (type: string, name: string, holds: object) => ({
    ...{ urn: `urn:pulumi:dev::p::${type}::${name}`, type, name, id: name, protect: false },
    holds: { ...holds },
  });
  const offered = [...permissions.map((reference) => scope(reference)), ...narrowing];
  return {
    ...emptyState,
    resources: [
      resource(kinds.scopes, 'shop', {
        scopes: offered.map(({ value: name, description }) => ({ name, description })),
      }),
      ...Object.keys(held).map((name) => resource(kinds.role, `shop.${name}`, { name })),
      ...Object.entries(held).map(([name, list]) => resource(kinds.grants, `shop.${name}`, holding(...list))),
      ...people.map(([name, userId]) => resource(kinds.holder, `shop.${name}.${userId}`, { userId })),
    ],
  };
}

/** What each role holds, and who holds it, stage by stage. */
function staged(sketch: ApplicationSketch, state: StackState): readonly Readonly<Record<string, string>>[] {
  const target = lower(desired([{ permissions, scopes: narrowing, ...sketch }]));
  return stages(target, state).map(({ applications }) =>
    Object.fromEntries(
      applications.flatMap(({ roles }) =>
        roles.map(({ logicalName, scopes, holders }) => [
          logicalName.replace('shop.', ''),
          [...scopes, ...holders.map(({ userId }) => `@${userId}`)].join(' '),
        ]),
      ),
    ),
  );
}

describe('a grant that one role loses', () => {
  test('and another gets is there before it goes', () => {
    const roles = [
      { ...role('x', 'c'), title: 'x' },
      { ...role('y', 'a', 'b'), title: 'y' },
    ];
    expect(staged({ roles }, stateOf({ x: ['a'], y: ['b'] }))).toEqual([
      { x: 'a c', y: 'a b' },
      { x: 'c', y: 'a b' },
    ]);
  });

  test('and gets in exchange for another one is held by both for one stage', () => {
    const roles = [
      { ...role('x', 'b'), title: 'x' },
      { ...role('y', 'a'), title: 'y' },
    ];
    expect(staged({ roles }, stateOf({ x: ['a'], y: ['b'] }))).toEqual([
      { x: 'a b', y: 'a b' },
      { x: 'b', y: 'a' },
    ]);
  });

  test('goes at once where the other role is a new one, which nobody holds yet, or has it already', () => {
    const roles = [{ ...role('x', 'c'), title: 'x' }, role('new', 'a'), { ...role('y', 'b'), title: 'y' }];
    expect(staged({ roles }, stateOf({ x: ['a', 'b'], y: ['b'] }))).toEqual([{ new: 'a', x: 'c', y: 'b' }]);
  });

  test('and that was one of another API by the same name is not kept', () => {
    const state = stateOf({ x: [], y: ['b'] });
    const foreign = { permissions: [{ name: 'a', resourceServerIdentifier: 'https://other.example' }] };
    const resources = state.resources.map((one) =>
      one.type === kinds.grants && one.name === 'shop.x' ? { ...one, holds: foreign } : one,
    );
    const roles = [
      { ...role('x', 'c'), title: 'x' },
      { ...role('y', 'a', 'b'), title: 'y' },
    ];
    expect(staged({ roles }, { ...state, resources })).toEqual([{ x: 'c', y: 'a b' }]);
  });

  test('and that is narrowed is not kept for an app that is new', () => {
    const owner = ['a', 'app:zoom', 'restriction:owner'];
    const roles = [
      { ...role('owner', 'app:slack', 'b', 'restriction:owner'), title: 'owner' },
      { ...role('y', 'a', 'restriction:none'), title: 'y' },
    ];
    expect(staged({ roles }, stateOf({ owner, y: ['restriction:none'] }))).toEqual([
      { owner: 'a b restriction:owner', y: 'a restriction:none' },
      { owner: 'app:slack b restriction:owner', y: 'a restriction:none' },
    ]);
  });
});

describe('a permission under another scope', () => {
  const before = ['a', 'app:zoom', 'restriction:owner'];
  const offer = [...narrowing, scope('d/b'), scope('d/c')];
  const alike = { ...scope('d/new'), description: 'A' };
  const former = { ...scope('d/agreed'), formerly: ['a'] };
  /** What the owner holds when the old scope has been replaced by this one, and zoom by slack. */
  const replaced = (now: string, ...offered: readonly DesiredScope[]) => {
    const roles = [{ ...role('owner', 'app:slack', now, 'restriction:owner'), title: 'owner' }];
    return staged({ permissions: [], scopes: [...offer, ...offered], roles }, stateOf({ owner: before }));
  };

  test('of which the old one is a former name may have a new app beside it', () => {
    expect(replaced('agreed', former)).toMatchObject([
      { owner: 'a agreed app:slack restriction:owner' },
      { owner: 'agreed app:slack restriction:owner' },
      // The scope goes.
      {},
    ]);
  });

  test('that says the same of itself may be another one: no app is gained before the old one goes', () => {
    expect(replaced('new', alike)).toMatchObject([
      { owner: 'a new restriction:owner' },
      { owner: 'app:slack new restriction:owner' },
      {},
    ]);
  });

  test('is told by a former name before it is told by what it says', () => {
    expect(replaced('new', alike, former)).toMatchObject([{ owner: 'app:slack new restriction:owner' }, {}]);
  });

  test('is not thought of where scopes narrow: two markers would deny everything', () => {
    const described = (value: string) => ({ ...scope('d/x'), value, description: 'Restricted to the apps of Owner' });
    const state = stateOf({ owner: before });
    const resources = state.resources.map((one) => {
      if (one.type !== kinds.scopes) return one;
      const scopes = ['a', 'app:zoom', 'restriction:owner'].map((name) => ({ ...described(name), name }));
      return { ...one, holds: { scopes } };
    });
    const scopes = [scope('d/a'), described('app:zoom'), described('restriction:keeper')];
    const roles = [{ ...role('owner', 'a', 'app:zoom', 'restriction:keeper'), title: 'owner' }];
    expect(staged({ permissions: [], scopes, roles }, { ...state, resources })).toMatchObject([
      { owner: 'a app:zoom restriction:keeper' },
      {},
    ]);
  });
});

describe('who leaves a role', () => {
  const wide = { ...role('user', 'a', 'b'), title: 'user' };
  const people = [
    ['user', 'dana'],
    ['user', 'kim'],
  ] as const;

  test('that widens has left it before', () => {
    const now = staged({ roles: [wide], holders: [holder('user', 'kim')] }, stateOf({ user: ['a', 'c'] }, people));
    expect(now).toEqual([{ user: 'a c @kim' }, { user: 'a b @kim' }]);
  });

  test('that widens and is renamed has left it before', () => {
    const renamed = { ...wide, name: 'member', formerly: ['user'] };
    const now = staged({ roles: [renamed], holders: [holder('member', 'kim')] }, stateOf({ user: ['a'] }, people));
    expect(now).toEqual([{ member: 'a @kim' }, { member: 'a b @kim' }]);
  });

  test('that widens, for another one, has that first', () => {
    const sketch = {
      roles: [wide, { ...role('guest', 'a'), title: 'guest' }],
      holders: [holder('user', 'kim'), holder('guest', 'dana')],
    };
    expect(staged(sketch, stateOf({ user: ['a'], guest: ['a'] }, people))).toEqual([
      { guest: 'a @dana', user: 'a @kim' },
      { guest: 'a @dana', user: 'a b @kim' },
    ]);
  });

  test('that does not widen goes with the rest', () => {
    const narrow = { ...role('user', 'a'), title: 'user' };
    const now = staged({ roles: [narrow], holders: [holder('user', 'kim')] }, stateOf({ user: ['a', 'c'] }, people));
    expect(now).toEqual([{ user: 'a @kim' }]);
  });
});

describe('who joins a role', () => {
  const user = { ...role('user'), title: 'user' };

  test('that is emptied has it when it is empty', () => {
    const now = staged({ roles: [user], holders: [holder('user', 'dana')] }, stateOf({ user: ['a'] }));
    expect(now).toEqual([{ user: '' }, { user: '@dana' }]);
  });

  test('that keeps something for a while has it afterwards', () => {
    const sketch = {
      roles: [user, { ...role('y', 'a'), title: 'y' }],
      holders: [holder('user', 'dana'), holder('user', 'kim')],
    };
    expect(staged(sketch, stateOf({ user: ['a'], y: ['b'] }, [['user', 'kim']]))).toEqual([
      { user: 'a @kim', y: 'a' },
      { user: '@kim', y: 'a' },
      { user: '@dana @kim', y: 'a' },
    ]);
  });

  test('that narrows, and that somebody leaves, has it afterwards', () => {
    const sketch = { roles: [{ ...role('user', 'b'), title: 'user' }], holders: [holder('user', 'dana')] };
    expect(staged(sketch, stateOf({ user: ['a'] }, [['user', 'kim']]))).toEqual([{ user: 'a' }, { user: 'b @dana' }]);
  });
});
