import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleDocuments } from '../report/sample-documents.ts';
import { repositoryOf, runRolewright } from './run-rolewright.ts';

const canary = 'canary-81be';

const realmEnvironment = (name: string, tenant: string) => ({
  path: `roles/environments/${name}.yaml`,
  text: `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: ${name}
spec:
  purpose: development
  target: keycloak
  tenant: ${tenant}
  applications:
    - name: desk
      audience: https://api.${name}.example
`,
});

/** The sample's own environment is on Auth0; this one is not. */
const both = [...sampleDocuments, realmEnvironment('sso', 'loopback/realms/acme')];

interface Finding {
  readonly subject: string;
  readonly state: string;
  readonly found: string;
  readonly advice: string | null;
}

async function doctor(env: Readonly<Record<string, string>>, files = both): Promise<readonly Finding[]> {
  const { stdout, stderr } = await runRolewright(['doctor', '--json'], { cwd: repositoryOf(files), env });
  expect(stdout + stderr).not.toContain(canary);
  return (JSON.parse(stdout) as { readonly findings: readonly Finding[] }).findings;
}

describe('rolewright doctor, with environments on both', () => {
  const credentials = { KEYCLOAK_URL: 'http://127.0.0.1:1/', KEYCLOAK_USER: 'me', KEYCLOAK_PASSWORD: canary };

  it('looks for the credentials of each, and names them', async () => {
    const findings = await doctor({ ...credentials, KEYCLOAK_REALM: 'staff' });
    expect(findings.filter(({ subject }) => subject === 'credentials').map(({ found }) => found)).toEqual([
      'AUTH0_DOMAIN is not set',
      'KEYCLOAK_URL is http://127.0.0.1:1, with KEYCLOAK_USER and KEYCLOAK_PASSWORD of realm staff',
    ]);
  });

  it('asks the realm of each environment that the variables fit', async () => {
    const elsewhere = realmEnvironment('elsewhere', 'loopback/auth/realms/acme');
    const findings = await doctor(credentials, [...both, elsewhere]);
    expect(findings.find(({ subject }) => subject === 'realm of sso')).toMatchObject({
      state: 'missing',
      found: expect.stringMatching(/^cannot reach 127\.0\.0\.1:1\/realms\/acme: .*ECONNREFUSED/u),
      advice: expect.stringContaining('KEYCLOAK_URL'),
    });
    expect(findings.find(({ subject }) => subject === 'realm of elsewhere')).toMatchObject({
      state: 'note',
      found: 'KEYCLOAK_URL is 127.0.0.1:1, but elsewhere belongs to loopback/auth/realms/acme',
    });
  });

  it('says what is missing, and what the account needs', async () => {
    const url = `https://someone:${canary}@sso.example.com/auth`;
    const findings = await doctor({ KEYCLOAK_URL: url, KEYCLOAK_CLIENT_ID: 'x' });
    expect(findings.find(({ found }) => found.startsWith('KEYCLOAK_URL'))).toMatchObject({
      state: 'note',
      found: 'KEYCLOAK_URL is https://sso.example.com/auth, no user or client',
    });
    // Nobody is asked without credentials.
    expect(findings.map(({ subject }) => subject)).not.toContain('realm of sso');
    expect(findings.find(({ subject }) => subject === 'roles')?.found).toMatch(/manage-realm, manage-clients/u);
  });

  it('looks for nothing of Auth0 where everything is on Keycloak', async () => {
    const noneOnAuth0 = both.filter(({ path }) => !/environments\/(?!sso)/u.test(path));
    const findings = await doctor({ AUTH0_DOMAIN: '127.0.0.1:1', AUTH0_API_TOKEN: canary }, noneOnAuth0);
    expect(findings.map(({ subject }) => subject)).toContain('roles');
    expect(findings.filter(({ subject, found }) => subject === 'scopes' || found.includes('AUTH0'))).toEqual([]);
  });
});

describe('rolewright init --target keycloak', () => {
  it('lays out a repository for a realm, in which nothing is wrong', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'rolewright-init-'));
    const made = await runRolewright(['init', '--yes', '--application', 'desk', '--target', 'keycloak'], { cwd });
    expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('and a realm desk') });
    const text = (path: string) => readFileSync(join(cwd, path), 'utf8');
    expect(text('roles/environments/dev.yaml')).toContain('  target: keycloak\n  tenant: loopback/realms/desk\n');
    expect(text('Pulumi.yaml')).toContain('description: Permissions and roles of Desk, reconciled into Keycloak.\n');
    expect(text('stacks/Pulumi.dev.yaml')).toContain('# credentials come from KEYCLOAK_* variables');
    expect(text('README.md')).not.toMatch(/Auth0|emulator/u);
    const [checked, formatted] = await Promise.all([
      runRolewright(['check', '--strict'], { cwd }),
      runRolewright(['format', '--check'], { cwd }),
    ]);
    expect([checked.code, formatted.code]).toEqual([0, 0]);
  });
});

describe('rolewright adopt, of a realm', () => {
  const adopt = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runRolewright(['adopt', '--stack', 'new', ...args], { cwd: repositoryOf([]), env });
  const url = { KEYCLOAK_URL: 'https://sso.example.com/auth/' };
  const realm = ['--tenant', 'sso.example.com/realms/x'];

  it.each<readonly [string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['which realm', [], url, 'name it with --tenant sso.example.com/auth/realms/REALM\n'],
    ['which realm on loopback', [], { KEYCLOAK_URL: 'http://localhost:8080' }, '--tenant loopback/realms/REALM\n'],
    ['which target', [], { ...url, AUTH0_DOMAIN: 'acme.eu.auth0.com' }, 'say it with --target auth0 or keycloak\n'],
    ['a realm', ['--target', 'keycloak', '--tenant', 'acme.eu.auth0.com'], {}, 'name it as a server and a realm'],
    ['a domain', ['--target', 'auth0', ...realm], {}, 'name it as a domain'],
    ['what it is for', realm, {}, 'say it with --purpose'],
    ['no export of Auth0', ['--tenant', 'loopback/realms/x', '--from', 'tenant.yaml'], {}, 'leave --from out'],
    ['KEYCLOAK_URL', ['--tenant', 'https://localhost:8080/realms/x'], {}, 'set KEYCLOAK_URL=http://127.0.0.1:8080'],
  ])('asks for %s', async (_, args, env, said) => {
    expect(await adopt(args, env)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(said) });
  });

  it('takes the target of Auth0 from its variables as before', async () => {
    const { stderr } = await adopt([], { AUTH0_DOMAIN: 'acme.eu.auth0.com' });
    expect(stderr).toContain('nothing says what it is for');
  });
});

describe('rolewright build --policy, on Keycloak', () => {
  it('takes the server of a realm on loopback from KEYCLOAK_URL, and no other', async () => {
    const cwd = repositoryOf(both);
    const issuerOf = async (server: string) => {
      const env = { KEYCLOAK_URL: server, AUTH0_DOMAIN: '127.0.0.1:4000' };
      const { stdout } = await runRolewright(['build', '--stack', 'sso', '--policy', 'desk'], { cwd, env });
      return (JSON.parse(stdout) as { readonly issuer: string }).issuer;
    };
    expect(await issuerOf('http://127.0.0.1:8080/')).toBe('http://127.0.0.1:8080/realms/acme');
    expect(await issuerOf('https://sso.example.com')).toBe('https://loopback/realms/acme');
  });
});
