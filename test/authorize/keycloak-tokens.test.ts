import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/authorize/authorize.ts';
import { createAuthorizer } from '../../src/authorize/authorize.ts';
import { compilePolicy } from '../../src/model/compile/compile-policy.ts';
import { modelOf, now, policyOf, sampleFiles } from './sample.ts';

const audience = 'https://shop.example';
const environment = (name: string, tenant: string, purpose: string) => ({
  path: `roles/environments/${name}.yaml`,
  text: `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: ${name}
spec:
  purpose: ${purpose}
  target: keycloak
  tenant: ${tenant}
  applications:
    - name: shop
      audience: ${audience}
`,
});
const model = modelOf([
  ...sampleFiles,
  environment('sso', 'sso.example.com:8443/auth/realms/Acme', 'production'),
  environment('sso-dev', 'loopback/realms/acme', 'development'),
]);
const policy = policyOf(model, 'sso', 'shop');

/** The payload of a person's access token as Keycloak 26.4 issues it to the application's own client. */
const person: Readonly<Record<string, unknown>> = {
  ...{ exp: now + 300, iat: now, jti: 'onrtro:091beebd-09aa-f156-7e7d-0ce7006b90f9' },
  ...{ iss: 'https://sso.example.com:8443/auth/realms/Acme', aud: audience, azp: audience },
  ...{ sub: 'eff36a73-c81d-4295-b716-4c9b7f7676f2', typ: 'Bearer', sid: '66793be7-4541-e000-c3a3-7df4ac2f293d' },
  ...{ acr: '1', scope: 'openid email profile', preferred_username: 'dana' },
  resource_access: { [audience]: { roles: ['edit:spend-data', 'restriction:none'] } },
  permissions: ['edit:spend-data', 'restriction:none'],
};

/** The same of the service account of a client called nightly. */
const machine: Readonly<Record<string, unknown>> = {
  ...{ ...person, sid: undefined, aud: [audience, 'account'], azp: 'nightly', client_id: 'nightly' },
  ...{ sub: 'f5eddafe-4364-471a-8791-b619f6ae95fe', preferred_username: 'service-account-nightly' },
};

function reasonOf(claims: Readonly<Record<string, unknown>>, change: Partial<Policy> = {}): string {
  const given = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  const decision = createAuthorizer({ ...policy, ...change })(given, 'data/spend-data:edit', { app: 'slack' }, { now });
  return decision.allowed ? 'allowed' : decision.reason;
}

describe('the policy of an application on Keycloak', () => {
  it('names the realm without a slash, where its keys are, and the client', () => {
    const issuer = 'https://sso.example.com:8443/auth/realms/Acme';
    expect(policy).toMatchObject({ issuer, audience, clients: [audience] });
    expect(policy.keys).toBe(`${issuer}/protocol/openid-connect/certs`);
  });

  it('has the issuer of a realm on loopback only if it is told', () => {
    const policyOnLoopback = (loopbackIssuer?: string) =>
      compilePolicy(model, 'sso-dev', loopbackIssuer === undefined ? {} : { loopbackIssuer })[0]?.[0];
    const issuer = 'http://127.0.0.1:8080/realms/acme';
    expect(policyOnLoopback(issuer)).toMatchObject({ issuer, keys: `${issuer}/protocol/openid-connect/certs` });
    expect(policyOnLoopback()?.issuer).toBe('https://loopback/realms/acme');
  });

  it('says nothing of keys and clients for Auth0', () => {
    expect(Object.keys(policyOf(model, 'production', 'shop'))).not.toContain('keys');
    expect(Object.keys(policyOf(model, 'production', 'shop'))).not.toContain('clients');
  });
});

describe("a person's token", () => {
  it('counts', () => expect(reasonOf(person)).toBe('allowed'));

  it('counts where it is for others too', () =>
    expect(reasonOf({ ...person, aud: [audience, 'account'] })).toBe('allowed'));

  it.each<readonly [string, Readonly<Record<string, unknown>>, string]>([
    ['of an account that holds nothing, whose claim Keycloak leaves out', { permissions: undefined }, 'not-held'],
    ['of another realm', { iss: 'https://sso.example.com:8443/auth/realms/acme' }, 'wrong-issuer'],
    ['with a slash behind its realm', { iss: `${person.iss}/` }, 'wrong-issuer'],
    ['of another application', { aud: 'https://ledger.example' }, 'wrong-audience'],
    [
      'that another application asked for, whose permission has the same name',
      { azp: 'https://ledger.example' },
      'wrong-client',
    ],
    ['that nobody asked for', { azp: undefined }, 'wrong-client'],
    ['for the client alone', { typ: 'ID' }, 'not-an-access-token'],
    ['for refreshing', { typ: 'Refresh' }, 'not-an-access-token'],
    ['that needs a proof of its key', { typ: 'DPoP' }, 'not-an-access-token'],
    ['without a subject', { sub: undefined }, 'malformed-claims'],
    ['whose permissions are one text', { permissions: 'edit:spend-data' }, 'malformed-claims'],
  ])('%s does not count', (_, change, reason) => {
    expect(reasonOf({ ...person, ...change })).toBe(reason);
  });

  it('counts by another client that the service lists', () => {
    const byWeb = { ...person, azp: 'shop-web' };
    expect(reasonOf(byWeb)).toBe('wrong-client');
    expect(reasonOf(byWeb, { clients: [audience, 'shop-web'] })).toBe('allowed');
  });
});

describe("a machine's token", () => {
  it.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ['as it is', {}],
    ['without the account', { preferred_username: undefined }],
    ['without the client id', { client_id: undefined }],
    ['with nothing but no session', { preferred_username: undefined, client_id: undefined }],
    ['with a session, whatever that would be', { sid: 'x', client_id: undefined }],
    ["of the application's own client", { azp: audience, client_id: audience }],
  ])('%s is that of a machine, and not allowed unless it is named', (_, change) => {
    expect(reasonOf({ ...machine, ...change })).toBe('machine-not-allowed');
    expect(reasonOf({ ...machine, ...change }, { machines: ['other'] })).toBe('machine-not-allowed');
  });

  it('is allowed by the id of its client, whoever the clients of people are', () => {
    expect(reasonOf(machine, { machines: ['nightly'] })).toBe('allowed');
    expect(reasonOf({ ...machine, client_id: 'other' }, { machines: ['nightly'] })).toBe('machine-not-allowed');
    expect(reasonOf({ ...machine, azp: undefined, client_id: undefined }, { machines: ['nightly'] })).toBe(
      'machine-not-allowed',
    );
  });
});
