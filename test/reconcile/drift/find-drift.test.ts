import { expect, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/start-emulator.ts';
import type { DriftRequest } from '../../../src/reconcile/drift/find-drift.ts';
import { findDrift } from '../../../src/reconcile/drift/find-drift.ts';
import type { EmulatorOfTest } from '../../emulator/emulator-of-test.ts';
import { emulatorOfTest } from '../../emulator/emulator-of-test.ts';
import { desired as desiredOf } from '../../support/desired.ts';
import { layOutTenant, observedAsDeclared } from '../../support/observed.ts';

const dana = { by: 'email', email: 'dana@example.com', connection: 'email' } as const;
const held = (role: string, id: string) => ({ role, assignment: 'people', account: { by: 'id', id } }) as const;
const desired = desiredOf([
  {
    permissions: ['data/spend'],
    roles: [{ name: 'admin', scopes: ['spend'] }, { name: 'reader', scopes: ['spend'] }, { name: 'idle' }],
    holders: [{ role: 'admin', assignment: 'people', account: dana }, held('reader', 'email|250')],
  },
]);

interface Found {
  readonly told: readonly string[];
  readonly problems: readonly string[];
  /** Calls by what they asked for. */
  readonly calls: Readonly<Record<string, number>>;
  readonly progress: readonly string[];
}

async function find(emulator: Emulator, more: Partial<DriftRequest> = {}): Promise<Found> {
  const progress: string[] = [];
  emulator.resetCalls();
  const [drift, problems] = await findDrift({
    desired,
    env: emulator.environment,
    signal: new AbortController().signal,
    onProgress: (message) => progress.push(message),
    choice: { include: [], exclude: [] },
    people: false,
    patience: 0,
    ...more,
  });
  const calls: Record<string, number> = {};
  for (const { path, isWrite } of emulator.calls()) {
    expect(isWrite).toBe(false);
    const what = path.split('/').at(-1) ?? '';
    calls[what] = (calls[what] ?? 0) + 1;
  }
  const told = (drift?.deviations ?? []).map((one) => {
    const holder = one.subject === 'holder' ? ` ${one.account}` : '';
    return `${one.subject} ${'title' in one ? one.title : one.application}${holder}`;
  });
  return { told, problems: problems.map(({ code, message }) => `${code} ${message}`), calls, progress };
}

async function asDeclared(): Promise<{ emulator: EmulatorOfTest; ids: ReadonlyMap<string, string> }> {
  const emulator = await emulatorOfTest();
  return { emulator, ids: await layOutTenant(emulator, observedAsDeclared(desired)) };
}

const person = (emulator: EmulatorOfTest, number: number | string, email: string) =>
  emulator.create('/users', { connection: 'email', user_id: String(number), email, email_verified: true });

test('people: one call for each address, and one for each hundred who hold a role, until the declared ones are found', async () => {
  const { emulator, ids } = await asDeclared();
  const id = await person(emulator, 'dana', dana.email);
  const crowd: string[] = [];
  for (let number = 0; number < 250; number += 1) crowd.push(await person(emulator, number, `p${number}@example.com`));
  const give = (title: string, users: readonly string[]) =>
    emulator.send('POST', `/roles/${ids.get(title)}/users`, { users });
  await give('Admin', [id]);
  for (const start of [0, 100, 200]) await give('Reader', crowd.slice(start, start + 100));
  const lists = { roles: 1, 'resource-servers': 1, permissions: 3 };

  const without = await find(emulator, { people: true });
  // Nobody has the id email|250: all three pages are looked through.
  expect(without.told).toEqual(['holder Reader email|250']);
  expect(without.calls).toEqual({ ...lists, 'users-by-email': 1, users: 1 + 3 });
  const first = desired.applications.map((application) => ({ ...application, holders: [held('reader', 'email|0')] }));
  const found = await find(emulator, { people: true, desired: { ...desired, applications: first } });
  expect(found).toMatchObject({ told: [], calls: { users: 1 } });
  await give('Reader', [await person(emulator, 250, 'p250@example.com')]);
  expect((await find(emulator, { people: true })).told).toEqual([]);
  expect((await find(emulator)).calls).toEqual(lists);
  const one = await find(emulator, { people: true, choice: { include: [], exclude: ['Reader'] } });
  expect(one.calls).toEqual({ ...lists, permissions: 2, 'users-by-email': 1, users: 1 });
});

test('people: an address that is nobody is told, and the rest is compared all the same', async () => {
  const { emulator, ids } = await asDeclared();
  await emulator.send('DELETE', `/roles/${ids.get('Idle')}`);
  const { told, problems } = await find(emulator, { people: true });
  expect(told).toEqual(['role Idle']);
  expect(problems).toEqual([expect.stringMatching(/^RW6511 .*dana@example\.com \(email\)/u)]);
});

test('what the tenant refuses is told once, in words', async () => {
  const { emulator } = await asDeclared();
  const failing = async (answer: Parameters<Emulator['addFault']>[0]['answer'], more: Partial<DriftRequest> = {}) => {
    emulator.addFault({ match: { path: /\/(permissions|users)$/u }, times: 99, answer });
    const { problems, told } = await find(emulator, more);
    emulator.clearFaults();
    expect(told).toEqual([]);
    return problems;
  };
  expect(await failing({ status: 401 })).toEqual([expect.stringMatching(/^RW6303 .* refused the credentials: 401/u)]);
  expect(await failing({ status: 403 })).toEqual([
    expect.stringMatching(/^RW6304 .* does not allow to read roles: 403/u),
  ]);
  expect(await failing({ status: 429, resetInSeconds: 60 })).toEqual([expect.stringMatching(/^RW6305 /u)]);
  expect(await failing({ status: 503 })).toEqual([expect.stringMatching(/^RW6306 .* failed to read roles: 503/u)]);
  const env = { ...emulator.environment, SSL_CERT_FILE: undefined, NODE_EXTRA_CA_CERTS: undefined };
  expect((await find(emulator, { env })).problems).toEqual([expect.stringMatching(/^RW6302 /u)]);
  const nowhere = { ...emulator.environment, AUTH0_DOMAIN: '127.0.0.1:9' };
  expect((await find(emulator, { env: nowhere })).problems).toEqual([expect.stringMatching(/^RW6301 /u)]);
  const other = { ...emulator.environment, AUTH0_DOMAIN: 'acme.eu.auth0.com' };
  expect(await find(emulator, { env: other })).toMatchObject({
    problems: [expect.stringMatching(/^RW6102 /u)],
    calls: {},
  });
});

test('stops where it is cancelled, and says so', async () => {
  const { emulator } = await asDeclared();
  const controller = new AbortController();
  const onProgress = (message: string) => {
    if (message === 'reading role 1 of 3') controller.abort();
  };
  const { problems, calls } = await find(emulator, { signal: controller.signal, onProgress });
  expect(problems).toEqual(['RW6501 cancelled before anything was changed']);
  expect(calls.permissions ?? 0).toBe(0);
});

test('says what it is doing', async () => {
  const { emulator } = await asDeclared();
  expect((await find(emulator)).progress).toEqual(['reading the tenant', 'reading role 1 of 3']);
});
