import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mainFile, repositoryOf } from '../cli/run-rolewright.ts';
import type { EmulatorOfTest } from '../emulator/emulator-of-test.ts';
import { emulatorOfTest } from '../emulator/emulator-of-test.ts';
import { driftDesired, driftDocuments } from '../report/drift/declared.ts';
import { layOutTenant, observedAsDeclared } from '../support/observed.ts';
import type { JobRun } from './run-job.ts';
import { runJob, withoutKeycloak } from './run-job.ts';
import { initWorkflows, workflowOf } from './workflow.ts';

const file = initWorkflows.find(({ path }) => path.endsWith('/permissions-drift.yaml'));
const job = file === undefined ? undefined : workflowOf(file).jobs?.drift;

/** The scopes that the workflow says its client needs. */
const client = { clientId: 'reader', clientSecret: 'of-this-test', scopes: ['read:roles', 'read:resource_servers'] };

/** A repository into which Rolewright has been installed. */
function installed(): string {
  const folder = repositoryOf(driftDocuments);
  const bin = join(folder, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'rolewright'), `#!/bin/sh\nexec "${process.execPath}" "${mainFile}" "$@"\n`);
  chmodSync(join(bin, 'rolewright'), 0o755);
  return folder;
}

function night(emulator: EmulatorOfTest, secret = client.clientSecret): Promise<JobRun> {
  const { SSL_CERT_FILE = '' } = emulator.environment;
  const known = {
    ...withoutKeycloak,
    'matrix.stack': 'dev',
    'vars.AUTH0_DOMAIN': emulator.domain,
    'vars.AUTH0_CLIENT_ID': client.clientId,
    'secrets.AUTH0_CLIENT_SECRET': secret,
  };
  return runJob({ ...job }, { folder: installed(), known, env: { SSL_CERT_FILE } });
}

test('the workflow passes while nothing differs, fails with words where something does, and only reads', async () => {
  const emulator = await emulatorOfTest({ clients: [client] });
  await layOutTenant(emulator, observedAsDeclared(driftDesired()));
  emulator.resetCalls();
  expect(await night(emulator)).toMatchObject({
    failed: false,
    summary: expect.stringMatching(/^### No drift: .* is as stack dev declares\n/u),
  });
  expect(emulator.calls().filter(({ isWrite }) => isWrite)).toEqual([]);

  const cashier = emulator.snapshot().roles.find(({ name }) => name === 'Cashier');
  await emulator.send('PATCH', `/roles/${cashier?.id}`, { description: 'Changed.' });
  const differing = await night(emulator);
  expect(differing.failed).toBe(true);
  expect(differing.steps.map(({ code }) => code)).toEqual([1]);
  expect(differing.summary).toContain('\n#### Till\n\n```diff\n~ Cashier has another description\n');
});

test('the workflow fails where nobody knows, and says why', async () => {
  const emulator = await emulatorOfTest({ clients: [client] });
  const refused = await night(emulator, 'wrong');
  expect(refused.steps.map(({ code }) => code)).toEqual([3]);
  expect(refused.summary).toMatch(/^ {4}error RW6303 .* refused the credentials/u);
});
