import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DesiredProvisioning, DesiredState } from '../../src/model/desired-state.ts';
import type { ApplicationSketch, RoleSketch } from '../support/desired.ts';
import { desired } from '../support/desired.ts';
import type { KeycloakStack } from '../support/keycloak-stack.ts';
import { startKeycloakStack } from '../support/keycloak-stack.ts';
import { missing } from './realm.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const guest: DesiredProvisioning = { default: 'guest', byEmailDomain: [] };
const writes = (calls: readonly string[]) => calls.filter((call) => !call.startsWith('GET '));

describe.skipIf(missing !== null)('a stack of two applications in a realm', () => {
  let stack: KeycloakStack;
  let dana: string;

  beforeAll(async () => {
    const person = { username: 'dana', email: 'dana@shop.example', firstName: 'Dana', lastName: 'D', enabled: true };
    stack = await startKeycloakStack();
    await stack.realm.call('POST', '/users', person);
    dana = ((await stack.realm.call('GET', '/users?username=dana')) as readonly Named[])[0]?.id ?? '';
  });
  afterAll(() => stack?.stop());

  const roles = () => stack.realm.call('GET', '/roles?briefRepresentation=false') as Promise<readonly Named[]>;
  const idOf = async (title: string) => (await roles()).find(({ name }) => name === title)?.id;
  const permissionsOf = async (title: string) => {
    const held = await stack.realm.call('GET', `/roles-by-id/${await idOf(title)}/composites`);
    return (held as readonly Named[]).map(({ name }) => name).sort();
  };
  /** Realm roles that a person has by whatever way. */
  const holds = async (title: string) => {
    const held = await stack.realm.call('GET', `/users/${dana}/role-mappings/realm/composite`);
    return (held as readonly Named[]).some(({ name }) => name === title);
  };

  const buyer: RoleSketch = { name: 'buyer', scopes: ['edit:spend', 'view:spend'] };
  const roleOfGuest: RoleSketch = { name: 'guest', scopes: ['view:spend'] };
  const both = (shop: ApplicationSketch = {}): DesiredState =>
    desired(
      [
        {
          permissions: ['data/spend:view', 'data/spend:edit'],
          roles: [buyer, roleOfGuest],
          holders: [{ role: 'buyer', assignment: 'buyers', account: { by: 'id', id: dana } }],
          ...shop,
        },
        { name: 'wiki', permissions: ['pages/notes'], roles: [{ name: 'reader', scopes: ['notes'] }] },
      ],
      { purpose: 'development' },
    );

  test('is made, and then left alone', async () => {
    const first = await stack.up(both());
    expect(first.problems).toEqual([]);
    expect(first.result?.plan.summary).toMatchObject({ applicationsCreated: 2, rolesCreated: 3, peopleAdded: 1 });
    expect(await permissionsOf('Buyer')).toEqual(['edit:spend', 'view:spend']);
    expect(await permissionsOf('Reader')).toEqual(['notes']);
    expect(await holds('Buyer')).toBe(true);
    const second = await stack.up(both());
    expect([second.problems, writes(second.calls)]).toEqual([[], []]);
    expect(second.result?.plan.changes).toEqual([]);
    const refreshed = await stack.preview(both(), { refresh: true });
    expect([refreshed.problems, refreshed.result?.changes]).toEqual([[], []]);
  });

  test('keeps the id of a role, and who holds it, through a new title and a new name', async () => {
    const id = await idOf('Buyer');
    const retitled = await stack.up(both({ roles: [{ ...buyer, title: 'Spender' }, roleOfGuest] }));
    expect(retitled.result?.plan.changes).toMatchObject([{ action: 'update', retitledFrom: 'Buyer' }]);
    expect([await idOf('Spender'), await holds('Spender')]).toEqual([id, true]);
    const renamed = { ...buyer, name: 'spender', title: 'Spender', formerly: ['buyer'] };
    const up = await stack.up(
      both({
        roles: [renamed, roleOfGuest],
        holders: [{ role: 'spender', assignment: 'buyers', account: { by: 'id', id: dana } }],
      }),
    );
    expect(up.result?.plan.changes).toMatchObject([{ renamedFrom: 'buyer', direction: 'neutral' }]);
    expect([up.problems, writes(up.calls).length <= 1]).toEqual([[], true]);
    expect([await idOf('Spender'), await holds('Spender')]).toEqual([id, true]);
    await stack.up(both({ roles: [{ ...buyer, formerly: ['spender'] }, roleOfGuest] }));
    expect(await idOf('Buyer')).toBe(id);
  });

  test('gives everybody a default role, follows it, and takes it again', async () => {
    expect(await holds('Guest')).toBe(false);
    const given = await stack.up(both({ provisioning: guest }));
    expect(given.problems).toEqual([]);
    expect(given.result?.plan.changes).toMatchObject([{ reach: 'everybody', action: 'add', direction: 'widening' }]);
    expect(await holds('Guest')).toBe(true);
    expect(writes((await stack.up(both({ provisioning: guest }))).calls)).toEqual([]);

    const other: DesiredProvisioning = { default: 'buyer', byEmailDomain: [] };
    const moved = await stack.up(both({ provisioning: other, holders: [] }));
    expect(moved.result?.plan.changes).toMatchObject([{ action: 'remove' }, { action: 'update', role: 'buyer' }]);
    expect([await holds('Guest'), await holds('Buyer')]).toEqual([false, true]);

    const taken = await stack.up(both({ holders: [] }));
    expect(taken.result?.plan.changes).toMatchObject([{ action: 'remove', direction: 'narrowing' }]);
    expect([await holds('Guest'), await holds('Buyer')]).toEqual([false, false]);
  });

  test('takes back what was taken by hand from the default of the realm', async () => {
    await stack.up(both({ provisioning: guest, holders: [] }));
    const realm = (await stack.realm.call('GET', '')) as { readonly defaultRole: Named };
    const composites = `/roles-by-id/${realm.defaultRole.id}/composites`;
    await stack.realm.call('DELETE', composites, [{ id: await idOf('Guest'), name: 'Guest' }]);
    const found = await stack.preview(both({ provisioning: guest, holders: [] }), { refresh: true });
    expect(found.result?.changes).toMatchObject([{ reach: 'everybody', action: 'add' }]);
    const mended = await stack.up(both({ provisioning: guest, holders: [] }), { refresh: true });
    expect([mended.problems, await holds('Guest')]).toEqual([[], true]);
  });

  test('has left a default role before it gains anything', async () => {
    const wider = both({ roles: [buyer, { ...roleOfGuest, scopes: ['edit:spend', 'view:spend'] }], holders: [] });
    const up = await stack.up(wider);
    expect(up.problems).toEqual([]);
    const [taken, granted] = writes(up.calls);
    expect(taken).toMatch(/^DELETE .*composites/);
    expect(granted).toMatch(/^POST .*composites/);
    expect(await holds('Guest')).toBe(false);
  });

  test('stays in its realm', async () => {
    const elsewhere = both({ holders: [] });
    const moved = await stack.up(elsewhere, {
      desired: {
        ...stack.here(elsewhere),
        environment: { ...elsewhere.environment, ...{ target: 'keycloak', tenant: 'loopback/realms/other' } },
      },
    });
    expect(moved.problems).toEqual([
      `RW6412 shop would move from the realm ${stack.realm.name} to other`,
      `RW6412 wiki would move from the realm ${stack.realm.name} to other`,
    ]);
    expect(moved.calls).toEqual([]);
  });

  test('loses an application with all that is in it, and nothing else', async () => {
    const [wiki] = desired([
      { name: 'wiki', permissions: ['pages/notes'], roles: [{ name: 'reader', scopes: ['notes'] }] },
    ]).applications;
    const left = { ...both(), applications: wiki === undefined ? [] : [wiki] };
    const up = await stack.up(left);
    expect(up.problems).toEqual([]);
    expect((await roles()).map(({ name }) => name).sort()).toEqual([
      ...['Reader', `default-roles-${stack.realm.name}`, 'offline_access', 'uma_authorization'],
    ]);
    const clients = (await stack.realm.call('GET', '/clients')) as readonly { readonly clientId: string }[];
    expect(clients.map(({ clientId }) => clientId).filter((id) => id.startsWith('https:'))).toEqual([
      'https://wiki.example',
    ]);
  });
});
