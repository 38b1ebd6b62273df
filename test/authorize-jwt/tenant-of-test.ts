import { fileURLToPath } from 'node:url';
import type { FetchImplementation } from 'jose';
import type { Policy } from '../../src/authorize/authorize.ts';
import type { EmulatorOptions } from '../../src/emulator/start-emulator.ts';
import { loadSources } from '../../src/language/load.ts';
import { compile } from '../../src/model/compile/compile.ts';
import { compilePolicy } from '../../src/model/compile/compile-policy.ts';
import type { DesiredApplication } from '../../src/model/desired-state.ts';
import { modelOf } from '../authorize/sample.ts';
import type { Answer } from '../emulator/call-emulator.ts';
import { callEmulator } from '../emulator/call-emulator.ts';
import type { EmulatorOfTest } from '../emulator/emulator-of-test.ts';
import { emulatorOfTest } from '../emulator/emulator-of-test.ts';

const [files] = await loadSources(fileURLToPath(new URL('../../', import.meta.url)));

/** The model of this repository. */
export const model = modelOf(files);

const password = 'correct horse';

export interface ProductivTenant extends EmulatorOfTest {
  readonly desired: DesiredApplication;
  /** The policy that a service of this tenant has. */
  readonly policy: Policy;
  /** Gets the issuer's keys as a service would, trusting this tenant's certificate. */
  readonly fetch: FetchImplementation;
  /** Ids by the names of roles. */
  readonly roles: ReadonlyMap<string, string>;
  /** Makes somebody with these roles and direct permissions, and has them sign in. */
  readonly signIn: (holds: Holds) => Promise<Answer>;
  /** The access token of that. */
  readonly tokenFor: (holds: Holds) => Promise<string>;
}

interface Holds {
  readonly roles?: readonly string[];
  readonly permissions?: readonly string[];
  /** Laid over what is asked at the token endpoint. */
  readonly request?: object;
}

/** A loopback tenant with all that this repository declares of Productiv in `dev`, laid through the Management API alone. */
export async function productivTenant(options: EmulatorOptions = {}): Promise<ProductivTenant> {
  const emulator = await emulatorOfTest(options);
  const { send, create, applicationId, domain } = emulator;
  const desired = compile(model, 'dev')[0]?.applications.find(({ name }) => name === 'productiv');
  const policies = compilePolicy(model, 'dev', { loopbackIssuer: `https://${domain}/` })[0];
  const policy = policies?.find(({ application }) => application === 'productiv');
  if (desired === undefined || policy === undefined) throw new Error('no Productiv in dev');
  const { audience, scopes, title, tokenLifetimeSeconds } = desired;
  const named = (names: readonly string[]) => ({
    permissions: names.map((name) => ({ resource_server_identifier: audience, permission_name: name })),
  });
  await create('/resource-servers', {
    ...{ identifier: audience, name: title, token_lifetime: tokenLifetimeSeconds },
    scopes: scopes.map(({ value, description }) => ({ value, description })),
    ...{ enforce_policies: true, token_dialect: 'access_token_authz' },
  });
  const roles = new Map<string, string>();
  for (const role of desired.roles) {
    const id = await create('/roles', { name: role.title, description: role.description });
    await send('POST', `/roles/${id}/permissions`, named(role.scopes));
    roles.set(role.name, id);
  }
  let people = 0;
  const signIn = async ({ roles: held = [], permissions = [], request = {} }: Holds): Promise<Answer> => {
    people += 1;
    const username = `person-${people}@example.com`;
    const profile = { connection: 'Username-Password-Authentication', email: username, password };
    const path = `/users/${encodeURIComponent(await create('/users', profile))}`;
    if (held.length > 0) await send('POST', `${path}/roles`, { roles: held.map((name) => roles.get(name)) });
    if (permissions.length > 0) await send('POST', `${path}/permissions`, named(permissions));
    const asked = { grant_type: 'password', client_id: applicationId, username, password, audience, ...request };
    return send('POST', '/oauth/token', asked, { token: null });
  };
  return {
    ...emulator,
    ...{ desired, policy, roles },
    fetch: async (url) => {
      const { status, body } = await callEmulator(emulator, 'GET', new URL(url).pathname, { token: null });
      return Response.json(body, { status });
    },
    signIn,
    tokenFor: async (holds) => tokenOf(await signIn(holds)),
  };
}

/** The access token of an answer. */
export function tokenOf({ status, body }: { readonly status: number; readonly body: unknown }): string {
  if (status !== 200) throw new Error(JSON.stringify(body));
  return (body as { access_token: string }).access_token;
}
