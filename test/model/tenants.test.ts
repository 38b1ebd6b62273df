import { describe, expect, it } from 'vitest';
import { isLoopback, tenantProblem } from '../../src/model/link/tenant-form.ts';
import { build } from '../../src/pipeline.ts';
import { goldenCases } from '../support/cases.ts';

describe('the form of a tenant', () => {
  it.each([
    'sso.example.com/realms/acme',
    'sso.example.com:8443/auth/realms/Acme.Corp-2_x~',
    'keycloak/realms/acme',
    '10.0.0.7:8443/realms/acme',
    'loopback/realms/acme',
    'loopback/auth/realms/acme',
  ])('of Keycloak: %s', (tenant) => {
    expect(tenantProblem('keycloak', tenant)).toBeNull();
    expect(tenantProblem('auth0', tenant)?.kind).toBe('of-another-target');
  });

  it.each(['acme.eu.auth0.com', 'login.acme.example', 'loopback'])('of Auth0: %s', (tenant) => {
    expect(tenantProblem('auth0', tenant)).toBeNull();
    expect(tenantProblem('keycloak', tenant)).not.toBeNull();
  });

  it.each<readonly [string, string, string | null]>([
    ['https://sso.example.com/realms/acme', 'scheme', 'sso.example.com/realms/acme'],
    ['HTTPS://sso.example.com:443/realms/acme/', 'scheme', 'sso.example.com/realms/acme'],
    ['http://localhost:8080/realms/acme', 'scheme', 'loopback/realms/acme'],
    ['https://sso.example.com', 'scheme', null],
    ['127.0.0.1/realms/acme', 'form', 'loopback/realms/acme'],
    ['loopback:8080/realms/acme', 'form', 'loopback/realms/acme'],
    ['sso.example.com/realms/', 'no-realm', null],
    ['sso.example.com/realms/..', 'form', null],
    ['sso.example.com/realms/acme;x', 'realm', null],
    ['me@sso.example.com/realms/acme', 'form', null],
    ['sso.example.com:/realms/acme', 'form', null],
    ['sso.example.com/acme', 'no-realm', null],
    ['acme.eu.auth0.com/realms/acme', 'of-another-target', null],
  ])('is not %s, which is the problem "%s"', (tenant, kind, suggestion) => {
    expect(tenantProblem('keycloak', tenant)).toMatchObject({ kind, suggestion });
  });

  it('that is suggested is right', () => {
    for (const { files } of goldenCases()) {
      for (const [, tenant = ''] of files.flatMap(({ text }) => [...text.matchAll(/^ {2}tenant: (.*)$/gmu)])) {
        for (const target of ['auth0', 'keycloak'] as const) {
          const suggestion = tenantProblem(target, tenant)?.suggestion ?? null;
          if (suggestion !== null) expect(tenantProblem(target, suggestion), suggestion).toBeNull();
        }
      }
    }
  });

  it('tells loopback from a host that begins like it', () => {
    const tenants = ['loopback', 'loopback/realms/x', 'loopback.example.com', 'loopback.example.com/realms/x'];
    expect(tenants.map(isLoopback)).toEqual([true, true, false, false]);
  });
});

describe('the desired state', () => {
  it('says on which identity provider it is, stack by stack', () => {
    const files = goldenCases().find(({ name }) => name === 'one-repository-for-both-targets')?.files ?? [];
    const where = (environment: string) => {
      const { target, tenant } = build(files, environment)[0]?.environment ?? {};
      return [target, tenant];
    };
    expect(['dev', 'production', 'sso', 'sso-dev'].map(where)).toEqual([
      ['auth0', 'loopback'],
      ['auth0', 'acme.eu.auth0.com'],
      ['keycloak', 'sso.example.com:8443/auth/realms/Acme.Corp'],
      ['keycloak', 'loopback/realms/acme'],
    ]);
  });
});
