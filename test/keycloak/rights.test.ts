import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { desired } from '../support/desired.ts';
import type { KeycloakStack } from '../support/keycloak-stack.ts';
import { startKeycloakStack } from '../support/keycloak-stack.ts';
import { missing } from './realm.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

describe.skipIf(missing !== null)('an account of the realm', () => {
  let stack: KeycloakStack;
  let dana: string;

  beforeAll(async () => {
    stack = await startKeycloakStack();
    await stack.realm.call('POST', '/users', { username: 'dana', enabled: true });
    dana = ((await stack.realm.call('GET', '/users?username=dana')) as readonly Named[])[0]?.id ?? '';
  });
  afterAll(() => stack?.stop());

  /** The variables of a machine that has these roles of realm-management, and no others. */
  async function machineWith(...roles: readonly string[]): Promise<KeycloakStack['env']> {
    const { call, name } = stack.realm;
    const [clientId, secret] = [`machine-${roles.join('-')}`, crypto.randomUUID()];
    await call('POST', '/clients', { clientId, secret, serviceAccountsEnabled: true, standardFlowEnabled: false });
    const uuidOf = async (id: string) => ((await call('GET', `/clients?clientId=${id}`)) as readonly Named[])[0]?.id;
    const account = (await call('GET', `/clients/${await uuidOf(clientId)}/service-account-user`)) as Named;
    const management = await uuidOf('realm-management');
    const all = (await call('GET', `/clients/${management}/roles`)) as readonly Named[];
    const given = all.filter((role) => roles.includes(role.name));
    expect(given).toHaveLength(roles.length);
    await call('POST', `/users/${account.id}/role-mappings/clients/${management}`, given);
    const credentials = { KEYCLOAK_CLIENT_ID: clientId, KEYCLOAK_CLIENT_SECRET: secret, KEYCLOAK_REALM: name };
    return { ...stack.env, KEYCLOAK_USER: undefined, KEYCLOAK_PASSWORD: undefined, ...credentials };
  }

  const shop = (...people: readonly string[]) =>
    desired([
      {
        permissions: ['data/notes'],
        roles: [
          { name: 'guest', scopes: ['notes'] },
          { name: 'user', scopes: ['notes'] },
        ],
        holders: people.map((id) => ({ role: 'user', assignment: 'users', account: { by: 'id', id } })),
        provisioning: { default: 'guest', byEmailDomain: [] },
      },
    ]);

  test('may do all but give roles to people with manage-realm and manage-clients', async () => {
    const env = await machineWith('manage-realm', 'manage-clients');
    const made = await stack.up(shop(), { env });
    expect([made.problems, made.result?.applied]).toEqual([[], true]);
    const refused = await stack.up(shop(dana), { env });
    expect(refused.problems).toEqual([expect.stringMatching(/^RW6304 .*403 Forbidden/)]);
    expect(refused.diagnostics[0]?.help).toMatch(/manage-users where people are assigned/);
  });

  test('may give them with manage-users besides', async () => {
    const env = await machineWith('manage-realm', 'manage-clients', 'manage-users');
    const given = await stack.up(shop(dana), { env });
    expect([given.problems, given.result?.applied]).toEqual([[], true]);
  });

  test('may look at everything with view-realm, view-clients and view-users, and change nothing', async () => {
    const env = await machineWith('view-realm', 'view-clients', 'view-users');
    const looked = await stack.preview(shop(dana), { env, refresh: true });
    expect([looked.problems, looked.result?.changes]).toEqual([[], []]);
    const refused = await stack.up(shop(), { env });
    expect(refused.problems).toEqual([expect.stringMatching(/^RW6304 .*403 Forbidden/)]);
  });
});
