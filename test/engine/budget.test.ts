import { afterEach, beforeEach, expect, test } from 'vitest';
import { desired } from '../support/desired.ts';
import { pulumi } from '../support/plain-pulumi.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import { tenantCall } from '../support/tenant-call.ts';

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

const many = (count: number) => Array.from({ length: count }, (_, index) => `data/p${String(index).padStart(3, '0')}`);
const scopes = (references: readonly string[]) => references.map((reference) => reference.slice('data/'.length));

test('the first apply, and what follows', async () => {
  const permissions = many(120);
  const [first = '', second = '', ...others] = scopes(permissions);
  const state = (small: readonly string[]) =>
    desired(
      ['shop', 'store', 'stock'].map((name) => ({
        name,
        permissions,
        roles: [
          { name: 'all', title: `All of ${name}`, scopes: [first, second, ...others] },
          { name: 'small', title: `Some of ${name}`, scopes: name === 'shop' ? small : [first] },
          { name: 'none', title: `None of ${name}`, scopes: [] },
        ],
      })),
    );
  // The tenant has 101 roles of other teams: two pages.
  for (let index = 0; index < 101; index += 1)
    await tenantCall(stack.emulator, 'POST', '/roles', { name: `r${index}` });

  const [apis, roles, rolesAtTenant, rolesWithMoreThanHundred] = [3, 9, 101, 3];
  const reads = Math.ceil(rolesAtTenant / 100) + apis;
  const firstApply = await stack.up(state([first]));
  expect(firstApply.problems).toEqual([]);
  expect(firstApply.calls.length).toBeLessThanOrEqual(4 * roles + 5 * apis + rolesWithMoreThanHundred + reads);

  expect((await stack.up(state([first]))).calls).toEqual([]);
  expect((await stack.preview(state([first]))).calls).toEqual([]);

  const added = await stack.up(state([first, second]));
  expect(added.calls).toEqual([expect.stringMatching(/^POST .*permissions 201/), expect.stringMatching(/^GET /)]);

  const swapped = await stack.up(state([first, others[0] ?? '']));
  expect(swapped.calls).toEqual([
    expect.stringMatching(/^DELETE .*permissions 204/),
    expect.stringMatching(/^POST .*permissions 201/),
    expect.stringMatching(/^GET /),
  ]);
  expect(swapped.result?.plan.summary).toMatchObject({ rolesChanged: 1, grantsAdded: 1, grantsRemoved: 1 });

  const removed = await stack.up(state([first]));
  expect(removed.calls).toEqual([expect.stringMatching(/^DELETE /), expect.stringMatching(/^GET /)]);
});

test('a stack is deleted with a call for each role and each API, and takes nothing of others with it', async () => {
  const permissions = many(3);
  const state = desired(
    ['shop', 'store', 'stock'].map((name) => ({
      name,
      permissions,
      roles: ['all', 'some', 'none'].map((role, index) => ({
        name: role,
        title: `${role} of ${name}`,
        scopes: scopes(permissions).slice(index),
      })),
      holders: [{ role: 'all', assignment: 'team', account: { by: 'id' as const, id: 'auth0|dana' } }],
    })),
  );
  const dana = { connection: 'corporate-sso', email: 'dana@example.com', password: 'a long one 1!', user_id: 'dana' };
  await tenantCall(stack.emulator, 'POST', '/users', dana);
  await tenantCall(stack.emulator, 'POST', '/roles', { name: 'Of others' });
  expect((await stack.up(state)).problems).toEqual([]);

  stack.emulator.resetCalls();
  expect(await pulumi(stack, 'destroy', '--yes', '--skip-preview', '--stack', 'dev')).toMatchObject({ code: 0 });
  const [apis, roles] = [3, 9];
  expect(stack.emulator.calls().filter(({ isWrite }) => isWrite)).toHaveLength(roles + apis);
  expect(stack.emulator.calls()).toHaveLength(roles + apis);
  const left = stack.emulator.snapshot();
  expect(left.resourceServers).toEqual([]);
  expect(left.roles.map(({ name }) => name)).toEqual(['Of others']);
  expect(left.users.map(({ id }) => id)).toEqual(['auth0|dana']);
});

test('a preview before the first apply writes nothing, neither to the tenant nor to the backend', async () => {
  const state = desired([{ permissions: many(2), roles: [{ name: 'user', scopes: ['p000'] }] }]);
  const { result, problems, calls } = await stack.preview(state);
  expect(problems).toEqual([]);
  expect(result?.summary).toMatchObject({ applicationsCreated: 1, rolesCreated: 1, grantsAdded: 1 });
  expect(calls).toEqual(['GET /roles 200', 'GET /resource-servers 200']);
  expect((await stack.up(state)).result?.plan.changes).toEqual(result?.changes);
});

test('a refresh finds a role that somebody has deleted, and up makes it anew', async () => {
  const state = desired([{ permissions: many(2), roles: [{ name: 'user', scopes: ['p000'] }] }]);
  await stack.up(state);
  await tenantCall(stack.emulator, 'DELETE', `/roles/${stack.emulator.snapshot().roles[0]?.id}`, {});
  const run = await stack.up(state, { refresh: true });
  expect(run.problems).toEqual([]);
  expect(run.result?.plan.changes).toMatchObject([
    { role: 'user', action: 'create', gains: [{ reference: 'data/p000' }] },
  ]);
  expect(stack.emulator.snapshot().roles).toMatchObject([{ name: 'User', permissions: [{ scope: 'p000' }] }]);
});

test('a refresh finds what somebody has changed by hand, and up sets it right', async () => {
  const state = desired([{ permissions: many(2), roles: [{ name: 'user', scopes: ['p000'] }] }]);
  await stack.up(state);
  const id = stack.emulator.snapshot().roles[0]?.id;
  const given = [{ resource_server_identifier: 'https://shop.example', permission_name: 'p001' }];
  await tenantCall(stack.emulator, 'POST', `/roles/${id}/permissions`, { permissions: given });
  expect((await stack.preview(state)).result?.changes).toEqual([]);
  const seen = await stack.preview(state, { refresh: true });
  expect(seen.result?.changes).toMatchObject([{ subject: 'role', role: 'user', loses: [{ reference: 'data/p001' }] }]);
  await stack.up(state, { refresh: true });
  expect(stack.emulator.snapshot().roles[0]?.permissions).toMatchObject([{ scope: 'p000' }]);
});
