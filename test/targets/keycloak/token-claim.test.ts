import { expect, test } from 'vitest';
import type { Mapper, TokenSettings } from '../../../src/targets/keycloak/token-claim.ts';
import { claimOf } from '../../../src/targets/keycloak/token-claim.ts';

const mapper = (name: string, protocolMapper: string, config: Record<string, string>): Mapper => ({
  ...{ name, protocol: 'openid-connect', protocolMapper, config },
});
const roles = (config: Record<string, string> = {}, name = 'roles') =>
  mapper(name, 'oidc-usermodel-client-role-mapper', {
    ...{ 'usermodel.clientRoleMapping.clientId': 'app', 'claim.name': 'permissions', 'access.token.claim': 'true' },
    ...{ multivalued: 'true', 'jsonType.label': 'String', ...config },
  });
const audience = (config: Record<string, string> = { 'included.client.audience': 'app' }) =>
  mapper('audience', 'oidc-audience-mapper', { 'access.token.claim': 'true', ...config });
const client = (...protocolMappers: readonly Mapper[]): TokenSettings => ({
  ...{ clientId: 'app', fullScopeAllowed: false, protocolMappers },
});

test('the claim is named by the mapper of the client, whatever that is called', () => {
  expect(claimOf(client(roles(), audience()))).toBe('permissions');
  expect(claimOf(client(roles({ 'claim.name': 'may' }), audience({ 'included.custom.audience': 'app' })))).toBe('may');
  const other = mapper('email', 'oidc-usermodel-attribute-mapper', { 'claim.name': 'email' });
  expect(claimOf(client(other, audience(), roles()))).toBe('permissions');
});

test.each<[string, TokenSettings]>([
  ['nothing maps them', client(audience())],
  ['nothing names the audience', client(roles())],
  ['the audience is another', client(roles(), audience({ 'included.client.audience': 'other' }))],
  ['the audience is in other tokens', client(roles(), audience({ 'access.token.claim': 'false' }))],
  [
    'roles of another client are mapped',
    client(roles({ 'usermodel.clientRoleMapping.clientId': 'other' }), audience()),
  ],
  ['roles of all clients are mapped', client(roles({ 'usermodel.clientRoleMapping.clientId': '' }), audience())],
  ['they have a prefix', client(roles({ 'usermodel.clientRoleMapping.rolePrefix': 'app.' }), audience())],
  ['they are in other tokens', client(roles({ 'access.token.claim': 'false' }), audience())],
  ['there is one of them', client(roles({ multivalued: 'false' }), audience())],
  ['they are no texts', client(roles({ 'jsonType.label': 'JSON' }), audience())],
  [
    'something else is put in as well',
    client(roles(), audience(), roles({ 'usermodel.clientRoleMapping.clientId': 'b' }, 'b')),
  ],
  ['every client is in scope', { ...client(roles(), audience()), fullScopeAllowed: true }],
  ['nothing is said of the scope', { clientId: 'app', protocolMappers: [roles(), audience()] }],
])('there is none where %s', (_, settings) => {
  expect(claimOf(settings)).toBe('');
});
