import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runUpdate } from '../../src/reconcile/run-update.ts';
import { openSession } from '../../src/reconcile/session.ts';
import { desired } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import { tenantCall } from '../support/tenant-call.ts';

const permissions = ['data/spend:view', 'data/spend:edit', 'data/contracts'];
const shop = (...roles: { name: string; title?: string; scopes: string[] }[]) => desired([{ permissions, roles }]);
const user = { name: 'user', scopes: ['view:spend'] };
const edit = { name: 'user', scopes: ['contracts'] };

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

const held = (title: string) =>
  stack.emulator
    .snapshot()
    .roles.find(({ name }) => name === title)
    ?.permissions.map(({ scope }) => scope);

describe('a grant that fails', () => {
  test.each([
    ['refused', { status: 403 as const }, 1, 'RW6304'],
    ['answered by a server error', { status: 503 as const }, 4, 'RW6306'],
  ])('%s: the next run sets it right, although the state takes it for done', async (_, answer, times, code) => {
    await stack.up(shop(user));
    stack.emulator.addFault({ match: { method: 'POST', path: /\/permissions$/ }, times, answer });
    const failed = await stack.up(shop(edit));
    expect(failed.problems).toEqual([expect.stringMatching(`^${code} .*update grants of role shop.user`)]);
    expect(failed.result?.applied).toBe(false);
    expect(held('User')).toEqual([]);

    const next = await stack.up(shop(edit));
    expect(next.problems).toEqual([]);
    expect(next.result?.applied).toBe(true);
    expect(held('User')).toEqual(['contracts']);
    expect((await stack.up(shop(edit))).calls).toEqual([]);
  });

  test('a grant that could not be taken away is taken away by the next run', async () => {
    await stack.up(shop({ name: 'user', scopes: ['contracts', 'view:spend'] }));
    stack.emulator.addFault({ match: { method: 'DELETE', path: /\/permissions$/ }, answer: { status: 403 } });
    expect((await stack.up(shop(user))).problems).toHaveLength(1);
    expect(held('User')).toEqual(['contracts', 'view:spend']);
    const run = await stack.up(shop(user));
    expect(run).toMatchObject({ problems: [], result: { applied: true } });
    expect({ held: held('User'), calls: run.calls }).toMatchObject({ held: ['view:spend'] });
  });
});

describe('a create whose answer is lost', () => {
  test('of a role: the next run adopts it, and asks for no second one', async () => {
    stack.emulator.addFault({ match: { method: 'POST', path: /\/roles$/ }, answer: { loseAnswer: true } });
    const failed = await stack.up(shop(user));
    expect(failed.problems).toEqual([expect.stringMatching(/^RW6307 .*create role shop.user.*already exists/)]);
    const [orphan] = stack.emulator.snapshot().roles;

    const next = await stack.up(shop(user));
    expect(next.problems).toEqual([]);
    expect(next.result?.plan.changes).toMatchObject([{ subject: 'role', action: 'adopt', role: 'user' }]);
    expect(next.calls.filter((call) => call.startsWith('POST /roles '))).toEqual([]);
    expect(stack.emulator.snapshot().roles).toMatchObject([{ id: orphan?.id, name: 'User' }]);
    expect(held('User')).toEqual(['view:spend']);
    expect((await stack.up(shop(user))).calls).toEqual([]);
  });

  test('of a role that is renamed and retitled before the next run: it is adopted all the same', async () => {
    stack.emulator.addFault({ match: { method: 'POST', path: /\/roles$/ }, answer: { loseAnswer: true } });
    await stack.up(shop(user));
    const renamed = { name: 'member', formerly: ['user'], title: 'Member', scopes: ['view:spend'] };
    expect((await stack.up(shop(renamed))).problems).toEqual([]);
    expect(stack.emulator.snapshot().roles.map(({ name }) => name)).toEqual(['Member']);
  });

  test('of an API: the next run adopts it with its scopes', async () => {
    stack.emulator.addFault({ match: { method: 'POST', path: /\/resource-servers$/ }, answer: { loseAnswer: true } });
    expect((await stack.up(shop(user))).problems).toHaveLength(1);
    expect((await stack.up(shop(user))).problems).toEqual([]);
    expect(held('User')).toEqual(['view:spend']);
    expect(stack.emulator.snapshot().resourceServers).toHaveLength(1);
    expect((await stack.up(shop(user))).calls).toEqual([]);
  });

  test('and that is not declared any more: the next run says what is left and where', async () => {
    stack.emulator.addFault({ match: { method: 'POST', path: /\/roles$/ }, answer: { loseAnswer: true } });
    await stack.up(shop(user));
    const id = stack.emulator.snapshot().roles[0]?.id;
    const next = await stack.up(shop());
    expect(next.problems).toEqual([`RW6410 an interrupted run has left role "User" at the tenant (${id})`]);
    expect(next.result?.applied).toBe(true);
  });
});

describe('what somebody else has made', () => {
  test('a role of the same title is refused, and nothing is changed', async () => {
    await tenantCall(stack.emulator, 'POST', '/roles', { name: 'User', description: 'of another team' });
    const run = await stack.up(shop(user));
    expect(run.problems).toEqual([expect.stringMatching(/^RW6406 role shop.user cannot be created: .*"User".*rol_/)]);
    expect(run.result?.applied).toBe(false);
    expect(run.calls.filter((call) => !call.startsWith('GET'))).toEqual([]);
  });

  test('an API of the same audience is refused', async () => {
    await tenantCall(stack.emulator, 'POST', '/resource-servers', { identifier: 'https://shop.example' });
    expect((await stack.up(shop(user))).problems).toEqual([expect.stringMatching(/^RW6407 .*https:\/\/shop\.example/)]);
  });

  test('a role that took the title after a run was cut off is not adopted', async () => {
    stack.emulator.addFault({ match: { method: 'POST', path: /\/roles$/ }, answer: { status: 403 } });
    await stack.up(shop(user));
    await tenantCall(stack.emulator, 'POST', '/roles', { name: 'User', description: 'of another team' });
    expect((await stack.up(shop(user))).problems).toEqual([expect.stringMatching(/^RW6406/)]);
  });

  test('a permission that was given by hand to a role without any is taken away in the same run', async () => {
    expect((await stack.up(shop({ name: 'user', scopes: [] }))).problems).toEqual([]);
    const id = stack.emulator.snapshot().roles[0]?.id;
    const given = [{ resource_server_identifier: 'https://shop.example', permission_name: 'edit:spend' }];
    await tenantCall(stack.emulator, 'POST', `/roles/${id}/permissions`, { permissions: given });
    const run = await stack.up(shop(user));
    expect(run).toMatchObject({ problems: [], result: { applied: true } });
    expect({ held: held('User'), calls: run.calls }).toMatchObject({ held: ['view:spend'] });
  });
});

test('a program that declares nothing is no plan to delete everything', async () => {
  await stack.up(shop(user));
  const { env, workDir } = stack;
  const [opened] = await openSession(
    {
      ...{ env, workDir, desired: shop(user), refresh: false },
      ...{ signal: new AbortController().signal, onProgress: () => {}, onEngineOutput: null },
    },
    'preview',
  );
  if (opened === null) throw new Error('no session');
  const outcome = await runUpdate(opened.session, { verb: 'preview', refresh: false, program: async () => ({}) });
  await opened.close();
  expect(outcome.steps.map(({ op }) => op)).toContain('delete');
  expect(outcome).toMatchObject({ ok: false, errors: [{ message: expect.stringMatching(/did not hear all/) }] });
});
