import { describe, expect, test } from 'vitest';
import { createsIn, settleCreates } from '../../src/reconcile/adoption.ts';
import { noAdoption } from '../../src/stack/adoption.ts';
import type { Owed } from '../../src/stack/journal.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import { desired } from '../support/desired.ts';

const target = lower(
  desired([{ permissions: ['data/x'], roles: [{ name: 'user', formerly: ['member'], scopes: ['x'] }] }]),
);
const all = { roles: new Set(['shop.user']), apis: new Set(['shop']), scopes: new Set(['shop']) };
const nothing = { roles: [], apis: [] };
const user = { id: 'rol_1', name: 'User', description: 'User, declared in YAML.' };
const api = {
  id: 'api_1',
  audience: 'https://shop.example',
  title: 'Shop',
  system: false,
  enforced: true,
  tokenLifetimeSeconds: 3600,
  scopes: [{ value: 'x', description: 'X' }],
};
const owedUser: Owed = { kind: 'role', name: 'shop.user', title: 'User', description: 'User, declared in YAML.' };
const owedApi: Owed = { kind: 'application', name: 'shop', audience: 'https://shop.example' };

function settle(owed: readonly Owed[], tenant: Parameters<typeof settleCreates>[2], ourIds: readonly string[] = []) {
  const [settlement, diagnostics] = settleCreates(createsIn(target, all), owed, tenant, new Set(ourIds));
  return { ...settlement, codes: diagnostics.map(({ code }) => code) };
}

describe('what is to be created', () => {
  test('and is absent is written down', () => {
    const { owed, adoption, codes } = settle([], nothing);
    expect(owed).toEqual([owedUser, owedApi]);
    expect(adoption).toEqual(noAdoption);
    expect(codes).toEqual([]);
  });

  test('and stands there as it was written down is adopted', () => {
    const { adoption, codes } = settle([owedUser, owedApi], { roles: [user], apis: [api] });
    expect(adoption).toEqual({
      ...noAdoption,
      roles: { 'shop.user': 'rol_1' },
      apis: { shop: 'api_1' },
      scopes: { shop: 'api_1' },
    });
    expect(codes).toEqual([]);
  });

  test('and was written down under a former name and another title is adopted, and written down under the new name', () => {
    const before: Owed = { kind: 'role', name: 'shop.member', title: 'Member', description: 'Old.' };
    const { adoption, owed, codes } = settle([before], {
      roles: [{ id: 'rol_1', name: 'Member', description: 'Old.' }],
      apis: [],
    });
    expect(adoption.roles).toEqual({ 'shop.user': 'rol_1' });
    expect(owed).toContainEqual({ ...before, name: 'shop.user' });
    expect(codes).toEqual([]);
  });

  test('and stands there without having been written down is somebody else’s', () => {
    expect(settle([], { roles: [user], apis: [] }).codes).toEqual(['RW6406']);
    expect(settle([], { roles: [], apis: [api] }).codes).toEqual(['RW6407']);
  });

  test('and stands there with another description is somebody else’s, although the title was written down', () => {
    const other = { ...user, description: 'Of another team.' };
    expect(settle([owedUser], { roles: [other], apis: [] })).toMatchObject({
      adoption: { roles: {} },
      codes: ['RW6406'],
    });
  });

  test('and has the title of a role of ours is neither adopted nor refused: that role gives the title up', () => {
    expect(settle([], { roles: [user], apis: [] }, ['rol_1'])).toMatchObject({ adoption: { roles: {} }, codes: [] });
  });

  test('an API without scopes has none to adopt', () => {
    const bare = { ...api, scopes: [] };
    expect(settle([owedApi], { roles: [], apis: [bare] }).adoption.scopes).toEqual({});
  });
});

describe('what is owed and not declared any more', () => {
  const gone: Owed = { kind: 'role', name: 'shop.gone', title: 'Gone', description: 'Gone.' };

  test('is told, and stays written down, while it stands at the tenant', () => {
    const { orphans, owed, codes } = settle([gone], {
      roles: [{ id: 'rol_2', name: 'Gone', description: 'Gone.' }],
      apis: [],
    });
    expect(codes).toEqual(['RW6410']);
    expect(orphans).toEqual([gone]);
    expect(owed).toContainEqual(gone);
  });

  test('is forgotten when it is gone there too', () => {
    expect(settle([gone], nothing)).toMatchObject({ orphans: [], owed: [owedUser, owedApi], codes: [] });
  });
});
