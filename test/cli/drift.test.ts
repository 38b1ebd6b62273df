import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import publishedSchema from '../../schemas/drift-v1.schema.json' with { type: 'json' };
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import type { Drift } from '../../src/model/drift.ts';
import { emulatorOfTest } from '../emulator/emulator-of-test.ts';
import { driftDesired, driftDocuments } from '../report/drift/declared.ts';
import { layOutTenant, observedAsDeclared } from '../support/observed.ts';
import { tenantCall } from '../support/tenant-call.ts';
import type { Run, RunOptions } from './run-rolewright.ts';
import { repositoryOf, runRolewright, startRolewright } from './run-rolewright.ts';

const cwd = repositoryOf(driftDocuments);
const declared = observedAsDeclared(driftDesired());
const validate = new Ajv({ strict: false }).compile(publishedSchema);

interface Tenant {
  readonly emulator: Emulator;
  readonly ids: ReadonlyMap<string, string>;
  readonly drift: (...more: readonly string[]) => Promise<Run>;
}

async function tenantAsDeclared(options: RunOptions = {}): Promise<Tenant> {
  const emulator = await emulatorOfTest();
  const ids = await layOutTenant(emulator, declared);
  emulator.resetCalls();
  const drift = (...more: readonly string[]) =>
    runRolewright(['drift', '--stack', 'dev', ...more], { cwd, env: { ...emulator.environment }, ...options });
  return { emulator, ids, drift };
}

/** Somebody gives Viewer sensitive access. */
async function widen({ emulator, ids }: Tenant): Promise<void> {
  const permissions = [{ resource_server_identifier: 'https://desk.example', permission_name: 'edit:contract-data' }];
  await tenantCall(emulator, 'POST', `/roles/${ids.get('Viewer')}/permissions`, { permissions });
  emulator.resetCalls();
}

describe('rolewright drift', () => {
  it('finds nothing in a tenant that is as declared, and says so with 0', async () => {
    const { emulator, drift } = await tenantAsDeclared();
    const { code, stdout, stderr } = await drift();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      `No drift: ${emulator.domain} is as stack dev declares (4 roles declared, 4 read).\n` +
        'Not compared: the people of 1 role (--people).\n',
    );
    expect((await drift('--detailed-exitcode')).code).toBe(0);
  });

  it('says in words what somebody did, and ends with 1', async () => {
    const tenant = await tenantAsDeclared();
    await widen(tenant);
    const { code, stdout, stderr } = await tenant.drift();
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      `Drift in stack dev, tenant ${tenant.emulator.domain}`,
      '',
      'The Desk',
      '  + Viewer also has Edit on Contract Data   SENSITIVE',
      '      DANGEROUS: whoever holds it may do more than is declared, and some of it is sensitive',
      '      if the tenant is right: rolewright adopt --stack dev --role Viewer',
    ]);
    expect((await tenant.drift('--detailed-exitcode')).code).toBe(2);
  });

  it('reads each role once, all lists once, and writes nothing', async () => {
    const { emulator, drift } = await tenantAsDeclared();
    await drift();
    const paths = emulator.calls().map(({ method, path }) => `${method} ${path.replace(/rol_\w+/u, 'ID')}`);
    expect(paths.toSorted()).toEqual([
      'GET /api/v2/resource-servers',
      'GET /api/v2/roles',
      ...Array.from({ length: 4 }, () => 'GET /api/v2/roles/ID/permissions'),
    ]);
  });

  it('prints data that its published schema describes', async () => {
    const tenant = await tenantAsDeclared();
    await widen(tenant);
    const { code, stdout } = await tenant.drift('--format', 'json');
    const data = JSON.parse(stdout) as Drift;
    expect(validate(data), JSON.stringify(validate.errors)).toBe(true);
    expect(code).toBe(1);
    expect(data.deviations).toMatchObject([
      { subject: 'role', situation: 'differs', title: 'Viewer', direction: 'widening', repairs: ['up', 'adopt'] },
    ]);
    expect(data.summary).toMatchObject({ dangerous: 1, outages: 0, widening: 1, permissionsMore: 1 });
  });

  it('prints Markdown', async () => {
    const tenant = await tenantAsDeclared();
    await widen(tenant);
    const { stdout } = await tenant.drift('--format', 'markdown');
    expect(stdout).toMatch(
      /^### .* is not as stack dev declares: 1 dangerous\n\n#### The Desk\n\n```diff\n\+ Viewer also/u,
    );
  });

  it('leaves out roles by pattern, and does not read them', async () => {
    const tenant = await tenantAsDeclared();
    await widen(tenant);
    const { code, stdout } = await tenant.drift('--exclude', 'View*');
    expect(code).toBe(0);
    expect(stdout).toContain('(3 roles declared, 3 read)');
    expect(stdout).toContain('Not compared: 1 role of the tenant, by --include and --exclude.');
    expect(tenant.emulator.calls().filter(({ path }) => path.endsWith('/permissions'))).toHaveLength(3);
    expect((await tenant.drift('--include', 'Viewer')).code).toBe(1);
    expect((await tenant.drift('--include', 'Viewer', '--exclude', '*ewer')).code).toBe(0);
    const misspelt = await tenant.drift('--include', 'Veiwer');
    expect([misspelt.code, misspelt.stdout]).toEqual([2, '']);
    expect(misspelt.stderr).toBe('error RW6921  the tenant has no role "Veiwer"\n   did you mean "Viewer"?\n');
  });

  it('looks for people where it is asked to, a call for each role that is declared for somebody', async () => {
    const { emulator, ids, drift } = await tenantAsDeclared();
    const person = async (name: string) => {
      const made = await tenantCall(emulator, 'POST', '/users', {
        connection: 'Username-Password-Authentication',
        user_id: name,
        email: `${name}@example.com`,
        password: 'Correct-horse-7',
      });
      return (made as { readonly user_id: string }).user_id;
    };
    const first = await person('1');
    await person('2');
    await tenantCall(emulator, 'POST', `/roles/${ids.get('Chat Owners')}/users`, { users: [first] });
    emulator.resetCalls();
    const { code, stdout } = await drift('--people');
    expect(stdout).toContain('  - auth0|2 does not hold Chat Owners, as chat-contacts says\n');
    expect(stdout).toContain('Drift: 1 person without a declared role.\n');
    expect(stdout).not.toContain('Not compared');
    expect(code).toBe(1);
    expect(emulator.calls()).toHaveLength(2 + 4 + 1);
  });

  it('refuses another tenant, and says what the tenant refuses', async () => {
    const { emulator, drift } = await tenantAsDeclared();
    const elsewhere = { ...emulator.environment, AUTH0_DOMAIN: 'acme.eu.auth0.com' };
    const other = await runRolewright(['drift', '-s', 'dev'], { cwd, env: elsewhere });
    expect([other.code, other.stdout]).toEqual([2, '']);
    expect(other.stderr).toMatch(/^error RW6102 /u);
    emulator.addFault({ match: { path: /\/permissions$/u }, times: 99, answer: { status: 403 } });
    const refused = await drift('--format', 'json');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/^error RW6304 .* does not allow to read roles: 403 /u);
    expect(JSON.parse(refused.stdout).diagnostics[0].code).toBe('RW6304');
    expect((await drift('--detailed-exitcode')).code).toBe(1);
    expect((await runRolewright(['drift', '-s', 'prod'], { cwd })).code).toBe(6);
    expect((await runRolewright(['drift'], { cwd })).code).toBe(2);
  });

  it('ends with 8 when interrupted', async () => {
    const { emulator } = await tenantAsDeclared();
    emulator.addFault({ match: { path: /\/roles$/u }, times: 99, answer: { status: 429, resetInSeconds: 60 } });
    const child = startRolewright(['drift', '-s', 'dev'], { cwd, env: { ...emulator.environment } });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (text.includes('limits the rate')) child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toContain('error RW6501  cancelled before anything was changed');
    expect(code).toBe(8);
  });
});
