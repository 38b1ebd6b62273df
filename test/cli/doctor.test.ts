import { describe, expect, it } from 'vitest';
import { nodeFinding } from '../../src/cli/doctor/machine.ts';
import { repositoryOf, runRolewright } from './run-rolewright.ts';

const canary = 'canary-3f9c';

describe('rolewright doctor', () => {
  it('names credentials and never shows them', async () => {
    const env = {
      AUTH0_DOMAIN: '127.0.0.1:1',
      AUTH0_API_TOKEN: canary,
      AUTH0_CLIENT_ID: 'client',
      AUTH0_CLIENT_SECRET: canary,
      PULUMI_ACCESS_TOKEN: canary,
      PULUMI_CONFIG_PASSPHRASE: canary,
      PULUMI_BACKEND_URL: `https://user:${canary}@state.example?key=${canary}`,
    };
    for (const args of [['doctor'], ['doctor', '--format', 'json', '--debug']]) {
      const { code, stdout, stderr } = await runRolewright(args, { cwd: repositoryOf(), env });
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain(canary);
      expect(stdout).toContain('AUTH0_API_TOKEN');
      expect(stdout).toContain('https://state.example');
      expect(stdout).toContain('127.0.0.1:1 does not answer');
      expect(stderr).toMatch(/^Missing: .*tenant/mu);
    }
  });

  it('says what is there and what to do about the rest', async () => {
    const { stdout } = await runRolewright(['doctor', '--json'], { cwd: repositoryOf([]), env: { HOME: '/nowhere' } });
    const { schemaVersion, findings } = JSON.parse(stdout);
    expect(schemaVersion).toBe(1);
    const states = Object.fromEntries(
      findings.map(({ subject, state }: { subject: string; state: string }) => [subject, state]),
    );
    expect(states).toMatchObject({ node: 'ok', credentials: 'note', state: 'note', documents: 'missing' });
    for (const { state, advice } of findings) expect(advice === null).toBe(state === 'ok');
  });
});

describe('the doctor on Node', () => {
  it('wants what package.json says: 22.18, or 24.11 and newer', () => {
    const versions = ['20.20.2', '22.17.1', '22.18.0', '23.11.0', '24.10.0', '24.11.0', '26.0.0'];
    const good = versions.filter((version) => nodeFinding(version, '/x').state === 'ok');
    expect(good).toEqual(['22.18.0', '24.11.0', '26.0.0']);
  });
});
