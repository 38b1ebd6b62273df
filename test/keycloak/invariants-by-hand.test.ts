import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pair } from '../invariants/pair.ts';
import { foreignRole } from '../invariants/plant.ts';
import { admin, shop, shopWithout, widerAdmin } from '../invariants/sequence.ts';
import { pairOf } from '../invariants/shop.ts';
import type { Hands, RealmByHand } from './invariants/by-hand.ts';
import { realmByHand } from './invariants/by-hand.ts';
import { missing } from './realm.ts';

/**
 * Calls made by hand in a realm made by hand: that whoever watches a realm sees what breaks an invariant on Keycloak, and
 * nothing where all is well. What the invariants themselves must see is shown in `test/invariants`, on the loopback tenant.
 */
const same = pairOf('nothing', shop([admin]), shop([admin]));
const widened = pairOf('widened', shop([admin]), shop([widerAdmin]));
const owner = { name: 'owner', grants: ['spend:edit'], apps: ['zoom'] };
const turned = pairOf(
  'edit on zoom becomes view on slack and zoom',
  shop([owner]),
  shop([{ ...owner, grants: ['spend:view'], apps: ['slack', 'zoom'] }]),
);
const renamed = pairOf('renamed', shop([admin]), shop([{ ...admin, title: 'Boss' }]));
const without = pairOf(
  'a permission removed',
  shop([admin]),
  shopWithout('reports', [{ ...admin, grants: ['contracts', 'spend:view'] }]),
);

/** `4 after call 1 …`, of calls in a realm of their own. */
async function told(pair: Pair, calls: (hands: Hands) => Promise<unknown>): Promise<readonly string[]> {
  const realm = await realmByHand(pair);
  const found = await realm.violationsBy(calls);
  await realm.remove();
  return found.map(({ number, message }) => `${number} ${message}`);
}

const numbers = async (...given: Parameters<typeof told>) =>
  [...new Set((await told(...given)).map((text) => text[0]))].sort().join(' ');

describe.skipIf(missing !== null)('calls made by hand in a realm', () => {
  test('a grant, a new title, and a permission that goes when nobody holds it: nothing is broken', async () => {
    expect(await told(widened, ({ grant }) => grant('Admin', 'edit:spend'))).toEqual([]);
    expect(await told(renamed, ({ retitle }) => retitle('Admin', 'Boss'))).toEqual([]);
    const inOrder = async ({ take, withdraw }: Hands) => {
      await take('Admin', 'reports');
      await withdraw('reports');
    };
    expect(await told(without, inOrder)).toEqual([]);
  });

  test('all that a role gives, taken and given again: whoever holds it, by a group or by another role too, stands there', async () => {
    const found = await told(widened, async ({ take, grant }) => {
      await take('Admin', 'contracts', 'reports', 'restriction:none', 'view:spend');
      await grant('Admin', 'contracts', 'edit:spend', 'reports', 'restriction:none', 'view:spend');
    });
    const [first] = found;
    expect(first).toMatch(
      /^1 after call 1 \(DELETE \/roles-by-id\/[\w-]+\/composites\) whoever holds shop\/admin may not: shop data\/\S+$/u,
    );
    // The role, and who holds it by hand, by the group and within the other role.
    expect(found.filter((one) => one.startsWith('1 '))).toHaveLength(4);
    expect(found.some((one) => one.startsWith('5 '))).toBe(true);
  });

  test('an app that comes before the level goes', async () => {
    const calls = async ({ grant, take }: Hands) => {
      await grant('Owner', 'app:slack');
      await take('Owner', 'edit:spend');
    };
    expect(await numbers(turned, calls)).toBe('2 7');
  });

  test('a client role that is deleted goes out of every composite by the same call', async () => {
    const [found, ...more] = await told(without, ({ withdraw }) => withdraw('reports'));
    expect(found).toMatch(
      /^7 call 1 \(DELETE \/roles-by-id\/[\w-]+\) withdraws reports, which shop\/admin still holds$/u,
    );
    expect(more).toEqual([]);
  });

  test('a role that is made again under its new name: whoever held it has lost it', async () => {
    const calls = async ({ call, id, grant }: Hands) => {
      await call('DELETE', `/roles-by-id/${await id('roles', 'Admin')}`);
      await call('POST', '/roles', { name: 'Boss', description: 'Boss of Shop', attributes: { rolewright: ['x'] } });
      await grant('Boss', 'contracts', 'reports', 'restriction:none', 'view:spend');
    };
    expect(await numbers(renamed, calls)).toBe('1 3 4 5 6');
  });

  describe('where nothing is to be done,', () => {
    let realm: RealmByHand;
    beforeAll(async () => {
      realm = await realmByHand(same);
    });
    afterAll(() => realm.remove());

    test.each<readonly [string, (hands: Hands) => Promise<unknown>, RegExp]>([
      [
        'a role of theirs, with what it has already',
        ({ retitle }) => retitle(foreignRole, foreignRole),
        /writes [\w-]+, which somebody else owns$/mu,
      ],
      [
        'a role of theirs that is in our client',
        ({ withdraw }) => withdraw('by-hand'),
        /what others set on client https:\/\/shop\.example is not as it was/u,
      ],
      [
        'a setting of our client that is theirs',
        async ({ call, id }) =>
          call('PUT', `/clients/${await id('clients', 'https://shop.example')}`, { redirectUris: [] }),
        /what others set on client https:\/\/shop\.example/u,
      ],
      [
        'a note of theirs on our role',
        async ({ call, id }) => {
          const role = `/roles-by-id/${await id('roles', 'Admin')}`;
          const whole = (await call('GET', role)) as { attributes: object };
          return call('PUT', role, { ...whole, attributes: { ...whole.attributes, note: [] } });
        },
        /what others set on role/u,
      ],
      [
        'what a group gives',
        async ({ call, id }) => {
          const role = [{ id: await id('roles', 'Admin'), name: 'Admin' }];
          return call('DELETE', `/groups/${await id('groups', 'staff')}/role-mappings/realm`, role);
        },
        /group staff is not as it was/u,
      ],
      [
        'another role of somebody',
        ({ leave }) => leave('by-hand-0', foreignRole),
        /person by-hand-0 is not as it was/u,
      ],
    ])('4: %s', async (_, calls, message) => {
      const found = (await realm.violationsBy(calls)).filter(({ number }) => number === 4);
      expect(found.map((one) => one.message).join('\n')).toMatch(message);
    });

    test('a client whose tokens do not say what roles give', async () => {
      const found = await realm.violationsBy(async ({ call, id }) => {
        const client = `/clients/${await id('clients', 'https://shop.example')}`;
        const mappers = `${client}/protocol-mappers/models`;
        const [first] = (await call('GET', mappers)) as readonly { readonly id: string; readonly name: string }[];
        await call('DELETE', `${mappers}/${first?.id}`);
      });
      expect(found.filter(({ number }) => number === 0)).not.toEqual([]);
    });
  });
});
