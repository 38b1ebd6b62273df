import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignOff } from '../../../src/analysis/audit/sign-off.ts';
import type { Emulator } from '../../../src/emulator/start-emulator.ts';
import { startEmulator } from '../../../src/emulator/start-emulator.ts';
import { repositoryOf, runRolewright } from '../run-rolewright.ts';
import { auditedDesk } from './audited-desk.ts';
import type { FilledTenant } from './filled-tenant.ts';
import { prepareTenant } from './prepared-tenant.ts';

const root = repositoryOf(auditedDesk);
let emulator: Emulator;
let tenant: FilledTenant;
const audit = (...args: readonly string[]) =>
  runRolewright(['audit', '--stack', 'dev', '--as-of', '2026-11-22', '-C', root, ...args], {
    env: emulator.environment,
  });
const signed = (): SignOff => JSON.parse(readFileSync(join(root, 'q4.json'), 'utf8'));

beforeAll(async () => {
  emulator = await startEmulator();
  tenant = await prepareTenant(emulator, root);
});
afterAll(() => emulator.stop());

describe('rolewright audit --sign-off', () => {
  it('keeps what was found, who answers for it and when, without an address, for its owner alone', async () => {
    const { code, stderr } = await audit('--sign-off', 'q4.json', '--reviewer', 'Dana', '--note', 'Bob comes back.');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'Signed off to q4.json: `rolewright audit --since q4.json` says what has changed by then.',
    );
    expect(signed()).toMatchObject({
      kind: 'rolewright-sign-off',
      reviewer: 'Dana',
      note: 'Bob comes back.',
      stack: 'dev',
      asOf: '2026-11-22',
    });
    expect(signed().findings.length).toBe(15);
    expect(readFileSync(join(root, 'q4.json'), 'utf8')).not.toContain('@');
    expect(statSync(join(root, 'q4.json')).mode & 0o777).toBe(0o600);
  });

  it('wants somebody who signs, and a file that can be written', async () => {
    const nobody = await audit('--sign-off', 'other.json');
    expect([nobody.code, nobody.stderr]).toEqual([
      2,
      'error: --sign-off and --reviewer go together\n   help: somebody signs: --sign-off FILE --reviewer NAME, and may add --note TEXT\n',
    ]);
    const nowhere = await audit('--sign-off', 'no/such/folder.json', '--reviewer', 'Dana');
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain('the sign-off cannot be saved to no/such/folder.json: it is not there');
  });
});

describe('rolewright audit --since', () => {
  it('says that nothing has changed where nothing has', async () => {
    const { stdout } = await audit('--since', 'q4.json');
    expect(stdout).toMatch(
      /^Since \S+Z, signed off by Dana: 0 new, 0 changed, 15 unchanged, 0 gone; the model is the same$/mu,
    );
  });

  it('says what is new, what has changed, and what is gone', async () => {
    const uma = '/users/auth0%7Cuma/roles';
    await tenant.call('DELETE', uma, { roles: [tenant.roleIds.get('Payer')] });
    await tenant.person('vera', ['Editor']);
    await tenant.person('kurt', ['Keeper']);
    const { stdout } = await audit('--since', 'q4.json');
    expect(stdout).toContain('1 new, 1 changed, 13 unchanged, 1 gone');
    expect(stdout).toContain(
      '\n    NEW The Desk: vera@example.com (auth0|vera) holds Edit on Contract Data by Editor\n',
    );
    expect(stdout).toContain(
      '\n    CHANGED The Desk: Keeper is held by 3 people, and desk/one-keeper allows at most 1',
    );
    expect(stdout).toContain('\n  Gone\n    The Desk: auth0|uma holds Payer, and no assignment says so\n');
    const rows = (await audit('--since', 'q4.json', '--format', 'csv')).stdout.split('\r\n');
    expect(rows.filter((row) => row.includes(',gone,'))).toEqual([expect.stringContaining('auth0|uma')]);
    const { since, findings } = JSON.parse((await audit('--since', 'q4.json', '-j')).stdout);
    expect(since.states.length).toBe(findings.length);
    expect(since.gone).toMatchObject([{ code: 'undeclared-holder', person: { id: 'auth0|uma', address: null } }]);
  });

  it('does not call gone what was not looked at', async () => {
    const { stdout } = await audit('--since', 'q4.json', '--direct-permissions', 'nobody');
    expect(stdout).toContain('\n  Not looked at this time\n');
    expect(stdout).toMatch(/Not looked at this time\n.*fred.* Wipe directly, which .*\n.*fred.* Wipe directly\n/u);
    expect(stdout).toContain('1 gone; 2 not looked at this time');
  });

  it('refuses a file that somebody has changed, or that is not there, and asks the tenant nothing', async () => {
    const text = readFileSync(join(root, 'q4.json'), 'utf8');
    writeFileSync(join(root, 'edited.json'), text.replace('auth0|dana', 'auth0|dora'));
    emulator.resetCalls();
    const told = async (file: string) => {
      const { code, stdout, stderr } = await audit('--since', file);
      return [code, stdout, stderr.split('\n')[0]];
    };
    const wrong = (file: string, reason: string) => [
      2,
      '',
      `error RW6801  the sign-off ${file} cannot be used: ${reason}`,
    ];
    expect(await told('edited.json')).toEqual(wrong('edited.json', 'it was changed after it was signed'));
    expect(await told('none.json')).toEqual(wrong('none.json', 'it is not there'));
    expect(emulator.calls()).toEqual([]);
  });

  it('refuses what was signed of another tenant', async () => {
    const other = await startEmulator();
    const { code, stderr } = await runRolewright(['audit', '-s', 'dev', '-C', root, '--since', 'q4.json'], {
      env: other.environment,
    });
    const calls = other.calls();
    await other.stop();
    expect([code, calls]).toEqual([2, []]);
    expect(stderr).toContain(`RW6802  the sign-off q4.json is for tenant ${emulator.domain}`);
  });
});
