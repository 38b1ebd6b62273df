import { afterEach, describe, expect, test } from 'vitest';
import { desired, scope } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';

let stack: TestStack;
afterEach(() => stack.stop());

const titles = () => stack.emulator.snapshot().roles.map(({ name }) => name);

describe.each(['refuse', 'cascade'] as const)(
  'a scope that goes while roles hold it (the tenant would %s)',
  (scopeRemoval) => {
    test('is let go by the roles first', async () => {
      stack = await startStack({ scopeRemoval });
      const before = { permissions: ['data/old', 'data/kept'], roles: [{ name: 'user', scopes: ['kept', 'old'] }] };
      await stack.up(desired([{ ...before, roles: [...before.roles, { name: 'gone', scopes: ['old'] }] }]));
      const after = { permissions: ['data/kept', 'data/new'], roles: [{ name: 'user', scopes: ['kept', 'new'] }] };
      const run = await stack.up(desired([after]));
      expect(run.problems).toEqual([]);
      expect(run.calls.filter((call) => !call.startsWith('GET')).map((call) => call.replace(/rol_\w+/, 'ID'))).toEqual([
        'PATCH /resource-servers/https:%2F%2Fshop.example 200',
        'DELETE /roles/ID/permissions 204',
        'POST /roles/ID/permissions 201',
        'DELETE /roles/ID 200',
        'PATCH /resource-servers/https:%2F%2Fshop.example 200',
      ]);
      expect(stack.emulator.snapshot().resourceServers[0]?.scopes).toEqual(['kept', 'new']);
      expect((await stack.up(desired([after]))).calls).toEqual([]);
    });

    test('and that is only another name for a permission is never missed', async () => {
      const seen: number[] = [];
      stack = await startStack({ scopeRemoval, onCall: () => seen.push(held().length) });
      const held = () => stack.emulator.snapshot().roles[0]?.permissions ?? [];
      const roles = (name: string) => [{ name: 'user', scopes: [name] }];
      const renamed = [{ ...scope('data/new'), description: 'Old' }];
      await stack.up(desired([{ permissions: ['data/old'], roles: roles('old') }]));
      seen.length = 0;
      const run = await stack.up(desired([{ scopes: renamed, roles: roles('new') }]));
      expect(run.problems).toEqual([]);
      expect(held()).toMatchObject([{ scope: 'new' }]);
      expect(seen).not.toContain(0);
    });

    test('goes with its application, roles before the API', async () => {
      stack = await startStack({ scopeRemoval });
      const shop = { permissions: ['data/old'], roles: [{ name: 'user', scopes: ['old'] }] };
      const store = { name: 'store', permissions: ['data/x'], roles: [] };
      await stack.up(desired([shop, store]));
      const run = await stack.up(desired([store]));
      expect(run.problems).toEqual([]);
      expect(run.calls.map((call) => call.replace(/\/(rol_)?\w{16,}/, '/ID'))).toEqual([
        'DELETE /roles/ID 200',
        'DELETE /resource-servers/ID 204',
      ]);
      expect(run.result?.plan.summary).toMatchObject({ applicationsRemoved: 1, rolesRemoved: 1, grantsRemoved: 1 });
    });
  },
);

describe('titles', () => {
  const role = (name: string, title: string) => ({ name, title, scopes: ['x'] });
  const roles = (...list: { name: string; title: string; scopes: string[] }[]) =>
    desired([{ permissions: ['data/x'], roles: list }]);

  test('the title of a deleted role is taken by a new one', async () => {
    stack = await startStack();
    await stack.up(roles(role('a', 'Admin')));
    expect((await stack.up(roles(role('b', 'Admin')))).problems).toEqual([]);
    expect(titles()).toEqual(['Admin']);
    expect((await stack.up(roles(role('b', 'Admin')))).calls).toEqual([]);
  });

  test('the title of a retitled role is taken by a new one and by an old one', async () => {
    stack = await startStack();
    await stack.up(roles(role('a', 'One'), role('b', 'Two')));
    const run = await stack.up(roles(role('a', 'Three'), role('b', 'One'), role('c', 'Two')));
    expect(run.problems).toEqual([]);
    expect(titles()).toEqual(['One', 'Three', 'Two']);
    expect(run.calls.filter((call) => call.startsWith('DELETE'))).toEqual([]);
  });

  test('two roles swap their titles', async () => {
    stack = await startStack();
    await stack.up(roles(role('a', 'One'), role('b', 'Two')));
    const ids = new Map(stack.emulator.snapshot().roles.map(({ id, name }) => [name, id]));
    expect((await stack.up(roles(role('a', 'Two'), role('b', 'One')))).problems).toEqual([]);
    const now = new Map(stack.emulator.snapshot().roles.map(({ id, name }) => [name, id]));
    expect(now).toEqual(
      new Map([
        ['Two', ids.get('One')],
        ['One', ids.get('Two')],
      ]),
    );
  });
});
