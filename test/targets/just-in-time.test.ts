import { describe, expect, test } from 'vitest';
import type { DesiredProvisioning } from '../../src/model/desired-state.ts';
import { checkLimits } from '../../src/targets/auth0/limits.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import { signInPolicy } from '../../src/targets/auth0/lower-just-in-time.ts';
import type { ApplicationSketch } from '../support/desired.ts';
import { desired } from '../support/desired.ts';

const roles = [{ name: 'guest' }, { name: 'buyer', title: 'Head Buyer' }];
const provisioning: DesiredProvisioning = {
  default: 'guest',
  byEmailDomain: [{ domain: 'acme.example', connection: 'acme-sso', role: 'buyer' }],
};
const application = { roles, provisioning, formerly: ['store'] };
const lowered = (applications: readonly ApplicationSketch[], environment = {}, env = {}) =>
  lower(desired(applications, environment), {}, env).justInTime;

describe('what is lowered of a policy', () => {
  test('is the roles with their titles and ids, and the keys under which it is noted, those of old names too', () => {
    const action = lowered([application, { name: 'desk' }], { name: 'production', tenant: 'acme.eu.auth0.com' });
    expect(action).toMatchObject({ name: 'rolewright-just-in-time-production', loopback: null });
    if (action === null) throw new Error('no action');
    expect(signInPolicy(action, (name) => `id of ${name}`)).toEqual({
      tenant: 'acme.eu.auth0.com',
      applications: [
        {
          application: 'shop',
          audience: 'https://shop.example',
          tombstones: ['rolewright_default_production_shop', 'rolewright_default_production_store'],
          default: { role: 'guest', title: 'Guest', id: 'id of shop.guest' },
          byEmailDomain: [
            {
              ...{ domain: 'acme.example', connection: 'acme-sso' },
              ...{ role: 'buyer', title: 'Head Buyer', id: 'id of shop.buyer' },
            },
          ],
        },
      ],
    });
  });

  test('is nothing where there is none', () => {
    expect(lowered([{ roles }])).toBeNull();
  });

  test('calls a loopback tenant where it is, as the machine that is known there', () => {
    const env = { AUTH0_DOMAIN: '127.0.0.1:8443', AUTH0_CLIENT_ID: 'id', AUTH0_CLIENT_SECRET: 'secret' };
    expect(lowered([application], {}, env)).toMatchObject({
      tenant: '127.0.0.1:8443',
      loopback: { machine: { clientId: 'id', clientSecret: 'secret' } },
    });
    expect(lowered([application], {}, { ...env, AUTH0_CLIENT_SECRET: '' })?.loopback).toEqual({ machine: null });
    const own = { ROLEWRIGHT_JUST_IN_TIME_CLIENT_ID: 'own', ROLEWRIGHT_JUST_IN_TIME_CLIENT_SECRET: 'hush' };
    expect(lowered([application], {}, { ...env, ...own })?.loopback).toEqual({
      machine: { clientId: 'own', clientSecret: 'hush' },
    });
    // The machine that applies may do far more than give roles.
    expect(lowered([application], { tenant: 'acme.eu.auth0.com' }, env)?.loopback).toBeNull();
  });
});

test('code that Auth0 would not take is an error, and a warning before that', () => {
  const rules = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ domain: `d${index}.example`, connection: 'sso', role: 'buyer' }));
  const codes = (count: number) =>
    checkLimits(desired([{ roles, provisioning: { default: 'guest', byEmailDomain: rules(count) } }])).map(
      ({ code }) => code,
    );
  expect([codes(10), codes(450), codes(700)]).toEqual([[], ['RW4202'], ['RW4201']]);
});
