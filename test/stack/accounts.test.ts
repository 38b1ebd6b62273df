import { describe, expect, test } from 'vitest';
import type { DesiredHolder } from '../../src/model/desired-state.ts';
import { chooseAccount, resolveAccounts } from '../../src/stack/accounts.ts';
import type { TenantAccount } from '../../src/stack/tenant.ts';
import { TenantError } from '../../src/stack/tenant-error.ts';
import { hasAccount, readAccounts } from '../../src/targets/auth0/tenant-reader.ts';
import { desired } from '../support/desired.ts';

const wanted = { by: 'email', email: 'dana@example.com', connection: 'sso' } as const;
const identity = (given: Partial<TenantAccount['identities'][number]> = {}) => ({
  connection: 'sso',
  email: 'dana@example.com',
  verified: true,
  ...given,
});
const account = (id: string, ...identities: TenantAccount['identities']) => ({ id, identities });

describe('an address is the one account that', () => {
  test('has it verified on the connection, whatever its capitals', () => {
    expect(chooseAccount([account('a', identity({ email: 'Dana@Example.COM' }))], wanted)).toEqual({ id: 'a' });
  });

  test('others on the connection have not verified, or have on other connections', () => {
    const others = [account('b', identity({ verified: false })), account('c', identity({ connection: 'google' }))];
    expect(chooseAccount([...others, account('a', identity())], wanted)).toEqual({ id: 'a' });
  });

  test('has it by the connection itself: what another linked account has verified does not count', () => {
    const google = identity({ connection: 'google' });
    expect(chooseAccount([account('a', google, identity({ email: '' }))], wanted)).toMatchObject({ problem: 'none' });
    expect(chooseAccount([account('a', google, identity())], wanted)).toEqual({ id: 'a' });
  });
});

test.each([
  ['none', [], []],
  ['none', [account('a', identity({ email: 'dan@example.com' }))], []],
  ['unverified', [account('a', identity({ verified: false }))], ['a']],
  ['several', [account('a', identity()), account('b', identity())], ['a', 'b']],
])('there may be no such account: %s', (problem, accounts, ids) => {
  expect(chooseAccount(accounts, wanted)).toEqual({ problem, ids });
});

test('the sign of kelvin is no k', () => {
  const kim = { ...wanted, email: 'kim@example.com' };
  expect(chooseAccount([account('a', identity({ email: '\u212Aim@example.com' }))], kim)).toMatchObject({
    problem: 'none',
  });
});

describe('resolving', () => {
  const holder = (given: DesiredHolder['account'], assignment = 'team') => ({
    role: 'user',
    assignment,
    account: given,
  });
  const user = {
    user_id: 'auth0|1',
    email: 'dana@example.com',
    email_verified: true,
    identities: [{ connection: 'sso' }],
  };

  /** Answers with the user for its address, and knows no ids. */
  async function resolve(holders: readonly DesiredHolder[], pins = {}, isUnknown = true) {
    const paths: string[] = [];
    const client = {
      get: async (path: string) => {
        paths.push(path.replace(/&fields.*|\?fields.*/u, ''));
        if (path.startsWith('/users/')) throw new TenantError('404 Not Found: The user does not exist.');
        return path.includes('email=dana%40') ? [user] : [];
      },
    };
    const reader = {
      readAccounts: (addresses: readonly string[]) => readAccounts(client, addresses),
      hasAccount: (id: string) => hasAccount(client, id),
    };
    const state = desired([{ roles: [{ name: 'user' }], holders }]);
    const [resolved, problems] = await resolveAccounts(state, pins, { reader, unknown: () => isUnknown });
    return { resolved, paths, problems: problems.map(({ code, message }) => `${code} ${message}`) };
  }

  test('asks once for an address, as it is written and without capitals', async () => {
    const written = { ...wanted, email: 'Dana@example.com' };
    expect(await resolve([holder(written), holder(wanted, 'other')])).toEqual({
      resolved: { 'dana@example.com (sso)': 'auth0|1' },
      paths: ['/users-by-email?email=Dana%40example.com', '/users-by-email?email=dana%40example.com'],
      problems: [],
    });
  });

  test('asks nothing that is known, and forgets what is not declared', async () => {
    const pins = { 'dana@example.com (sso)': 'auth0|old', 'gone@example.com (sso)': 'auth0|2' };
    expect(await resolve([holder(wanted), holder({ by: 'id', id: 'auth0|3' })], pins, false)).toEqual({
      resolved: { 'dana@example.com (sso)': 'auth0|old' },
      paths: [],
      problems: [],
    });
  });

  test('tells everybody who is not to be found, with all their assignments', async () => {
    const kim = { ...wanted, email: 'kim@example.com' };
    const { resolved, problems } = await resolve([
      ...[holder(wanted), holder(kim), holder(kim, 'other')],
      holder({ by: 'id', id: 'auth0|3' }),
    ]);
    expect(resolved).toBeNull();
    expect(problems).toEqual([
      'RW6511 shop/team, shop/other names kim@example.com (sso), and the tenant has no such account',
      'RW6514 shop/team names the account auth0|3, and the tenant has no such account',
    ]);
  });
});
