import { describe, expect, test } from 'vitest';
import type { DesiredHolder } from '../../src/model/desired-state.ts';
import { partsOfHolder } from '../../src/stack/lower-holders.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import { desired } from '../support/desired.ts';

const byId = (id: string, role = 'user'): DesiredHolder => ({ role, assignment: 'team', account: { by: 'id', id } });
const byEmail = (email: string): DesiredHolder => ({
  role: 'user',
  assignment: 'team',
  account: { by: 'email', email, connection: 'sso' },
});
const roles = [{ name: 'user' }, { name: 'admin' }];
const holders = (all: readonly DesiredHolder[], pins = {}) =>
  Object.fromEntries(
    lower(desired([{ roles, holders: all }]), pins).applications.flatMap((application) =>
      application.roles.map((role) => [role.logicalName, role.holders]),
    ),
  );

describe('the holders of a role', () => {
  test('stand with it, sorted, under its name and the id of their account', () => {
    expect(holders([byId('auth0|b'), byId('auth0|a'), byId('auth0|a', 'admin')])).toEqual({
      'shop.admin': [{ logicalName: 'shop.admin.auth0|a', userId: 'auth0|a' }],
      'shop.user': [
        { logicalName: 'shop.user.auth0|a', userId: 'auth0|a' },
        { logicalName: 'shop.user.auth0|b', userId: 'auth0|b' },
      ],
    });
  });

  test('are each there once, however often and in whatever way they are declared', () => {
    const pins = { 'dana@example.com (sso)': 'auth0|a' };
    const all = [byId('auth0|a'), byEmail('dana@example.com'), byEmail('Dana@Example.com')];
    expect(holders(all, pins)['shop.user']).toEqual([{ logicalName: 'shop.user.auth0|a', userId: 'auth0|a' }]);
  });

  test('must have been resolved', () => {
    expect(() => holders([byEmail('dana@example.com')])).toThrow('dana@example.com (sso) has not been resolved');
  });
});

test.each(['auth0|a', 'samlp|acme|https://idp.example::7', 'oidc|50%3A|x.y', 'sms|*'])(
  'the account %s is found back in its logical name, which can stand in a URN',
  (id) => {
    const logicalName = holders([byId(id)])['shop.user']?.[0]?.logicalName ?? '';
    expect(logicalName).not.toMatch(/[:*]/);
    expect(partsOfHolder(logicalName)).toEqual({ application: 'shop', role: 'user', userId: id });
  },
);
