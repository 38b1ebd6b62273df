import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import { tenantCall } from '../support/tenant-call.ts';
import type { PullRequestRepository } from '../workflows/pull-request-repository.ts';
import { pullRequestRepository } from '../workflows/pull-request-repository.ts';
import type { JobRun } from '../workflows/run-job.ts';
import { runJob, withoutKeycloak } from '../workflows/run-job.ts';
import { initWorkflows, workflowOf } from '../workflows/workflow.ts';

const file = initWorkflows.find(({ path }) => path.endsWith('/permissions-stack.yaml'));
const jobs = file === undefined ? {} : workflowOf(file).jobs;

let stack: TestStack;
let repository: PullRequestRepository;
let temporary: string;
beforeAll(async () => {
  stack = await startStack();
  repository = await pullRequestRepository();
  temporary = mkdtempSync(join(tmpdir(), 'rolewright-runner-'));
  const pulumi = join(import.meta.dirname, '../../node_modules/@pulumi');
  symlinkSync(pulumi, join(repository.folder, 'node_modules/@pulumi'));
});
afterAll(async () => {
  for (const folder of [repository.folder, temporary]) rmSync(folder, { recursive: true, force: true });
  await stack.stop();
});

/** Runs a step of the workflow that `init` writes for one stack; what it leaves for the next job stays. */
function step(name: 'plan' | 'apply', override = '', reason = ''): Promise<JobRun> {
  const job = jobs?.[name];
  const { AUTH0_DOMAIN = '', AUTH0_API_TOKEN = '', PULUMI_BACKEND_URL = '', PULUMI_CONFIG_PASSPHRASE = '' } = stack.env;
  const known = {
    ...withoutKeycloak,
    'inputs.stack': 'dev',
    'inputs.override': override,
    'inputs.reason': reason,
    'vars.AUTH0_DOMAIN': AUTH0_DOMAIN,
    'vars.AUTH0_CLIENT_ID': '',
    'secrets.AUTH0_CLIENT_SECRET': '',
    'vars.PULUMI_BACKEND_URL': PULUMI_BACKEND_URL,
    'secrets.PULUMI_ACCESS_TOKEN': '',
    'secrets.PULUMI_CONFIG_PASSPHRASE': PULUMI_CONFIG_PASSPHRASE,
  };
  const { PULUMI_HOME = '', SSL_CERT_FILE = '', NODE_EXTRA_CA_CERTS = '' } = stack.env;
  const env = { PULUMI_HOME, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, AUTH0_API_TOKEN, GITHUB_ACTOR: 'dana' };
  const steps = (job?.steps ?? []).filter((candidate) => candidate.run?.includes('rolewright'));
  return runJob({ steps }, { folder: repository.folder, known, env, temporary });
}

const viewer = 'roles/desk/roles/viewer.yaml';
const record = () => JSON.parse(readFileSync(join(temporary, 'record.jsonl'), 'utf8').trim().split('\n').at(-1) ?? '');
const writes = () => stack.emulator.calls().filter(({ isWrite }) => isWrite).length;

describe('the workflow of a stack, as init writes it', () => {
  test('plans, applies exactly that, and asks nobody where nothing changes', async () => {
    const planned = await step('plan');
    expect(planned).toMatchObject({ failed: false, outputs: { changes: 'true' } });
    expect(planned.summary).toContain('### Plan of dev\n\n    Plan for stack dev');
    expect(planned.summary).toContain('\n      + New role Viewer may\n');
    expect(writes()).toBe(0);
    const applied = await step('apply');
    expect(applied.steps[0]).toMatchObject({ code: 0, stdout: expect.stringMatching(/^(\| .*\n)+$/u) });
    expect(stack.emulator.snapshot().roles.map(({ name }) => name)).toEqual(['Administrator', 'Editor', 'Viewer']);
    expect(record()).toMatchObject({ stack: 'dev', who: expect.stringContaining('dana'), result: 'applied' });

    const again = await step('plan');
    expect({ failed: again.failed, outputs: again.outputs }).toEqual({ failed: false, outputs: {} });
  });

  test('applies nothing where the tenant has moved since the plan', async () => {
    repository.propose((edit) => edit(viewer).replace('Reads, and changes nothing.', 'Reads.'));
    expect(await step('plan')).toMatchObject({ failed: false, outputs: { changes: 'true' } });
    const role = stack.emulator.snapshot().roles.find(({ name }) => name === 'Viewer');
    await tenantCall(stack.emulator, 'PATCH', `/roles/${role?.id}`, { description: 'By hand.' });
    const before = writes();
    expect((await step('apply')).steps[0]).toMatchObject({ code: 7 });
    expect(writes()).toBe(before);
    expect(await step('plan')).toMatchObject({ failed: false });
    expect(await step('apply')).toMatchObject({ failed: false });
  });

  test('shows what a guard refuses, and goes past it only where somebody has said which and why', async () => {
    repository.propose((edit) => {
      edit('roles/environments/dev.yaml').replace(
        '  tenant: loopback\n',
        '  tenant: loopback\n  guards:\n    maximumRemoval: 1%\n',
      );
      edit('roles/desk/roles/administrator.yaml').replace('administration/manage-users', 'content/reports:edit');
      edit('roles/desk/tests.yaml').replace(
        '        - administration/manage-users\n        - content',
        '        - content',
      );
    });
    const refused = await step('plan');
    expect(refused.steps[0]?.code).toBe(5);
    expect(refused.summary).toContain('--override maximum-removal');
    expect(existsSync(join(temporary, 'plan.json'))).toBe(true);

    const planned = await step('plan', 'maximum-removal', 'The team is gone.\n');
    expect(planned).toMatchObject({ failed: false, outputs: { changes: 'true' } });
    expect(planned.summary).toContain('    To be gone past: maximum-removal\n    Because: The team is gone. \n');
    expect((await step('apply')).steps[0]?.code).toBe(5);
    expect((await step('apply', 'maximum-removal', 'The team is gone.')).steps[0]?.code).toBe(0);
    expect(record()).toMatchObject({ overrides: ['maximum-removal'], reason: 'The team is gone.', result: 'applied' });
  });
});
