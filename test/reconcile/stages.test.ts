import { describe, expect, test } from 'vitest';
import { stages } from '../../src/reconcile/stages.ts';
import type { StackState } from '../../src/reconcile/state.ts';
import { emptyState } from '../../src/reconcile/state.ts';
import { kinds } from '../../src/stack/resource-kinds.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import type { ApplicationSketch } from '../support/desired.ts';
import { desired, scope } from '../support/desired.ts';
import { holding } from '../support/steps.ts';

const target = (sketch: ApplicationSketch) => lower(desired([sketch]));

/** A state in which an application `shop` offers these scopes and has these roles: their titles, and what they hold. */
function stateOf(
  scopes: readonly string[],
  titles: Readonly<Record<string, string>>,
  held: Readonly<Record<string, readonly string[]>> = {},
): StackState {
  const resource = (type: string, name: string, holds: object) => ({
    ...{ urn: `urn:pulumi:dev::p::${type}::${name}`, type, name, id: name, protect: false },
    holds: { ...holds },
  });
  return {
    ...emptyState,
    resources: [
      resource(kinds.scopes, 'shop', {
        scopes: scopes.map((name) => ({ name, description: scope(`d/${name}`).description })),
      }),
      ...Object.entries(titles).map(([name, title]) => resource(kinds.role, `shop.${name}`, { name: title })),
      ...Object.entries(held).map(([name, list]) => resource(kinds.grants, `shop.${name}`, holding(...list))),
    ],
  };
}

/** Each stage as its roles' titles, by name; a role that is not there yet is left out. */
const titlesOf = (sketch: ApplicationSketch, state: StackState) =>
  stages(target(sketch), state).map(({ applications }) =>
    Object.fromEntries(
      applications.flatMap(({ roles }) =>
        roles.map(({ logicalName, name }) => [logicalName.replace('shop.', ''), name]),
      ),
    ),
  );

const scopesOf = (sketch: ApplicationSketch, state: StackState) =>
  stages(target(sketch), state).map(({ applications }) =>
    applications.flatMap(({ scopes }) => scopes.map(({ name }) => name)),
  );

describe('scopes', () => {
  test('that are added, or stay, make one stage', () => {
    expect(scopesOf({ permissions: ['d/a', 'd/b'] }, stateOf(['a'], {}))).toEqual([['a', 'b']]);
    expect(scopesOf({ permissions: ['d/a'] }, emptyState)).toEqual([['a']]);
  });

  test('that go are kept in a first stage, in which the roles let go of them', () => {
    const state = stateOf(['a', 'b'], { user: 'User' }, { user: ['a', 'b'] });
    expect(scopesOf({ permissions: ['d/b'], roles: [{ name: 'user', scopes: ['b'] }] }, state)).toEqual([
      ['a', 'b'],
      ['b'],
    ]);
    expect(scopesOf({ permissions: ['d/b'] }, state)).toEqual([['a', 'b'], ['b']]);
  });

  test('that go and that no role of ours holds go at once', () => {
    expect(scopesOf({ permissions: ['d/b'] }, stateOf(['a', 'b'], { user: 'User' }, { user: ['b'] }))).toEqual([['b']]);
  });

  test('that go may be held by a role whose deletion has failed: the state has it without its permissions', () => {
    const state = stateOf(['a', 'b'], { user: 'User' });
    expect(scopesOf({ permissions: ['d/b'] }, state)).toEqual([['a', 'b'], ['b']]);
    expect(scopesOf({ permissions: ['d/b'], roles: [{ name: 'user', scopes: [] }] }, state)).toEqual([['b']]);
  });

  test('that go all go at the end, with one call', () => {
    const state = stateOf(['a', 'b', 'c'], { user: 'User' }, { user: ['a'] });
    expect(scopesOf({ permissions: ['d/c'], roles: [{ name: 'user', scopes: [] }] }, state)).toEqual([
      ['a', 'b', 'c'],
      ['c'],
    ]);
  });

  test('that go are not kept for a role of another application that holds one of the same name', () => {
    const store = { name: 'store', permissions: ['d/a'], roles: [{ name: 'user', scopes: ['a'] }] };
    const holds = { permissions: [{ name: 'a', resourceServerIdentifier: 'https://store.example' }] };
    const { resources, ...rest } = stateOf(['a'], {});
    const other = { urn: '', type: kinds.grants, name: 'store.user', id: 'r', holds, protect: false };
    const steps = stages(lower(desired([{ permissions: [] }, store])), { ...rest, resources: [...resources, other] });
    expect(steps.map(({ applications: [shop] }) => shop?.scopes)).toEqual([[]]);
  });

  test('of a renamed application are found under its old name', () => {
    const renamed = {
      name: 'store',
      formerly: ['shop'],
      audience: 'https://shop.example',
      permissions: ['d/b'],
      roles: [{ name: 'user', scopes: ['b'] }],
    };
    expect(scopesOf(renamed, stateOf(['a', 'b'], {}, { user: ['a'] }))).toEqual([['a', 'b'], ['b']]);
  });

  test('of a permission that gets another scope: the new one is granted before the old one goes', () => {
    const scopes = [{ ...scope('d/new'), description: 'Old' }];
    const state = stateOf(['old'], { user: 'User' }, { user: ['old'] });
    const steps = stages(target({ scopes, roles: [{ name: 'user', scopes: ['new'] }] }), state);
    const seen = steps.map(({ applications: [application] }) => [
      application?.scopes.map(({ name }) => name),
      application?.roles[0]?.scopes,
    ]);
    expect(seen).toEqual([
      [
        ['new', 'old'],
        ['new', 'old'],
      ],
      [['new', 'old'], ['new']],
      [['new'], ['new']],
    ]);
  });

  test('of permissions that are swapped are not held together', () => {
    const state = stateOf(['a', 'b'], { user: 'User' }, { user: ['a'] });
    const steps = stages(target({ permissions: ['d/a', 'd/b'], roles: [{ name: 'user', scopes: ['b'] }] }), state);
    expect(steps.map(({ applications: [application] }) => application?.roles[0]?.scopes)).toEqual([['b']]);
  });
});

describe('titles', () => {
  const role = (name: string, title: string, formerly: readonly string[] = []) => ({ name, title, formerly });

  test('that nobody else has are given at once', () => {
    expect(titlesOf({ roles: [role('a', 'Two')] }, stateOf([], { a: 'One' }))).toEqual([{ a: 'Two' }]);
  });

  test('of a renamed role are its own', () => {
    expect(titlesOf({ roles: [role('b', 'One', ['a'])] }, stateOf([], { a: 'One' }))).toEqual([{ b: 'One' }]);
  });

  test('are free before a new role takes them', () => {
    expect(titlesOf({ roles: [role('b', 'One')] }, stateOf([], { a: 'One' }))).toEqual([{}, { b: 'One' }]);
  });

  test('in a chain are handed on one after the other', () => {
    const chain = { roles: [role('a', 'Three'), role('b', 'One'), role('c', 'Two')] };
    expect(titlesOf(chain, stateOf([], { a: 'One', b: 'Two' }))).toEqual([
      { a: 'Three', b: 'Two' },
      { a: 'Three', b: 'One' },
      { a: 'Three', b: 'One', c: 'Two' },
    ]);
  });

  test('in a circle need a passing one', () => {
    const swap = { roles: [role('a', 'Two'), role('b', 'One')] };
    expect(titlesOf(swap, stateOf([], { a: 'One', b: 'Two' }))).toEqual([
      { a: 'Two (being retitled)', b: 'Two' },
      { a: 'Two (being retitled)', b: 'One' },
      { a: 'Two', b: 'One' },
    ]);
  });

  test('in two circles beside a deleted role come to an end as well', () => {
    const roles = [role('a', 'Two'), role('b', 'One'), role('c', 'Four'), role('d', 'Three'), role('e', 'Five')];
    const state = stateOf([], { a: 'One', b: 'Two', c: 'Three', d: 'Four', gone: 'Five' });
    expect(titlesOf({ roles }, state).at(-1)).toEqual({ a: 'Two', b: 'One', c: 'Four', d: 'Three', e: 'Five' });
  });
});
