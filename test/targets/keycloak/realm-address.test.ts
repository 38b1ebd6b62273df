import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/language/diagnostic.ts';
import { addressOf, checkTenant, realmAddress } from '../../../src/targets/keycloak/realm-address.ts';

const machine = { KEYCLOAK_CLIENT_ID: 'c', KEYCLOAK_CLIENT_SECRET: 's' };
const check = (tenant: string, env: Record<string, string>) => checkTenant({ name: 'dev', tenant }, env);
const codes = (found: readonly Diagnostic[]) => found.map(({ code }) => code);
const at = (tenant: string, url: string) => codes(check(tenant, { ...machine, KEYCLOAK_URL: url }));

describe('a realm', () => {
  test.each([
    ['loopback/realms/acme', { host: 'loopback', path: '', realm: 'acme' }],
    ['sso.example.com/realms/acme', { host: 'sso.example.com', path: '', realm: 'acme' }],
    ['sso.example.com:8443/realms/acme', { host: 'sso.example.com:8443', path: '', realm: 'acme' }],
    ['SSO.example.com:443/realms/Acme', { host: 'sso.example.com', path: '', realm: 'Acme' }],
    ['example.com/a/b/realms/acme.eu_1', { host: 'example.com', path: '/a/b', realm: 'acme.eu_1' }],
    ['example.com/realms/x/realms/acme', { host: 'example.com', path: '/realms/x', realm: 'acme' }],
  ])('is named by %s', (tenant, address) => {
    expect(realmAddress(tenant)).toEqual(address);
  });

  test.each([
    'loopback',
    'acme.eu.auth0.com',
    'sso.example.com/realms',
    'sso.example.com/realms/',
    'sso.example.com/realms/..',
    'sso.example.com/realms/a?b',
    'sso.example.com/realms/a/clients',
    'me@sso.example.com/realms/acme',
    'https://sso.example.com/realms/acme',
    'exa mple.com/realms/acme',
    '/realms/acme',
  ])('is not named by %s', (tenant) => {
    expect(realmAddress(tenant)).toBe(null);
    expect(at(tenant, 'https://sso.example.com')).toEqual(['RW6105']);
    expect(addressOf({ name: 'dev', tenant }, { KEYCLOAK_URL: 'https://sso.example.com' })).toBe(null);
  });
});

describe('the server of a realm', () => {
  test.each(['http://127.0.0.1:8080', 'http://localhost:1/', 'https://localhost', 'https://127.0.0.1:8443'])(
    'is this machine at %s',
    (url) => {
      expect(at('loopback/realms/acme', url)).toEqual([]);
    },
  );

  test.each([
    'http://127.0.0.2:8080',
    'https://localhost.example.com',
    'https://127.0.0.1.example.com',
    'http://[::1]:8080',
    'https://localhost@evil.example',
    'https://evil.example/127.0.0.1',
    'http://127.0.0.1:8080/auth',
  ])('is not this machine at %s', (url) => {
    expect(at('loopback/realms/acme', url)).toEqual(['RW6102']);
  });

  test.each(['https://sso.example.com', 'https://SSO.example.com/', 'https://sso.example.com:443'])(
    'is its very address: %s',
    (url) => {
      expect(at('sso.example.com/realms/acme', url)).toEqual([]);
    },
  );

  test.each([
    'https://sso.example.org',
    'https://sso.example.com.example.org',
    'https://sso.example.com:8443',
    'https://sso.example.com/auth',
    'https://sso.example.com?host',
    'https://sso.example.com#',
    'https://sso.example.com ',
    'https://me:secret@sso.example.com',
    'ftp://sso.example.com',
    'sso.example.com',
  ])('is no other address: %s', (url) => {
    expect(at('sso.example.com/realms/acme', url)).toEqual(['RW6102']);
  });

  test('has a path at times', () => {
    expect(at('sso.example.com/auth/realms/acme', 'https://sso.example.com/auth/')).toEqual([]);
    expect(at('sso.example.com/auth/realms/acme', 'https://sso.example.com')).toEqual(['RW6102']);
    expect(at('loopback/auth/realms/acme', 'http://localhost:8080/auth')).toEqual([]);
  });

  test('is not sent credentials in the clear, unless it is this machine', () => {
    expect(at('sso.example.com/realms/acme', 'http://sso.example.com:443')).toEqual(['RW6102']);
    const [refused] = check('sso.example.com/realms/acme', { ...machine, KEYCLOAK_URL: 'http://sso.example.com' });
    expect([refused?.code, refused?.help]).toEqual(['RW6104', 'set KEYCLOAK_URL=https://sso.example.com']);
    expect(at('127.0.0.1:8080/realms/acme', 'http://127.0.0.1:8080')).toEqual([]);
  });

  test('is shown with the realm, and never with what stands before an @', () => {
    const shown = (tenant: string, url: string) => addressOf({ name: 'dev', tenant }, { KEYCLOAK_URL: url });
    expect(shown('loopback/realms/acme', 'http://127.0.0.1:8080/')).toBe('127.0.0.1:8080/realms/acme');
    expect(shown('sso.example.com/auth/realms/acme', 'https://SSO.example.com/auth')).toBe(
      'sso.example.com/auth/realms/acme',
    );
    expect(shown('sso.example.com/realms/acme', 'https://me:secret@sso.example.com')).toBe(null);
    expect(addressOf({ name: 'dev', tenant: 'loopback/realms/acme' }, {})).toBe(null);
    const [refused] = check('sso.example.com/realms/acme', { KEYCLOAK_URL: 'https://me:secret@sso.example.com' });
    expect(JSON.stringify(refused)).not.toContain('secret');
  });
});

describe('what people are told to set', () => {
  test('is the address that the environment says', () => {
    const help = (tenant: string) => {
      const [problem] = check(tenant, machine);
      return `${problem?.code} ${problem?.message}: ${problem?.help}`;
    };
    expect(help('sso.example.com/auth/realms/acme')).toBe(
      'RW6101 KEYCLOAK_URL is not set; the environment belongs to sso.example.com/auth/realms/acme: set KEYCLOAK_URL=https://sso.example.com/auth',
    );
    expect(help('loopback/realms/acme')).toBe(
      'RW6101 KEYCLOAK_URL is not set; the environment belongs to loopback/realms/acme: set KEYCLOAK_URL=http://127.0.0.1:8080, with the port that the server has',
    );
    expect(codes(check('loopback/realms/acme', { ...machine, KEYCLOAK_URL: ' ' }))).toEqual(['RW6101']);
  });

  test('are the credentials of a user or of a machine, whole', () => {
    const given = (env: Record<string, string>) =>
      codes(check('loopback/realms/acme', { KEYCLOAK_URL: 'http://localhost', ...env }));
    expect(given({})).toEqual(['RW6103']);
    expect(given(machine)).toEqual([]);
    expect(given({ KEYCLOAK_USER: 'u', KEYCLOAK_PASSWORD: 'p' })).toEqual([]);
    expect(given({ KEYCLOAK_CLIENT_ID: 'c' })).toEqual(['RW6103']);
    expect(given({ KEYCLOAK_PASSWORD: 'p' })).toEqual(['RW6103']);
    // A user without a password would sign in as nobody, though there is a machine.
    expect(given({ ...machine, KEYCLOAK_USER: 'u' })).toEqual(['RW6103']);
  });
});
