import { describe, expect, test } from 'vitest';
import { foreignAudience, foreignRole } from './plant.ts';
import type { Tenant } from './sequence.ts';
import { admin, brokenBy, offeredAfter, shop, shopWithout, widerAdmin } from './sequence.ts';
import { pairOf } from './shop.ts';

/** Calls made by hand: what the invariants of roles, of other people's things, of writes and of ends must see. */
const same = pairOf('nothing', shop([admin]), shop([admin]));
const widened = pairOf('widened', shop([admin]), shop([widerAdmin]));

describe('3 no loss sees', () => {
  const renamed = { ...admin, name: 'boss', formerly: ['admin'], title: 'Boss' };
  const pair = pairOf('renamed', shop([admin]), shop([renamed]));

  test('a rename without `formerly`: another role in the place of the old one, and nobody in it', async () => {
    const calls = async ({ id, call, grant }: Tenant) => {
      await call('DELETE', `/roles/${id('Admin')}`, {});
      await call('POST', '/roles', { name: 'Boss', description: 'Boss of Shop' });
      await grant('Boss', 'contracts', 'reports', 'restriction:none', 'view:spend');
    };
    expect(await brokenBy({ pair, calls })).toEqual([1, 3, 5, 6]);
  });

  test('an assignment that is dropped', async () => {
    const calls = async ({ retitle, leave }: Tenant) => {
      await retitle('Admin', 'Boss');
      await leave('by-hand-0', 'Boss');
    };
    expect(await brokenBy({ pair, calls })).toEqual([1, 3, 5]);
  });

  test('nothing where it is retitled', async () => {
    expect(await brokenBy({ pair, calls: ({ retitle }) => retitle('Admin', 'Boss') })).toEqual([]);
  });
});

describe('4 nothing foreign sees', () => {
  test.each([
    ['a foreign role that is written', ({ retitle }: Tenant) => retitle(foreignRole, foreignRole)],
    [
      'a foreign API that is deleted',
      ({ call }: Tenant) => call('DELETE', `/resource-servers/${encodeURIComponent(foreignAudience)}`, {}),
    ],
    ['a foreign role that is taken from somebody', ({ leave }: Tenant) => leave('by-hand-0', foreignRole)],
    ['a role of ours that is given to somebody', ({ join }: Tenant) => join('stranger', 'Admin')],
  ])('%s', async (_, calls) => {
    expect(await brokenBy({ pair: same, calls })).toContain(4);
  });

  test('a scope that is withdrawn while a foreign role holds it', async () => {
    const to = shopWithout('reports', [{ ...admin, grants: ['contracts', 'spend:view'] }]);
    const pair = pairOf('a permission removed', shop([admin]), to);
    const calls = async ({ take, offer }: Tenant) => {
      await take('Admin', 'reports');
      await offer(offeredAfter(pair));
    };
    expect(await brokenBy({ pair, calls })).toEqual([]);
    expect(await brokenBy({ pair, calls, beforehand: ({ grant }) => grant(foreignRole, 'reports') })).toEqual([4]);
  });
});

describe('5 least writes sees', () => {
  test('a write where nothing has changed', async () => {
    expect(await brokenBy({ pair: same, calls: ({ retitle }) => retitle('Admin', 'Admin') })).toEqual([5]);
  });

  test('two writes for one permission', async () => {
    const calls = async ({ grant }: Tenant) => {
      await grant('Admin', 'edit:spend');
      await grant('Admin', 'edit:spend');
    };
    expect(await brokenBy({ pair: widened, calls })).toEqual([5]);
  });
});

describe('6 converges sees', () => {
  test('a run that says it is done and is not', async () => {
    expect(await brokenBy({ pair: widened, calls: async () => {} })).toEqual([6]);
  });

  test('a run that is done and complains', async () => {
    const calls = ({ grant }: Tenant) => grant('Admin', 'edit:spend');
    expect(await brokenBy({ pair: widened, calls, problems: ['RW6306'] })).toEqual([6]);
  });
});
