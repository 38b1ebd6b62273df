import { expect, test } from 'vitest';
import { readDeployCli } from '../../src/targets/auth0/read-deploy-cli.ts';

const tenant = 'acme.eu.auth0.com';
const text = `resourceServers:
  - name: ##ENV## Shop
    identifier: https://shop.example
    enforce_policies: true
    token_dialect: access_token_authz
    scopes: [{value: read:orders, description: 'Read'}, {value: edit:orders}]
roles:
  - name: Clerk
    description: null
    permissions:
      - permission_name: read:orders
        resource_server_identifier: https://shop.example
pages: []
`;
const asYaml = { tenantFile: { path: 'tenant.yaml', text }, apiFiles: [], roleFiles: [] };
const api = {
  id: '',
  audience: 'https://shop.example',
  title: '##ENV## Shop',
  system: false,
  enforced: true,
  tokenLifetimeSeconds: 86_400,
  scopes: [
    { value: 'edit:orders', description: '' },
    { value: 'read:orders', description: 'Read' },
  ],
};
const role = {
  ...{ id: '', title: 'Clerk', description: '' },
  grants: [{ audience: 'https://shop.example', scope: 'read:orders' }],
};

test('a tenant.yaml is read as the tenant that it makes, and its keywords are told', () => {
  const [state, told] = readDeployCli(asYaml, tenant);
  expect(state).toEqual({ tenant, apis: [api], roles: [role] });
  expect(told.map(({ message }) => message)).toEqual(['tenant.yaml has the keyword ##ENV##, which is not replaced']);
});

test('so is a folder of JSON files, with one of Auth0’s own APIs among them', () => {
  const file = (path: string, value: unknown) => ({ path, text: JSON.stringify(value, null, 2) });
  const management = { name: 'Auth0 Management API', identifier: `https://${tenant}/api/v2/`, is_system: true };
  const shop = {
    ...{ name: api.title, identifier: api.audience, enforce_policies: true, token_dialect: 'access_token_authz' },
    ...{ scopes: api.scopes, token_lifetime: 86_400 },
  };
  const permissions = [{ permission_name: 'read:orders', resource_server_identifier: api.audience }];
  const [state] = readDeployCli(
    {
      tenantFile: null,
      apiFiles: [file('resource-servers/a.json', management), file('resource-servers/b.json', shop)],
      roleFiles: [file('roles/Clerk.json', { name: 'Clerk', permissions })],
    },
    tenant,
  );
  expect(state?.apis.map(({ audience, system }) => ({ audience, system }))).toEqual([
    { audience: `https://${tenant}/api/v2/`, system: true },
    { audience: api.audience, system: false },
  ]);
  expect(state?.apis[1]).toEqual(api);
  expect(state?.roles).toEqual([role]);
});

test.each([
  ['no YAML', 'roles: [', /^tenant\.yaml cannot be read: /u],
  ['a list that a keyword stands for', text.replace(/\[.*\]/u, '@@SCOPES@@'), /the scopes of .* are not a list$/u],
  ['roles that are no list', 'roles: 1', /roles is not a list$/u],
  ['an API without an identifier', 'resourceServers:\n  - name: Shop\n', /has no name or no identifier$/u],
  [
    'an API that stands twice',
    text.replace('roles:', '  - name: B\n    identifier: https://shop.example\nroles:'),
    /stands twice$/u,
  ],
])('%s cannot be read', (_, broken, reason) => {
  const [state, told] = readDeployCli({ ...asYaml, tenantFile: { path: 'tenant.yaml', text: broken } }, tenant);
  expect(state).toBeNull();
  expect(told.map(({ message }) => message)).toEqual([expect.stringMatching(reason)]);
});
