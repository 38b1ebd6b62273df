import { afterEach, beforeEach, expect, test } from 'vitest';
import { desired } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import { tenantCall } from '../support/tenant-call.ts';

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

const permissions = ['data/spend:view', 'data/spend:edit'];
const role = { name: 'app-admin', title: 'App Admin', scopes: ['view:spend'] };

/** Applies a first state with one role, and gives that role to somebody. */
async function holder(): Promise<string> {
  await stack.up(desired([{ permissions, roles: [role] }]));
  const person = {
    connection: 'Username-Password-Authentication',
    email: 'dana@example.com',
    password: 'a long password 1!',
  };
  const { user_id: id } = (await tenantCall(stack.emulator, 'POST', '/users', person)) as { user_id: string };
  const roleId = stack.emulator.snapshot().roles[0]?.id ?? '';
  await tenantCall(stack.emulator, 'POST', `/users/${encodeURIComponent(id)}/roles`, { roles: [roleId] });
  return roleId;
}

const heldRoles = () => stack.emulator.snapshot().users[0]?.roleIds;

test('a retitled role keeps its id and its holders, with one write', async () => {
  const id = await holder();
  const run = await stack.up(
    desired([
      { permissions, roles: [{ ...role, title: 'Application Admin', description: 'App Admin, declared in YAML.' }] },
    ]),
  );
  expect(run.calls).toEqual([`PATCH /roles/${id} 200`, `GET /roles/${id} 200`]);
  expect(run.result?.plan.changes).toMatchObject([
    { retitledFrom: 'App Admin', title: 'Application Admin', direction: 'neutral', described: false },
  ]);
  expect(heldRoles()).toEqual([id]);
});

test('a renamed role keeps its id and its holders, without a call', async () => {
  const id = await holder();
  const renamed = { ...role, name: 'application-admin', formerly: ['app-admin'] };
  const run = await stack.up(desired([{ permissions, roles: [renamed] }]));
  expect(run.problems).toEqual([]);
  expect(run.calls).toEqual([]);
  expect(run.result?.plan.changes).toMatchObject([
    { role: 'application-admin', renamedFrom: 'app-admin', direction: 'neutral' },
  ]);
  expect(heldRoles()).toEqual([id]);
  // The former name may stay listed.
  expect((await stack.up(desired([{ permissions, roles: [renamed] }]))).result?.plan.changes).toEqual([]);
});

test('a role and its application that are renamed at once keep everything; what changes besides is told', async () => {
  const id = await holder();
  const renamed = { ...role, name: 'boss', formerly: ['app-admin'], scopes: ['view:spend', 'edit:spend'] };
  const moved = { name: 'store', formerly: ['shop'], title: 'Shop', audience: 'https://shop.example' };
  const run = await stack.up(desired([{ ...moved, permissions, roles: [renamed] }]));
  expect(run.problems).toEqual([]);
  expect(run.calls).toEqual([`POST /roles/${id}/permissions 201`, `GET /roles/${id}/permissions 200`]);
  expect(run.result?.plan.changes).toMatchObject([
    { subject: 'application', action: 'update', details: ['name store, was shop'] },
    { subject: 'role', renamedFrom: 'shop.app-admin', gains: [{ reference: 'data/spend:edit' }], loses: [] },
  ]);
  expect(heldRoles()).toEqual([id]);
});

test('a rename that is cut off half way is finished by the next run', async () => {
  const id = await holder();
  const renamed = {
    ...role,
    name: 'boss',
    formerly: ['app-admin'],
    title: 'Boss',
    scopes: ['edit:spend', 'view:spend'],
  };
  stack.emulator.addFault({ match: { method: 'PATCH' }, answer: { status: 403 } });
  expect((await stack.up(desired([{ permissions, roles: [renamed] }]))).problems).toHaveLength(1);
  const next = await stack.up(desired([{ permissions, roles: [renamed] }]));
  expect(next.problems).toEqual([]);
  expect(next.calls.filter((call) => !call.startsWith('GET'))).toEqual([
    `PATCH /roles/${id} 200`,
    `POST /roles/${id}/permissions 201`,
  ]);
  expect(heldRoles()).toEqual([id]);
});

test('an audience is not changed in place', async () => {
  await holder();
  const run = await stack.up(desired([{ permissions, roles: [role], audience: 'https://new.example' }]));
  expect(run.problems).toEqual([
    'RW6408 the audience of shop would change from https://shop.example to https://new.example',
  ]);
  expect(run.calls).toEqual([]);
});
