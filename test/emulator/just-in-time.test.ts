import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import type { FaultAnswer } from '../../src/emulator/start-emulator.ts';
import { compile } from '../../src/model/compile/compile.ts';
import { actionCode, actionSecrets } from '../../src/targets/auth0/action/action-code.ts';
import { lowerJustInTime, signInPolicy } from '../../src/targets/auth0/lower-just-in-time.ts';
import type { ProductivTenant } from '../authorize-jwt/tenant-of-test.ts';
import { model, productivTenant, tokenOf } from '../authorize-jwt/tenant-of-test.ts';

const database = 'Username-Password-Authentication';
const password = 'correct horse';
const note = 'rolewright_default_dev_productiv';
const realm = 'http://auth0.com/oauth/grant-type/password-realm';

interface Person {
  readonly id: string;
  readonly signIn: () => Promise<readonly string[]>;
  /** Names of the roles that the tenant says this person has. */
  readonly roles: () => Promise<readonly string[]>;
  readonly profile: () => Promise<{ readonly app_metadata?: Readonly<Record<string, unknown>> }>;
}

interface JustInTimeTenant extends ProductivTenant {
  readonly person: (email: string, more?: object) => Promise<Person>;
  readonly idOf: (role: string) => string;
}

/** Productiv's tenant with the action that Rolewright generates of `roles/`, deployed and bound through the Management API. */
async function justInTimeTenant(): Promise<JustInTimeTenant> {
  const tenant = await productivTenant();
  const { create, send, desired, domain, clientId, clientSecret, applicationId } = tenant;
  const idOf = (role: string) => tenant.roles.get(role) ?? '';
  const state = compile(model, 'dev')[0];
  const lowered = state === null ? null : lowerJustInTime(state, { AUTH0_DOMAIN: domain });
  if (lowered === null) throw new Error('nothing is provisioned in dev');
  const code = actionCode(signInPolicy(lowered, (name) => idOf(name.replace('productiv.', ''))));
  const values = { [actionSecrets.clientId]: clientId, [actionSecrets.clientSecret]: clientSecret };
  const id = await create('/actions/actions', {
    ...{ name: 'Just-in-time provisioning', code, runtime: 'node22' },
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    secrets: Object.entries(values).map(([name, value]) => ({ name, value })),
  });
  await send('GET', `/actions/actions/${id}`);
  await send('POST', `/actions/actions/${id}/deploy`);
  const bound = { bindings: [{ ref: { type: 'action_id', value: id } }] };
  expect(await send('PATCH', '/actions/triggers/post-login/bindings', bound)).toMatchObject({ status: 200 });

  return {
    ...tenant,
    idOf,
    person: async (email, more = {}) => {
      const profile = { connection: database, email, password, email_verified: true, ...more };
      const user = await create('/users', profile);
      const path = `/users/${encodeURIComponent(user)}`;
      const asked = {
        grant_type: realm,
        client_id: applicationId,
        realm: profile.connection,
        username: email,
        password,
      };
      return {
        id: user,
        signIn: async () => {
          const answer = await send('POST', '/oauth/token', { ...asked, audience: desired.audience }, { token: null });
          return decodeJwt<{ permissions: string[] }>(tokenOf(answer)).permissions;
        },
        roles: async () => ((await send('GET', `${path}/roles`)).body as { name: string }[]).map(({ name }) => name),
        profile: async () => (await send('GET', path)).body as { app_metadata?: Record<string, unknown> },
      };
    },
  };
}

/** What the role is declared to hold, as a token has it. */
function scopesOf({ desired }: ProductivTenant, role: string): readonly string[] {
  return desired.roles.find(({ name }) => name === role)?.scopes.toSorted() ?? [];
}

const consoleOf = ({ executions }: ProductivTenant) => executions().at(-1)?.actions[0]?.console;

describe('the first sign-in of a new person', () => {
  it('gives the default role, in the tenant at once and in the next token', async () => {
    const tenant = await justInTimeTenant();
    const ada = await tenant.person('ada@example.com');
    expect(await ada.signIn()).toEqual([]);
    expect(await ada.roles()).toEqual(['Limited User']);
    expect((await ada.profile()).app_metadata).toMatchObject({ [note]: { role: 'limited-user' } });
    expect(await ada.signIn()).toEqual(scopesOf(tenant, 'limited-user'));
    expect(tenant.executions().every(({ actions }) => actions.every(({ error }) => error === null))).toBe(true);
  });

  it('of a domain with a rule gives its role, over the connection that the rule names', async () => {
    const tenant = await justInTimeTenant();
    const eve = await tenant.person('eve@procurement.example', { connection: 'corporate-sso' });
    await eve.signIn();
    expect(await eve.signIn()).toEqual(scopesOf(tenant, 'emea-procurement'));
  });

  it('writes nothing at the second, and at every later one', async () => {
    const tenant = await justInTimeTenant();
    const ada = await tenant.person('ada@example.com');
    await ada.signIn();
    tenant.resetCalls();
    await ada.signIn();
    await ada.signIn();
    expect(tenant.calls()).toEqual([]);
    expect(tenant.tokenRequests()).toBe(2);
  });
});

it('a role that was revoked does not come back', async () => {
  const tenant = await justInTimeTenant();
  const ada = await tenant.person('ada@example.com');
  await ada.signIn();
  await tenant.send('DELETE', `/users/${encodeURIComponent(ada.id)}/roles`, { roles: [tenant.idOf('limited-user')] });
  expect(await ada.signIn()).toEqual([]);
  expect(await ada.signIn()).toEqual([]);
  expect(await ada.roles()).toEqual([]);
});

describe('nothing is given', () => {
  it.each<[string, string, object]>([
    ['who was invited', 'ada@example.com', { app_metadata: { invited: true } }],
    [
      'of a domain with a rule whose address is not verified',
      'eve@procurement.example',
      { connection: 'corporate-sso', email_verified: false },
    ],
    ['of a domain with a rule who comes over another connection', 'eve@procurement.example', {}],
  ])('to somebody %s', async (_, email, more) => {
    const tenant = await justInTimeTenant();
    const person = await tenant.person(email, more);
    expect([await person.signIn(), await person.signIn()]).toEqual([[], []]);
    expect(await person.roles()).toEqual([]);
    expect(
      tenant.calls().filter(({ path, isWrite }) => isWrite && path.endsWith('/roles') && path.includes('/users/')),
    ).toEqual([]);
  });

  it('to somebody who comes by an invitation to an organization, then and later', async () => {
    const tenant = await justInTimeTenant();
    const bob = await tenant.person('bob@example.com');
    const asked = {
      ...{ response_type: 'code', client_id: tenant.applicationId, redirect_uri: 'http://127.0.0.1/callback' },
      ...{ audience: tenant.desired.audience, login_hint: 'bob@example.com', invitation: 'ticket' },
    };
    const answer = await tenant.send('GET', `/authorize?${new URLSearchParams(asked)}`, undefined, { token: null });
    expect(answer.headers.location).toContain('code=');
    expect(await bob.signIn()).toEqual([]);
    expect(await bob.roles()).toEqual([]);
  });

  it('to somebody who has a role', async () => {
    const tenant = await justInTimeTenant();
    const ada = await tenant.person('ada@example.com');
    await tenant.send('POST', `/users/${encodeURIComponent(ada.id)}/roles`, { roles: [tenant.idOf('basic-user')] });
    expect(await ada.signIn()).toEqual(scopesOf(tenant, 'basic-user'));
    expect(await ada.roles()).toEqual(['Basic User']);
  });

  it('by a sign-in for another API', async () => {
    const tenant = await justInTimeTenant();
    await tenant.create('/resource-servers', { identifier: 'https://other.example' });
    await tenant.tokenFor({ request: { audience: 'https://other.example' } });
    expect(tenant.executions()).toMatchObject([{ actions: [{ error: null, console: '' }] }]);
    expect(tenant.snapshot().users.map(({ roleIds }) => roleIds)).toEqual([[]]);
  });
});

describe('a Management API that fails', () => {
  it.each<[string, RegExp, string, FaultAnswer]>([
    ['refuses the role', /\/users\/[^/]+\/roles$/, 'POST', { status: 500 }],
    ['is out of breath', /\/users\/[^/]+\/roles$/, 'POST', { status: 429 }],
    ['cuts the connection', /\/users\/[^/]+\/roles$/, 'POST', { cut: true }],
    ['gives the role and loses the answer', /\/users\/[^/]+\/roles$/, 'POST', { loseAnswer: true }],
  ])('and %s: signed in all the same, and served at the next sign-in', async (_, path, method, answer) => {
    const tenant = await justInTimeTenant();
    const ada = await tenant.person('ada@example.com');
    tenant.addFault({ match: { method, path }, answer });
    expect(await ada.signIn()).toEqual([]);
    expect(consoleOf(tenant)).toContain('Rolewright gave no role');
    await ada.signIn();
    expect(await ada.roles()).toEqual(['Limited User']);
    expect((await ada.profile()).app_metadata).toMatchObject({ [note]: { role: 'limited-user' } });
    expect(await ada.signIn()).toEqual(scopesOf(tenant, 'limited-user'));
  });

  it('and gives no token: likewise', async () => {
    const tenant = await justInTimeTenant();
    const ada = await tenant.person('ada@example.com');
    // The person's own request is the first.
    tenant.addFault({ match: { method: 'POST', path: /^\/oauth\/token$/ }, after: 1, answer: { status: 503 } });
    expect(await ada.signIn()).toEqual([]);
    expect(await ada.roles()).toEqual([]);
    await ada.signIn();
    expect(await ada.signIn()).toEqual(scopesOf(tenant, 'limited-user'));
  });
});
