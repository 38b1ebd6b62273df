import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import type { ObservedApi, ObservedRole, ObservedState } from '../../src/model/observed-state.ts';
import type { Selection } from '../../src/stack/tenant.ts';
import { observeTenant } from '../../src/targets/auth0/observe-tenant.ts';
import { connectTenant } from '../../src/targets/auth0/tenant-client.ts';
import { emulatorOfTest } from '../emulator/emulator-of-test.ts';
import { layOutTenant } from '../support/observed.ts';

const audience = (number: number) => `https://api-${String(number).padStart(3, '0')}.example`;
const scope = (number: number) => `read:${String(number).padStart(3, '0')}`;

function api(number: number, scopes = 1): ObservedApi {
  return {
    id: '',
    audience: audience(number),
    title: `API ${number}`,
    system: false,
    enforced: true,
    tokenLifetimeSeconds: 3600,
    scopes: Array.from({ length: scopes }, (_, index) => ({ value: scope(index), description: `May ${index}` })),
  };
}

function role(number: number, grants = 1): ObservedRole {
  return {
    id: '',
    title: `Role ${String(number).padStart(3, '0')}`,
    description: `Number ${number}`,
    grants: Array.from({ length: grants }, (_, index) => ({ audience: audience(0), scope: scope(index) })),
  };
}

const several = <T>(count: number, make: (number: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, number) => make(number));

interface Observed {
  readonly state: ObservedState;
  /** How many calls there were, by what they asked for. */
  readonly calls: { readonly apis: number; readonly roles: number; readonly grants: number; readonly all: number };
  readonly progress: readonly string[];
}

async function observe(emulator: Emulator, selection: Partial<Selection> = {}): Promise<Observed> {
  const signal = new AbortController().signal;
  const client = connectTenant({ env: emulator.environment, signal, patience: 0, onWait: () => {} });
  const progress: string[] = [];
  emulator.resetCalls();
  const state = await observeTenant(client, {
    tenant: emulator.domain,
    audiences: null,
    wanted: () => true,
    onProgress: (done, total) => progress.push(`${done} of ${total}`),
    ...selection,
  });
  const all = emulator.calls();
  expect(all.filter(({ isWrite }) => isWrite)).toEqual([]);
  const count = (path: RegExp) => all.filter((call) => path.test(call.path)).length;
  const calls = { apis: count(/\/resource-servers$/u), roles: count(/\/roles$/u), grants: count(/\/permissions$/u) };
  return { state, calls: { ...calls, all: all.length }, progress };
}

/** The tenant has its Management API besides those of ours. */
test.for([
  { roles: 0, apis: 0, expected: { apis: 1, roles: 1, grants: 0, all: 2 } },
  { roles: 0, apis: 1, expected: { apis: 1, roles: 1, grants: 0, all: 2 } },
  { roles: 1, apis: 1, expected: { apis: 1, roles: 1, grants: 1, all: 3 } },
  { roles: 100, apis: 3, expected: { apis: 1, roles: 1, grants: 100, all: 102 } },
  { roles: 101, apis: 3, expected: { apis: 1, roles: 2, grants: 101, all: 104 } },
  { roles: 3, apis: 101, expected: { apis: 2, roles: 1, grants: 3, all: 6 } },
])('reads $roles roles on $apis APIs in R + R/100 + A calls at most', async ({ roles, apis, expected }) => {
  const emulator = await emulatorOfTest();
  await layOutTenant(emulator, { apis: several(apis, api), roles: several(roles, role) });
  const { state, calls } = await observe(emulator);
  expect(calls).toEqual(expected);
  // One call at least says that there is no role.
  expect(calls.all).toBeLessThanOrEqual(roles + Math.max(1, Math.ceil(roles / 100)) + apis + 1);
  expect(state.roles.map(({ title }) => title)).toEqual(several(roles, role).map(({ title }) => title));
  expect(state.apis.filter(({ system }) => !system).map(({ title }) => title)).toEqual(
    several(apis, api).map(({ title }) => title),
  );
});

test('reads a role of 250 permissions in three calls, whole and sorted', async () => {
  const emulator = await emulatorOfTest();
  await layOutTenant(emulator, { apis: [api(0, 250)], roles: [role(0, 250), role(1, 100), role(2, 101), role(3, 0)] });
  const { state, calls } = await observe(emulator);
  expect(calls).toEqual({ apis: 1, roles: 1, grants: 3 + 1 + 2 + 1, all: 9 });
  expect(state.roles.map(({ grants }) => grants)).toEqual([250, 100, 101, 0].map((size) => role(0, size).grants));
});

test('says of roles and APIs all that there is to compare', async () => {
  const emulator = await emulatorOfTest();
  const open = { ...api(1), enforced: false, tokenLifetimeSeconds: 60 };
  const across = { ...role(0), grants: [0, 1].map((number) => ({ audience: audience(number), scope: scope(0) })) };
  const ids = await layOutTenant(emulator, { apis: [api(0), open], roles: [across, role(1, 0)] });
  const { state, progress } = await observe(emulator);
  const [first, second] = state.roles;
  expect(state.tenant).toBe(emulator.domain);
  expect([first, second]).toEqual([
    { ...across, id: ids.get(across.title) },
    { ...role(1, 0), id: ids.get('Role 001') },
  ]);
  const [management, ...ours] = state.apis.toSorted((a, b) => Number(b.system) - Number(a.system));
  expect(management).toMatchObject({ system: true, audience: `https://${emulator.domain}/api/v2/` });
  expect(ours).toEqual([api(0), open].map((one) => ({ ...one, id: expect.stringMatching(/^\w{24}$/u) })));
  expect(progress).toEqual(['0 of 2']);
});

test('asks for the APIs that are named, and for the permissions of the roles that are wanted', async () => {
  const emulator = await emulatorOfTest();
  await layOutTenant(emulator, { apis: several(12, api), roles: several(3, role) });
  const audiences = several(11, audience);
  const { state, calls } = await observe(emulator, { audiences, wanted: ({ name }) => name !== 'Role 001' });
  expect(calls).toEqual({ apis: 2, roles: 1, grants: 2, all: 5 });
  expect(state.apis.map((one) => one.audience)).toEqual(audiences);
  expect(state.roles.map(({ title }) => title)).toEqual(['Role 000', 'Role 002']);
  expect((await observe(emulator, { audiences: [], wanted: () => false })).calls.all).toBe(1);
});

test('leaves out a role that somebody deletes while it reads', async () => {
  const emulator = await emulatorOfTest();
  const ids = await layOutTenant(emulator, { apis: [api(0)], roles: several(3, role) });
  const gone = new RegExp(`/roles/${ids.get('Role 001')}/permissions`, 'u');
  emulator.addFault({ match: { path: gone }, times: 1, answer: { status: 404 } });
  const { state } = await observe(emulator);
  expect(state.roles.map(({ title }) => title)).toEqual(['Role 000', 'Role 002']);
});

test('says in words what the tenant refuses', async () => {
  const emulator = await emulatorOfTest();
  await layOutTenant(emulator, { apis: [api(0)], roles: [role(0, 0)] });
  emulator.addFault({ match: { path: /permissions/u }, times: 1, answer: { status: 403 } });
  await expect(observe(emulator)).rejects.toThrow(/^403 /u);
});
