import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/start-emulator.ts';
import type { EmulatorOfTest } from './emulator-of-test.ts';
import { audience, emulatorOfTest, resourceServerWith } from './emulator-of-test.ts';

export const database = 'Username-Password-Authentication';
export const bindings = '/actions/triggers/post-login/bindings';
const supported_triggers = [{ id: 'post-login', version: 'v3' }];

interface ActionOfTest {
  /** The body of `exports.onExecutePostLogin = async (event, api) => { … }`. */
  readonly body?: string;
  /** In place of that. */
  readonly code?: string;
  readonly secrets?: object;
}

export interface SignInTenant extends EmulatorOfTest {
  readonly ada: string;
  readonly path: string;
  /** Creates, deploys and binds actions, named by their place. */
  readonly bind: (...actions: readonly ActionOfTest[]) => Promise<string[]>;
  readonly signIn: (body?: object) => ReturnType<EmulatorOfTest['send']>;
  readonly claims: (body?: object) => Promise<Record<string, unknown>>;
}

/** A tenant with an API, and Ada, who may do nothing there. */
export async function signInTenant(options: EmulatorOptions = {}): Promise<SignInTenant> {
  const emulator = await emulatorOfTest(options);
  const { send, create, applicationId: client_id } = emulator;
  const rbac = { enforce_policies: true, token_dialect: 'access_token_authz' };
  await create('/resource-servers', { ...resourceServerWith('read:it', 'write:it'), ...rbac });
  const profile = { email_verified: true, app_metadata: { plan: 'small', old: 1 } };
  const ada = await create('/users', {
    connection: database,
    email: 'ada@example.com',
    password: 'secret',
    ...profile,
  });
  const asked = { grant_type: 'password', client_id, username: 'ada@example.com', password: 'secret', audience };
  const signIn = (body: object = {}) => send('POST', '/oauth/token', { ...asked, ...body }, { token: null });
  return {
    ...emulator,
    ...{ ada, signIn },
    path: `/users/${encodeURIComponent(ada)}`,
    bind: async (...actions) => {
      const ids: string[] = [];
      for (const [index, { body, code, secrets }] of actions.entries()) {
        const text = code ?? `exports.onExecutePostLogin = async (event, api) => { ${body} };`;
        const named = { name: `action-${index + 1}`, supported_triggers, code: text };
        const id = await create('/actions/actions', secrets === undefined ? named : { ...named, secrets });
        await send('POST', `/actions/actions/${id}/deploy`);
        ids.push(id);
      }
      const refs = ids.map((value) => ({ ref: { type: 'action_id', value } }));
      expect(await send('PATCH', bindings, { bindings: refs })).toMatchObject({ status: 200 });
      return ids;
    },
    claims: async (body) => {
      const answer = await signIn(body);
      expect(answer).toMatchObject({ status: 200 });
      return decodeJwt((answer.body as { access_token: string }).access_token);
    },
  };
}
