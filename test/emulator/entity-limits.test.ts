import { expect, test } from 'vitest';
import type { EntityLimits } from '../../src/emulator/entity-limits.ts';
import type { EmulatorOfTest } from './emulator-of-test.ts';
import { emulatorOfTest, permissionsBody, resourceServerWith } from './emulator-of-test.ts';

/** Tries to hold one thing `count` times over, and tells the status of the last attempt. */
type Attempt = (emulator: EmulatorOfTest, count: number) => Promise<number>;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Makes each, one after another. */
const each =
  (path: string, body: (index: number) => object): Attempt =>
  async ({ send }, count) => {
    let status = 0;
    for (const index of numbers(count)) ({ status } = await send('POST', path, body(index)));
    return status;
  };

const action = (more: object) => ({ name: 'a', supported_triggers: [{ id: 'post-login' }], deploy: true, ...more });
const userBody = (index: number) => ({ connection: 'email', user_id: `u${index}`, email: `u${index}@example.com` });

const resourceServers = each('/resource-servers', (index) => ({ identifier: `${index}` }));

const attempts: readonly [limit: keyof EntityLimits, refusal: number, attempt: Attempt][] = [
  ['roles', 403, each('/roles', (index) => ({ name: `${index}` }))],
  ['resourceServers', 403, resourceServers],
  ['actions', 403, each('/actions/actions', (index) => action({ name: `${index}` }))],
  ['organizations', 403, each('/organizations', (index) => ({ name: `${index}` }))],
  [
    'scopesPerResourceServer',
    403,
    async ({ send }, count) =>
      (await send('POST', '/resource-servers', resourceServerWith(...numbers(count).map(String)))).status,
  ],
  [
    'permissionsPerRole',
    400,
    async ({ send, create }, count) => {
      const scopes = numbers(count).map(String);
      await create('/resource-servers', resourceServerWith(...scopes));
      const role = await create('/roles', { name: 'a' });
      return (await send('POST', `/roles/${role}/permissions`, permissionsBody(...scopes))).status;
    },
  ],
  [
    'permissionsPerUser',
    400,
    async ({ send, create }, count) => {
      const scopes = numbers(count).map(String);
      await create('/resource-servers', resourceServerWith(...scopes));
      await create('/users', userBody(0));
      return (await send('POST', '/users/email%7Cu0/permissions', permissionsBody(...scopes))).status;
    },
  ],
  ['rolesPerUser', 400, (emulator, count) => roles(emulator, count, '/users/email%7Cu0/roles')],
  [
    'rolesPerMember',
    409,
    async (emulator, count) => {
      const organization = await emulator.create('/organizations', { name: 'a' });
      const members = `/organizations/${organization}/members`;
      return roles(emulator, count, `${members}/email%7Cu0/roles`, () =>
        emulator.send('POST', members, { members: ['email|u0'] }),
      );
    },
  ],
  [
    'membersPerOrganization',
    400,
    async ({ send, create }, count) => {
      const organization = await create('/organizations', { name: 'a' });
      for (const index of numbers(count)) await create('/users', userBody(index));
      const members = numbers(count).map((index) => `email|u${index}`);
      return (await send('POST', `/organizations/${organization}/members`, { members })).status;
    },
  ],
  [
    'actionsPerTrigger',
    400,
    async ({ send, create }, count) => {
      await create('/actions/actions', action({}));
      const bindings = numbers(count).map(() => ({ ref: { type: 'action_name', value: 'a' } }));
      return (await send('PATCH', '/actions/triggers/post-login/bindings', { bindings })).status;
    },
  ],
  ['secretsPerAction', 400, (emulator, count) => oneAction(emulator, 'secrets', count)],
  ['dependenciesPerAction', 400, (emulator, count) => oneAction(emulator, 'dependencies', count)],
];

async function roles(
  { send, create }: EmulatorOfTest,
  count: number,
  path: string,
  join: () => Promise<unknown> = async () => {},
): Promise<number> {
  await create('/users', userBody(0));
  await join();
  const ids: string[] = [];
  for (const index of numbers(count)) ids.push(await create('/roles', { name: `${index}` }));
  return (await send('POST', path, { roles: ids })).status;
}

async function oneAction({ send }: EmulatorOfTest, key: string, count: number): Promise<number> {
  const list = numbers(count).map((index) => ({ name: `n${index}`, value: 'v' }));
  const body = action({ [key]: key === 'secrets' ? list : list.map(({ name }) => ({ name, version: '1' })) });
  return (await send('POST', '/actions/actions', body)).status;
}

test.each(attempts)('%s end where they are told to, with %i', async (limit, refusal, attempt) => {
  const entityLimits = { [limit]: 2 };
  expect(await attempt(await emulatorOfTest({ entityLimits }), 2)).toBeLessThan(300);
  expect(await attempt(await emulatorOfTest({ entityLimits }), 3)).toBe(refusal);
});

test('of the versions of an action the oldest goes', async () => {
  const { send, create } = await emulatorOfTest({ entityLimits: { versionsPerAction: 2 } });
  const path = `/actions/actions/${await create('/actions/actions', action({}))}`;
  await send('GET', path);
  for (let deployment = 0; deployment < 2; deployment += 1) await send('POST', `${path}/deploy`);
  expect((await send('GET', `${path}/versions`)).body).toMatchObject({ versions: [{ number: 2 }, { number: 3 }] });
});

test('a free tenant has ten APIs, and a paid one more', async () => {
  const rateLimit = { burst: 1000, perSecond: 1000 };
  expect(await resourceServers(await emulatorOfTest({ subscription: 'free', rateLimit }), 11)).toBe(403);
  expect(await resourceServers(await emulatorOfTest({ subscription: 'self-service', rateLimit }), 11)).toBe(201);
});
