import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import auditSchema from '../../../schemas/audit-v1.schema.json' with { type: 'json' };
import { weights } from '../../../src/analysis/audit/finding.ts';
import type { Emulator } from '../../../src/emulator/start-emulator.ts';
import { startEmulator } from '../../../src/emulator/start-emulator.ts';
import type { Run } from '../run-rolewright.ts';
import { repositoryOf, runRolewright } from '../run-rolewright.ts';
import { auditedDesk, orderlyDesk } from './audited-desk.ts';
import type { FilledTenant } from './filled-tenant.ts';
import { fillTenant } from './filled-tenant.ts';
import { prepareTenant, withoutChance } from './prepared-tenant.ts';

const golden = (name: string): string => readFileSync(join(import.meta.dirname, '../fixtures/audit', name), 'utf8');

/** Runs an audit of the environment "dev" on a day of its own. */
function audit(emulator: Emulator, root: string, ...args: readonly string[]): Promise<Run> {
  const all = ['audit', '--stack', 'dev', '--as-of', '2026-11-22', '-C', root, ...args];
  return runRolewright(all, { env: emulator.environment });
}

describe('rolewright audit, of a tenant with one of each kind', () => {
  const root = repositoryOf(auditedDesk);
  let emulator: Emulator;
  let tenant: FilledTenant;
  beforeAll(async () => {
    emulator = await startEmulator();
    tenant = await prepareTenant(emulator, root);
  });
  afterAll(() => emulator.stop());

  it.for([
    ['text', 'expected.txt'],
    ['csv', 'expected.csv'],
    ['json', 'expected.json'],
  ] as const)('says in %s what is expected, and ends with 1', async ([format, file]) => {
    const { code, stdout } = await audit(emulator, root, '--format', format);
    // Git keeps files with line feeds; CSV has the line ends of RFC 4180.
    expect(withoutChance(stdout, emulator, tenant).replaceAll('\r\n', '\n')).toBe(golden(file));
    expect(stdout.split('\r\n').length).toBe(format === 'csv' ? 17 : 1);
    expect(code).toBe(1);
  });

  it('finds each kind once, and nothing else, in the form that the schema describes', () => {
    const report = JSON.parse(golden('expected.json'));
    expect(report.findings.map(({ code }: { code: string }) => code)).toEqual(Object.keys(weights));
    const isAudit = new Ajv({ allErrors: true, strict: true }).compile(auditSchema);
    expect(isAudit(report) ? [] : isAudit.errors).toEqual([]);
    expect(isAudit({ ...report, more: true })).toBe(false);
    expect(isAudit({ ...report, findings: [{ ...report.findings[0], code: 'sideways' }] })).toBe(false);
  });

  it('is on its page in the documentation as it is said', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/audit.md'), 'utf8');
    expect(page).toContain(golden('expected.txt').replace('127.0.0.1:0', 'acme-dev.eu.auth0.com'));
  });

  it('makes no write, and as many calls as the page says', async () => {
    emulator.resetCalls();
    await audit(emulator, root);
    const calls = emulator.calls();
    expect(calls.filter(({ isWrite }) => isWrite)).toEqual([]);
    // ⌈A/10⌉ APIs, ⌈R/100⌉ lists, R = 11 roles; the 10 of them that matter; P = 13 people, twice.
    expect(calls.length).toBe(1 + 1 + 11 + 10 + 2 * 13);
    emulator.resetCalls();
    await audit(emulator, root, '--direct-permissions', 'nobody');
    expect(emulator.calls().length).toBe(1 + 1 + 11 + 10 + 13);
  });

  it('finds who holds a permission and no role where every user is asked', async () => {
    const nobody = '/users/auth0%7Cnobody/permissions';
    const body = { permissions: [{ resource_server_identifier: 'https://desk.example', permission_name: 'pay' }] };
    await tenant.call('POST', nobody, body);
    const ofNobody = ({ stdout }: Run) =>
      JSON.parse(stdout).findings.filter(
        ({ person }: { person: { id: string } | null }) => person?.id === 'auth0|nobody',
      );
    expect(ofNobody(await audit(emulator, root, '-j'))).toEqual([]);
    emulator.resetCalls();
    const everybody = await audit(emulator, root, '-j', '--direct-permissions', 'everybody');
    expect(ofNobody(everybody)).toMatchObject([{ code: 'direct-permission', weight: 'review' }]);
    // One list of users, the one other user, and the profile of that one.
    expect(emulator.calls().length).toBe(1 + 1 + 11 + 10 + 2 * 13 + 1 + 1 + 1);
    await tenant.call('DELETE', nobody, body);
  });

  it('finds what is held in an organization where it is to look there', async () => {
    const { id } = (await tenant.call('POST', '/organizations', { name: 'acme' })) as { id: string };
    await tenant.call('POST', `/organizations/${id}/members`, { members: ['auth0|nobody'] });
    const roles = [tenant.roleIds.get('Viewer'), tenant.roleIds.get('Zoom Viewers')];
    await tenant.call('POST', `/organizations/${id}/members/auth0%7Cnobody/roles`, { roles });
    const { stdout } = await audit(emulator, root, '--organizations');
    expect(stdout).toContain(
      '\n    The Desk: nobody@example.com (auth0|nobody) in acme holds restriction:none and restriction:zoom-viewers by ' +
        'Viewer and Zoom Viewers\n',
    );
    expect(stdout).toContain('; 1 organization read.\n');
    await tenant.call('DELETE', `/organizations/${id}`);
  });
});

describe('rolewright audit, of a tenant in order', () => {
  it('finds nothing, and ends with 0', async () => {
    const root = repositoryOf(orderlyDesk);
    const emulator = await startEmulator();
    const { person } = await fillTenant(emulator, root);
    for (const title of ['Keeper', 'Owner', 'Payer', 'Refunder', 'Signer', 'Viewer', 'Zoom Viewers']) {
      await person(title.toLowerCase().replace(' ', '-'), [title]);
    }
    const { code, stdout, stderr } = await audit(emulator, root);
    await emulator.stop();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replace(/127\.0\.0\.1:\d+/u, 'T')).toBe(
      [
        'Audit of dev, tenant T, as of 2026-11-22',
        '',
        'Looked at: 7 people with 7 roles; direct permissions of these people only; organizations were not read.',
        'Audit: nothing was found.',
        '',
      ].join('\n'),
    );
  });
});

describe('rolewright audit, where it may not', () => {
  const root = repositoryOf(orderlyDesk);

  it('names the scopes that the machine lacks, and ends with 3', async () => {
    const machine = { clientId: 'narrow', clientSecret: 'secret', scopes: ['read:roles', 'read:resource_servers'] };
    const emulator = await startEmulator({ clients: [machine] });
    await fillTenant(emulator, root);
    const { AUTH0_API_TOKEN: _, ...environment } = emulator.environment;
    const env = { ...environment, AUTH0_CLIENT_ID: 'narrow', AUTH0_CLIENT_SECRET: 'secret' };
    const { code, stdout, stderr } = await runRolewright(['audit', '-s', 'dev', '-C', root, '-j'], { env });
    await emulator.stop();
    expect(code).toBe(3);
    expect(stderr).toMatch(/error RW6304 {2}\S+ does not allow to read people: 403 .*read:users/u);
    expect(JSON.parse(stdout).diagnostics[0].code).toBe('RW6304');
  });

  it('wants a stack, and says which there are', async () => {
    const { code, stderr } = await runRolewright(['audit', '-C', root]);
    expect([code, stderr]).toEqual([2, 'error: no stack is named\n   help: give --stack NAME; there are dev\n']);
  });
});
