import { expect, test } from 'vitest';
import { checkTenant } from '../../src/targets/auth0/tenant-domain.ts';
import { desired } from '../support/desired.ts';

const codes = (tenant: string, env: Record<string, string>) =>
  checkTenant(desired([], { tenant }).environment, env).map(({ code }) => code);
const token = { AUTH0_API_TOKEN: 't' };

test.each(['127.0.0.1', '127.0.0.1:8443', 'localhost', 'localhost:1', 'https://127.0.0.1:8443/'])(
  'loopback is %s',
  (domain) => {
    expect(codes('loopback', { ...token, AUTH0_DOMAIN: domain })).toEqual([]);
  },
);

test.each([
  '127.0.0.2',
  '127.0.0.1.example.com',
  'localhost.example.com',
  'acme.eu.auth0.com',
  'localhost:1@evil.example',
  '[::1]:1',
  '127.0.0.1:x',
])('loopback is not %s', (domain) => {
  expect(codes('loopback', { ...token, AUTH0_DOMAIN: domain })).toEqual(['RW6102']);
});

test('a tenant is its very domain, in whatever case', () => {
  expect(codes('acme.eu.auth0.com', { ...token, AUTH0_DOMAIN: 'ACME.eu.auth0.com' })).toEqual([]);
  expect(codes('acme.eu.auth0.com', { ...token, AUTH0_DOMAIN: 'acme.us.auth0.com' })).toEqual(['RW6102']);
  expect(codes('acme.eu.auth0.com', token)).toEqual(['RW6101']);
});

test('credentials are a token, or a machine with its secret or key', () => {
  const domain = { AUTH0_DOMAIN: 'localhost' };
  expect(codes('loopback', domain)).toEqual(['RW6103']);
  expect(codes('loopback', { ...domain, AUTH0_CLIENT_ID: 'c' })).toEqual(['RW6103']);
  expect(codes('loopback', { ...domain, AUTH0_CLIENT_ID: 'c', AUTH0_CLIENT_SECRET: 's' })).toEqual([]);
  expect(codes('loopback', { ...domain, AUTH0_CLIENT_ID: 'c', AUTH0_CLIENT_ASSERTION_PRIVATE_KEY: 'k' })).toEqual([]);
});
