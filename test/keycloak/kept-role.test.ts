import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoleSketch } from '../support/desired.ts';
import { desired } from '../support/desired.ts';
import type { KeycloakStack } from '../support/keycloak-stack.ts';
import { startKeycloakStack } from '../support/keycloak-stack.ts';
import { missing } from './realm.ts';
import type { Person } from './sign-in.ts';
import { allowPasswords, giveRole, person, realmOf, signIn } from './sign-in.ts';

interface RoleAnswer {
  readonly id: string;
  readonly name: string;
}

const audience = 'https://shop.example';
const permissions = ['data/spend:view', 'data/spend:edit', 'data/contracts:view', 'data/contracts:edit'];
const all = ['edit:contracts', 'edit:spend', 'view:contracts', 'view:spend'];
const buyer = { name: 'buyer', title: 'Buyer', description: 'Buys.', scopes: all };

/** One who is declared to hold the role, and one to whom somebody gave it by hand. */
const [dana, hal] = [person('dana'), person('hal')];

const shopWith = (role: RoleSketch) =>
  desired([
    {
      permissions,
      roles: [role],
      holders: [{ role: role.name, assignment: 'buyers', account: { by: 'id', id: dana.id } }],
    },
  ]);

describe.skipIf(missing !== null)('somebody whose role is retitled, renamed and narrowed', () => {
  let stack: KeycloakStack;
  beforeAll(async () => {
    stack = await startKeycloakStack({ realm: realmOf([dana, hal]) });
  });
  afterAll(() => stack?.stop());

  async function roleOf(title: string): Promise<RoleAnswer | null> {
    return (await stack.realm.call('GET', `/roles/${encodeURIComponent(title)}`)) as RoleAnswer | null;
  }

  async function rolesHeldBy({ id }: Person): Promise<readonly string[]> {
    const held = (await stack.realm.call('GET', `/users/${id}/role-mappings/realm`)) as readonly RoleAnswer[];
    return held.filter(({ name }) => !name.startsWith('default-roles-')).map((role) => role.id);
  }

  /** What the token of a new sign-in says. */
  async function permissionsOf(somebody: Person): Promise<readonly string[]> {
    const [, payload = ''] = (await signIn(stack.realm, somebody, audience)).access.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { readonly permissions?: string[] };
    return (claims.permissions ?? []).sort();
  }

  test('holds the same role, and the next token has all but what was taken', async () => {
    expect((await stack.up(shopWith(buyer))).problems).toEqual([]);
    const id = (await roleOf('Buyer'))?.id;
    expect(id).toBeDefined();
    await giveRole(stack.realm, hal, 'Buyer');
    await allowPasswords(stack.realm, audience);
    const expectKept = async (title: string, inTokens: readonly string[]) => {
      expect((await roleOf(title))?.id).toBe(id);
      for (const somebody of [dana, hal]) {
        expect(await rolesHeldBy(somebody)).toEqual([id]);
        expect(await permissionsOf(somebody)).toEqual(inTokens);
      }
    };
    await expectKept('Buyer', all);

    const retitled = { ...buyer, title: 'Purchaser' };
    const first = await stack.up(shopWith(retitled));
    expect(first.problems).toEqual([]);
    expect(writesIn(first.calls)).toEqual(['PUT /roles-by-id/{id} 204']);
    expect(await roleOf('Buyer')).toBeNull();
    await expectKept('Purchaser', all);

    const renamed = { ...retitled, name: 'purchaser', formerly: ['buyer'] };
    const second = await stack.up(shopWith(renamed));
    expect(second.problems).toEqual([]);
    expect(second.result?.plan.changes).toMatchObject([{ role: 'purchaser', renamedFrom: 'buyer' }]);
    expect(second.calls).toEqual([]);
    await expectKept('Purchaser', all);

    const narrowed = { ...renamed, scopes: all.filter((scope) => scope !== 'edit:spend') };
    const third = await stack.up(shopWith(narrowed));
    expect(third.problems).toEqual([]);
    expect(writesIn(third.calls)).toEqual(['DELETE /roles-by-id/{id}/composites 204']);
    await expectKept('Purchaser', ['edit:contracts', 'view:contracts', 'view:spend']);
  });
});

function writesIn(calls: readonly string[]): readonly string[] {
  return calls.filter((call) => !call.startsWith('GET '));
}
