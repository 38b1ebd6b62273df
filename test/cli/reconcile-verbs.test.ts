import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../src/language/diagnostic.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Run } from './run-rolewright.ts';
import { changedDocuments, repositoryOf, runRolewright, startRolewright } from './run-rolewright.ts';

const cwd = repositoryOf();
const stub = fileURLToPath(new URL('stub-reconciler.ts', import.meta.url));
const summary = {
  rolesCreated: 0,
  rolesChanged: 1,
  rolesRemoved: 0,
  grantsAdded: 1,
  grantsRemoved: 0,
  applicationsCreated: 0,
  applicationsRemoved: 0,
  peopleAdded: 0,
  peopleRemoved: 0,
};
const none: Plan = { schemaVersion: 1, stack: 'dev', tenant: 'loopback', changes: [], summary };
const some: Plan = {
  ...none,
  changes: [
    {
      subject: 'role',
      action: 'update',
      application: 'desk',
      role: 'viewer',
      title: 'Viewer',
      direction: 'widening',
      gains: [
        {
          scopes: ['edit:contract-data'],
          reference: 'data/contract-data:edit',
          title: 'Contract Data',
          level: 'Edit',
          kind: 'permission',
          sensitive: true,
        },
      ],
      loses: [],
      renamedFrom: null,
      retitledFrom: null,
      described: false,
    },
  ],
};
const noEngine = diagnostic('RW6001', null, { found: 'no `pulumi` on PATH' }, { help: 'install it' });

function run(args: readonly string[], told: object, env: Record<string, string> = {}): Promise<Run> {
  return runRolewright(args, { cwd, node: ['--import', stub], env: { STUB: JSON.stringify(told), ...env } });
}

const preview = ['preview', '--stack', 'dev'];
const up = ['up', '--stack', 'dev', '--yes'];

describe('rolewright preview', () => {
  it('prints the plan in words, and ends with 0 although there are changes', async () => {
    expect(await run(preview, { plan: some })).toEqual({
      code: 0,
      stdout: [
        'Plan for stack dev, tenant loopback',
        '',
        'The Desk',
        '  + Viewer gains Edit on Contract Data   SENSITIVE',
        '',
        'Plan: 0 roles to create, 1 to change, 0 to remove; 1 permission granted, 0 taken away.',
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  it('prints the plan as data', async () => {
    const { code, stdout } = await run([...preview, '--format', 'json'], { plan: some });
    expect([code, JSON.parse(stdout)]).toEqual([0, some]);
  });

  it('has exit codes for changes', async () => {
    const code = async (flag: string, told: object) => (await run([...preview, flag], told)).code;
    const codes = await Promise.all([
      code('--detailed-exitcode', { plan: none }),
      code('--detailed-exitcode', { plan: some }),
      code('--detailed-exitcode', { plan: null, diagnostics: [noEngine] }),
      code('--detailed-exitcod', { plan: none }),
      code('--expect-no-changes', { plan: none }),
      code('--expect-no-changes', { plan: some }),
      code('--expect-no-changes', { plan: null, diagnostics: [noEngine] }),
    ]);
    expect(codes).toEqual([0, 2, 1, 2, 0, 7, 2]);
    expect((await run([...preview, '--detailed-exitcode', '--nonsense'], {})).code).toBe(1);
    expect((await run([...preview, '--detailed-exitcode', '--expect-no-changes'], { plan: some })).code).toBe(1);
  });

  it('shows what the engine says only when asked, on stderr', async () => {
    const { stdout, stderr } = await run([...preview, '--engine-detail', '--refresh'], { plan: none });
    expect(stderr).toBe('engine: dev refreshed\n');
    expect(stdout).toBe('No change: stack dev is as declared.\n');
  });

  it('prints a missing engine as one problem, and says so in JSON', async () => {
    const told = { plan: null, diagnostics: [noEngine] };
    expect(await run(preview, told)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error RW6001  the Pulumi engine was not found (no `pulumi` on PATH)\n   help: install it\n',
    });
    expect(JSON.parse((await run([...preview, '-j'], told)).stdout).diagnostics[0].code).toBe('RW6001');
  });

  it('ends with 6 for an unknown stack, and never asks the engine about wrong documents', async () => {
    expect((await run(['preview', '--stack', 'prod'], { throws: 'asked' })).code).toBe(6);
    const bad = repositoryOf(
      changedDocuments('roles/desk/roles/editor.yaml', (text) => text.replace('viewer', 'viewr')),
    );
    expect((await run([...preview, '-C', bad], { throws: 'asked' })).code).toBe(1);
  });

  it('ends with 8 when interrupted', async () => {
    const child = startRolewright(preview, {
      cwd,
      node: ['--import', stub],
      env: { STUB: JSON.stringify({ waits: true, plan: null, diagnostics: [noEngine] }) },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (text.includes('waiting')) child.kill('SIGINT');
    });
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(8);
    expect(stderr).toContain('Stopping');
  });
});

describe('rolewright up', () => {
  it('never asks where nobody can answer, and names the flag', async () => {
    expect(await run(['up', '--stack', 'dev'], { throws: 'asked' })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: up asks before it changes anything, and here is nobody to ask\n' +
        '   help: give --yes to apply without asking\n',
    });
  });

  it('shows the plan and says that it is applied', async () => {
    const { code, stdout, stderr } = await run([...up, '--override', 'a', '--override', 'b'], { plan: some });
    expect([code, stderr]).toEqual([0, 'overrides a b\nApplied to stack dev.\n']);
    expect(stdout).toContain('+ Viewer gains Edit on Contract Data   SENSITIVE');
  });

  it('says once that there is nothing to do', async () => {
    expect(await run(up, { plan: none })).toEqual({
      code: 0,
      stdout: 'No change: stack dev is as declared.\n',
      stderr: '',
    });
  });

  it('calls an unforeseen failure a bug', async () => {
    const { code, stderr } = await run(up, { throws: 'boom' });
    expect([code, stderr.includes('please report it: boom')]).toEqual([255, true]);
  });
});
