import { describe, expect, it, onTestFinished } from 'vitest';
import { scopeFindings, usesOf } from '../../src/cli/doctor/scopes.ts';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { check } from '../../src/pipeline.ts';
import { compareScopes } from '../../src/targets/auth0/needed-scopes.ts';
import { sampleDocuments } from '../report/sample-documents.ts';
import { repositoryOf, runRolewright } from './run-rolewright.ts';

const reading = ['read:resource_servers', 'read:roles', 'read:users', 'read:role_members'];
const writing = ['resource_servers', 'roles'].flatMap((one) =>
  ['create', 'update', 'delete'].map((verb) => `${verb}:${one}`),
);

/** The findings of `doctor` for a machine with these scopes; by its own credentials, or by a token given. */
async function examined(scopes: readonly string[], by: 'client' | 'token' | 'wrong secret') {
  const emulator = await startEmulator({ clients: [{ clientId: 'machine', clientSecret: 'its-secret', scopes }] });
  onTestFinished(emulator.stop);
  const secret = by === 'wrong secret' ? 'another' : 'its-secret';
  const client = { AUTH0_CLIENT_ID: 'machine', AUTH0_CLIENT_SECRET: secret };
  const env = {
    AUTH0_DOMAIN: emulator.domain,
    SSL_CERT_FILE: emulator.certificateFile,
    ...(by === 'token' ? { AUTH0_API_TOKEN: emulator.token } : client),
  };
  const { stdout, stderr } = await runRolewright(['doctor', '--json'], { cwd: repositoryOf(), env });
  const { findings, scopes: needed } = JSON.parse(stdout) as {
    findings: readonly { subject: string; state: string; found: string; advice: string | null }[];
    scopes: readonly { scope: string; granted: boolean | null }[];
  };
  expect(stdout + stderr).not.toContain('its-secret');
  return { found: findings.filter(({ subject }) => subject === 'scopes'), needed, stderr };
}

describe('rolewright doctor, on scopes', () => {
  it('is content with what is needed', async () => {
    const { found, needed } = await examined([...reading, ...writing], 'client');
    expect(found).toMatchObject([{ state: 'ok', found: expect.stringContaining('all 10'), advice: null }]);
    expect(needed.every(({ granted }) => granted)).toBe(true);
  });

  it('reads them from a token that is given', async () => {
    expect((await examined([], 'token')).found).toMatchObject([{ state: 'ok' }]);
  });

  it('names what is missing, what it is for, and where it is granted', async () => {
    const { found, needed, stderr } = await examined([...reading, ...writing].slice(1), 'client');
    const missing = 'read:resource_servers (to compare the APIs with the catalogs)';
    expect(found).toMatchObject([{ state: 'missing', found: expect.stringContaining(missing) }]);
    expect(found[0]?.advice).toContain('Auth0 Management API');
    expect(needed.filter(({ granted }) => !granted)).toMatchObject([{ scope: 'read:resource_servers' }]);
    expect(stderr).toMatch(/^Missing: .*scopes/mu);
  });

  it('takes a machine that only reads for what it is', async () => {
    const { found } = await examined(reading, 'client');
    expect(found).toMatchObject([{ state: 'note', advice: expect.stringContaining('enough for all but up') }]);
  });

  it('says that the tenant gives no token', async () => {
    const { found } = await examined(reading, 'wrong secret');
    expect(found).toMatchObject([{ state: 'missing', advice: expect.stringContaining('AUTH0_CLIENT_SECRET') }]);
  });

  it('remarks on what is dangerous and not needed', () => {
    const [, remark] = scopeFindings(compareScopes([...reading, ...writing, 'create:client_grants'], []));
    expect(remark).toMatchObject({ state: 'note', found: expect.stringContaining('grant itself every other scope') });
  });

  it('asks what the environments of this tenant declare', () => {
    const policy = {
      path: 'roles/desk/just-in-time.yaml',
      text: 'apiVersion: rolewright/v1\nkind: ProvisioningPolicy\nmetadata:\n  application: desk\n  name: jit\nspec:\n  enabled: true\n  default:\n    role: viewer\n    allApps: true\n',
    };
    const usesWith = (domain: string, ...more: readonly { path: string; text: string }[]) => {
      const [model] = check([...sampleDocuments.filter(({ path }) => path.startsWith('roles/')), ...more]);
      return model === null ? null : usesOf(model, domain);
    };
    expect(usesWith('127.0.0.1:1')).toEqual([]);
    expect(usesWith('127.0.0.1:1', policy)).toEqual(['provisioning']);
    const elsewhere = {
      path: 'roles/other.yaml',
      text: 'apiVersion: rolewright/v1\nkind: PermissionCatalog\nmetadata:\n  name: shop\nspec:\n  version: 1.0.0\n  sections:\n    - name: data\n      permissions: []\n---\napiVersion: rolewright/v1\nkind: Environment\nmetadata:\n  name: staging\nspec:\n  purpose: staging\n  tenant: acme.eu.auth0.com\n  applications:\n    - name: shop\n      audience: https://shop.example\n      tokenLifetime: 1h\n',
    };
    expect(usesWith('acme.eu.auth0.com', policy, elsewhere)).toEqual([]);
    // Whom a realm of Keycloak knows is nothing to a tenant that no environment is of.
    const assignment = {
      path: 'roles/shop/assignments/clerks.yaml',
      text: 'apiVersion: rolewright/v1\nkind: Role\nmetadata:\n  application: shop\n  name: clerk\nspec:\n  assignable: true\n---\napiVersion: rolewright/v1\nkind: Assignment\nmetadata:\n  application: shop\n  name: clerks\nspec:\n  role: clerk\n  users:\n    - id: somebody\n',
    };
    expect(usesWith('another.eu.auth0.com', assignment, elsewhere)).toEqual(['assignments']);
    const realm = elsewhere.text.replace(
      '  tenant: acme.eu.auth0.com',
      '  target: keycloak\n  tenant: sso.example.com/realms/x',
    );
    expect(usesWith('another.eu.auth0.com', assignment, { ...elsewhere, text: realm })).toEqual([]);
  });
});
