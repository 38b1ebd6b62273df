import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { desired } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import { tenantCall } from '../support/tenant-call.ts';
import type { Run } from '../support/up-requests.ts';

const permissions = ['data/a', 'data/b', 'data/c', 'data/d'];
const admin = { name: 'admin', scopes: ['a', 'b', 'c'] };
const user = { name: 'user', scopes: ['a'] };

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

const titles = () => stack.emulator.snapshot().roles.map(({ name }) => name);

function expectRefusal({ diagnostics, problems, calls }: Run<unknown>, problem: string, override: string) {
  expect(problems).toEqual([problem]);
  expect(diagnostics[0]?.help).toContain(`--override ${override}`);
  expect(exitCodeOf(diagnostics, false)).toBe(5);
  expect(calls.filter((call) => !call.startsWith('GET'))).toEqual([]);
}

test('a protected role is not deleted, not even emptied, unless its own override says so', async () => {
  await stack.up(desired([{ permissions, roles: [admin, user] }], { protect: true }));
  const without = desired([{ permissions, roles: [user] }], { protect: true });
  const refused = await stack.up(without);
  expectRefusal(refused, 'RW6404 the plan deletes role shop/admin, which is protected', 'protected:shop/admin');
  expect(refused.result?.plan.changes).toMatchObject([{ role: 'admin', action: 'remove', loses: [{}, {}, {}] }]);
  expectRefusal(await stack.preview(without), refused.problems[0] ?? '', 'protected:shop/admin');
  expectRefusal(
    await stack.up(without, { overrides: ['protected:shop/user'] }),
    refused.problems[0] ?? '',
    'protected:shop/admin',
  );
  expect((await stack.up(without, { overrides: ['protected:shop/admin'] })).problems).toEqual([]);
  expect(titles()).toEqual(['User']);
});

test('a protected application goes with its own override and those of its roles', async () => {
  await stack.up(desired([{ permissions, roles: [user] }], { protect: true }));
  const nothing = desired([], { protect: true });
  expect((await stack.up(nothing)).problems).toEqual([
    'RW6404 the plan deletes application shop, which is protected',
    'RW6404 the plan deletes role shop/user, which is protected',
  ]);
  const run = await stack.up(nothing, { overrides: ['protected:shop', 'protected:shop/user'] });
  expect(run.problems).toEqual([]);
  expect(stack.emulator.snapshot()).toMatchObject({ roles: [], resourceServers: [] });
});

test('the last grant of a protected role may go', async () => {
  await stack.up(desired([{ permissions, roles: [admin, user] }], { protect: true }));
  const run = await stack.up(desired([{ permissions, roles: [admin, { name: 'user' }] }], { protect: true }));
  expect(run.problems).toEqual([]);
  expect(run.result?.plan.changes).toMatchObject([
    { role: 'user', action: 'update', loses: [{ reference: 'data/a' }] },
  ]);
  expect(stack.emulator.snapshot().roles[1]?.permissions).toEqual([]);
});

test('a plan that takes away too much is refused', async () => {
  const guards = { maximumRemoval: 0.4, requiredRoles: [] };
  await stack.up(desired([{ permissions, roles: [admin, user] }], { guards }));
  const less = desired([{ permissions, roles: [{ name: 'admin', scopes: ['a'] }, user] }], { guards });
  const problem = 'RW6401 the plan takes away 2 of 4 grants, more than the 40 % that are allowed';
  expectRefusal(await stack.up(less), problem, 'maximum-removal');
  expect((await stack.up(less, { overrides: ['maximum-removal'] })).problems).toEqual([]);
});

test('a role with too few holders is not touched; they are counted only then', async () => {
  const guards = { maximumRemoval: null, requiredRoles: [{ application: 'shop', role: 'admin', minimumHolders: 1 }] };
  const first = await stack.up(desired([{ permissions, roles: [admin, user] }], { guards }));
  expect(first.problems).toEqual([]);
  const other = await stack.up(desired([{ permissions, roles: [admin, { name: 'user', scopes: ['b'] }] }], { guards }));
  expect(other.calls.filter((call) => call.includes('/users'))).toEqual([]);

  const touched = desired([{ permissions, roles: [{ name: 'admin', scopes: ['a', 'b'] }, user] }], { guards });
  const problem = 'RW6405 role shop/admin has 0 holders, fewer than the 1 that the environment requires';
  expectRefusal(await stack.up(touched), problem, 'minimum-holders:shop/admin');

  const person = {
    connection: 'Username-Password-Authentication',
    email: 'dana@example.com',
    password: 'a long password 1!',
  };
  const { user_id: id } = (await tenantCall(stack.emulator, 'POST', '/users', person)) as { user_id: string };
  const roles = stack.emulator
    .snapshot()
    .roles.filter(({ name }) => name === 'Admin')
    .map((role) => role.id);
  await tenantCall(stack.emulator, 'POST', `/users/${encodeURIComponent(id)}/roles`, { roles });
  expect((await stack.up(touched)).problems).toEqual([]);
});

test('a declined plan changes nothing, and an override that is misspelt does not pass', async () => {
  const state = desired([{ permissions, roles: [user] }]);
  const declined = await stack.up(state, { confirm: async () => false });
  expect(declined.result?.applied).toBe(false);
  expect(declined.calls.filter((call) => !call.startsWith('GET'))).toEqual([]);
  const misspelt = await stack.up(state, { overrides: ['maximal-removal'] });
  expect(misspelt.problems).toEqual(['RW6409 there is no guard "maximal-removal"']);
  expect(exitCodeOf(misspelt.diagnostics, false)).toBe(2);
});
