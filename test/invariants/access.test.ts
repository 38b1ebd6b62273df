import { describe, expect, test } from 'vitest';
import type { Tenant } from './sequence.ts';
import { admin, brokenBy, offeredAfter, shop, shopWithout, violationsIn, widerAdmin } from './sequence.ts';
import { pairOf } from './shop.ts';

/** Calls made by hand: what the invariants of access and of order must see, and that they see nothing where all is well. */
const words = (message: string) => message.replace(/^.*?\) /u, '');

const widened = pairOf('widened', shop([admin]), shop([widerAdmin]));
const renamed = pairOf(
  'a permission renamed',
  shop([admin]),
  shopWithout(
    'reports',
    [{ ...admin, grants: ['charts', 'contracts', 'spend:view'] }],
    [{ name: 'charts', formerly: ['reports'] }],
  ),
);
const owner = { name: 'owner', grants: ['spend:edit'], apps: ['zoom'] };
const turned = pairOf(
  'edit on zoom becomes view on slack and zoom',
  shop([owner]),
  shop([{ ...owner, grants: ['spend:view'], apps: ['slack', 'zoom'] }]),
);

describe('what is done as it should be breaks nothing:', () => {
  test('a grant is added', async () => {
    expect(await brokenBy({ pair: widened, calls: ({ grant }) => grant('Admin', 'edit:spend') })).toEqual([]);
  });

  test('a permission gets another name and so another scope', async () => {
    const calls = async ({ offer, grant, take }: Tenant) => {
      await offer([...offeredAfter(renamed), { value: 'reports' }]);
      await grant('Admin', 'charts');
      await take('Admin', 'reports');
      await offer(offeredAfter(renamed));
    };
    expect(await violationsIn({ pair: renamed, calls })).toEqual([]);
  });

  test('a custom role lets go of a level before it gets another app', async () => {
    const calls = async ({ take, grant }: Tenant) => {
      await take('Owner', 'edit:spend');
      await grant('Owner', 'app:slack');
    };
    expect(await brokenBy({ pair: turned, calls })).toEqual([]);
  });
});

describe('1 no outage sees', () => {
  test('a whole list that is taken away and given again', async () => {
    const calls = async ({ take, grant }: Tenant) => {
      await take('Admin', 'contracts', 'reports', 'restriction:none', 'view:spend');
      await grant('Admin', 'contracts', 'edit:spend', 'reports', 'restriction:none', 'view:spend');
    };
    const found = await violationsIn({ pair: widened, calls });
    expect([...new Set(found.map(({ number }) => number))]).toEqual([1, 5]);
    expect(found[0]?.message).toMatch(
      /^after call \d+ \(DELETE \/roles\/rol_\w+\/permissions\) whoever holds shop\/admin may not: shop data\/spend:view$/u,
    );
  });

  test('the old scope of a permission that goes before the new one comes', async () => {
    const calls = async ({ offer, grant, take }: Tenant) => {
      await offer([...offeredAfter(renamed), { value: 'reports' }]);
      await take('Admin', 'reports');
      await grant('Admin', 'charts');
      await offer(offeredAfter(renamed));
    };
    expect(await brokenBy({ pair: renamed, calls })).toEqual([1]);
  });

  test('a grant that moves to another role, for those who hold both', async () => {
    const user = { name: 'user', grants: [] };
    const to = shop([
      { ...admin, grants: ['contracts', 'spend:view'] },
      { ...user, grants: ['reports'] },
    ]);
    const calls = async ({ take, grant }: Tenant) => {
      await take('Admin', 'reports');
      await grant('User', 'reports');
    };
    const found = await violationsIn({ pair: pairOf('moved', shop([admin, user]), to), calls });
    expect(found.map(({ number, message }) => `${number} ${words(message)}`)).toEqual([
      '1 whoever holds shop/admin and shop/user may not: shop data/reports',
    ]);
  });
});

describe('2 no escalation sees', () => {
  test('more apps that come before the level goes, and 7 in order does too', async () => {
    const calls = async ({ take, grant }: Tenant) => {
      await grant('Owner', 'app:slack');
      await take('Owner', 'edit:spend');
    };
    const found = await violationsIn({ pair: turned, calls });
    expect([...new Set(found.map(({ number }) => number))]).toEqual([2, 7]);
    expect(words(found[0]?.message ?? '')).toBe('whoever holds shop/owner may: shop data/spend:edit on app slack');
  });

  test('somebody who leaves a role only after it has been widened', async () => {
    const held = shop([admin], { holders: [{ role: 'admin', person: 'dana' }] });
    const found = await violationsIn({
      pair: pairOf('left', held, shop([widerAdmin])),
      beforehand: ({ join }) => join('dana', 'Admin'),
      calls: async ({ grant, leave }) => {
        await grant('Admin', 'edit:spend');
        await leave('dana', 'Admin');
      },
    });
    expect(found.map(({ number, message }) => `${number} ${words(message)}`)).toEqual([
      '2 auth0|dana may: shop data/spend:edit',
    ]);
  });
});

describe('7 in order sees', () => {
  const without = pairOf(
    'a permission removed',
    shop([admin]),
    shopWithout('reports', [{ ...admin, grants: ['contracts', 'spend:view'] }]),
  );

  test('a scope that is withdrawn while a role holds it', async () => {
    expect(await brokenBy({ pair: without, calls: ({ offer }) => offer(offeredAfter(without)) })).toEqual([7]);
  });

  test('a scope that is offered after grants have changed', async () => {
    const to = shop([{ ...admin, grants: ['charts', 'contracts', 'spend:edit'] }], {
      permissions: [...(shop([])[0]?.permissions ?? []), { name: 'charts' }],
    });
    const added = pairOf('a permission added', shop([admin]), to);
    const calls = async ({ take, offer, grant }: Tenant) => {
      await take('Admin', 'reports');
      await offer(offeredAfter(added));
      await grant('Admin', 'charts', 'edit:spend');
    };
    expect(await brokenBy({ pair: added, calls })).toEqual([7]);
  });
});
