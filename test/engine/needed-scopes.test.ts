import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareScopes } from '../../src/targets/auth0/needed-scopes.ts';
import { desired } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import { tenantCall } from '../support/tenant-call.ts';

const scopes = compareScopes([], ['assignments']).needed.map(({ scope }) => scope);

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack({ clients: [{ clientId: 'machine', clientSecret: 'secret', scopes }] });
});
afterEach(() => stack.stop());

test('what doctor asks for is enough to make everything, to change it, to compare it and to take it down', async () => {
  const dana = {
    connection: 'corporate-sso',
    email: 'dana@example.com',
    email_verified: true,
    password: 'long Enough 1!',
  };
  const { user_id: id } = (await tenantCall(stack.emulator, 'POST', '/users', dana)) as { user_id: string };
  const before = stack.emulator.calls().length;
  const env = {
    ...stack.env,
    ...{ AUTH0_API_TOKEN: undefined, AUTH0_CLIENT_ID: 'machine', AUTH0_CLIENT_SECRET: 'secret' },
  };
  const holder = { role: 'user', assignment: 'team', account: { by: 'id', id } } as const;
  const state = (roles: readonly string[], held: readonly string[], isHeld: boolean) =>
    desired([
      {
        permissions: ['data/x', 'data/y'],
        roles: roles.map((name) => ({ name, scopes: held })),
        holders: isHeld ? [holder] : [],
      },
    ]);
  const runs = [
    await stack.up(state(['user', 'other'], ['x'], true), { env }),
    await stack.up(state(['user', 'other'], ['x', 'y'], true), { env, refresh: true }),
    await stack.up(state(['user'], ['y'], false), { env }),
    await stack.up(desired([{ name: 'another', permissions: [], roles: [] }]), { env }),
  ];
  expect(runs.map(({ problems }) => problems)).toEqual([[], [], [], []]);
  const calls = stack.emulator.calls().slice(before);
  expect(calls.filter(({ status }) => status === 403)).toEqual([]);
  // Nothing of the first API is left, so that everything was taken down as well.
  expect(stack.emulator.snapshot()).toMatchObject({
    resourceServers: [{ identifier: 'https://another.example' }],
    roles: [],
  });
});
