import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { cleanEnvironment } from '../cli/run-rolewright.ts';
import type { Job } from './workflow.ts';

/** What GitHub knows when a job runs: the value of each expression that it may meet, word for word. */
export type Expressions = Readonly<Record<string, string>>;

export interface StepRun {
  readonly name: string;
  /** null: its condition did not hold, or a step before it had failed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface JobRun {
  readonly steps: readonly StepRun[];
  readonly failed: boolean;
  /** Of all steps. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What the steps have put into the summary of the run. */
  readonly summary: string;
}

/** Where a job runs, and what it finds there. */
export interface Runner {
  /** What is checked out. */
  readonly folder: string;
  readonly known: Expressions;
  readonly env: Expressions;
  /** Its folder for temporary files, where another job has left some in it. */
  readonly temporary?: string;
}

/** The variables of a stack on Keycloak, for a job of one on Auth0: GitHub has an empty text for what is not set. */
export const withoutKeycloak: Expressions = {
  'vars.KEYCLOAK_URL': '',
  'vars.KEYCLOAK_REALM': '',
  'vars.KEYCLOAK_CLIENT_ID': '',
  'secrets.KEYCLOAK_CLIENT_SECRET': '',
};

/**
 * Runs the scripts of a job, one after the other, as the runner does: the shell's own flags, outputs and
 * summary as files, nothing more after a failure. Steps that use an action are left out, and the one that installs.
 */
export async function runJob(job: Job, { folder, known, env, temporary = newFolder() }: Runner): Promise<JobRun> {
  const file = (name: string) => join(temporary, name);
  for (const name of ['summary', 'output']) writeFileSync(file(name), '');
  const values: Record<string, string> = { ...known };
  const evaluate = (expression: string): string => {
    const value = values[expression];
    if (value === undefined) throw new Error(`no value for ${expression}`);
    return value;
  };
  const steps: StepRun[] = [];
  const outputs: Record<string, string> = {};
  let failed = false;
  for (const { name = '', id, run, if: condition, env: own = {} } of job.steps ?? []) {
    if (run === undefined || name === 'Install') continue;
    if (failed || (condition !== undefined && evaluate(condition) !== 'true')) {
      steps.push({ name, code: null, stdout: '', stderr: '' });
      continue;
    }
    const replaced = Object.entries(own).map(([key, text]) => [
      key,
      text.replace(/\$\{\{ (.*?) \}\}/gu, (_, expression: string) => evaluate(expression)),
    ]);
    writeFileSync(file('script.sh'), run);
    const result = await runScript(file('script.sh'), folder, {
      ...env,
      ...Object.fromEntries(replaced),
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      RUNNER_TEMP: temporary,
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
    });
    steps.push({ name, ...result });
    failed = result.code !== 0;
    for (const [, key = '', value = ''] of readFileSync(file('output'), 'utf8').matchAll(/^([\w-]+)=(.*)$/gmu)) {
      outputs[key] = value;
      values[`steps.${id}.outputs.${key}`] = value;
    }
    writeFileSync(file('output'), '');
  }
  return { steps, failed, outputs, summary: readFileSync(file('summary'), 'utf8') };
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'rolewright-job-'));
}

function runScript(script: string, cwd: string, env: Expressions): Promise<Omit<StepRun, 'name'>> {
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', script];
  const child = spawn('bash', args, {
    cwd,
    env: cleanEnvironment({ ...env, CI: 'true' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<Omit<StepRun, 'name'>>();
  child.on('error', reject);
  child.on('close', (code) => resolve({ code, ...texts }));
  return promise;
}
