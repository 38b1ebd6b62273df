import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanEnvironment } from '../cli/run-rolewright.ts';
import { actionFile, workflowOf } from './workflow.ts';

const script = join(import.meta.dirname, '../../action/run.mjs');
const defaults = Object.entries(workflowOf(actionFile).inputs ?? {}).map(([name, input]) => [
  name,
  input.default ?? '',
]);

/** What the installed Rolewright answers: for each call, by its first words, the code and the text. */
type Answers = Readonly<Record<string, readonly [code: number, stdout: string]>>;

/** A Rolewright that says what it is told to say, and writes down how it was called and with which token. */
const stub = `import { appendFileSync, writeFileSync } from 'node:fs';
const args = process.argv.slice(2);
const { GITHUB_TOKEN: token = null, INPUT_GITHUB_TOKEN: input = null } = process.env;
appendFileSync('calls.jsonl', JSON.stringify({ args, token, input }) + '\\n');
const plan = args.indexOf('--plan');
if (args[0] === 'preview') writeFileSync(args[plan + 1], JSON.stringify({ plan: { changes: [{}] } }));
const answers = JSON.parse(process.env.ANSWERS);
const [code, stdout] = answers[Object.keys(answers).find((key) => args.join(' ').includes(key))] ?? [0, ''];
process.stdout.write(stdout);
if (code === 5) process.stderr.write('refused: @nobody\\n');
process.exitCode = code;
`;

interface Call {
  readonly args: readonly string[];
  readonly token: string | null;
  readonly input: string | null;
}

/** Runs the action's script as its one step does. */
function act(inputs: Readonly<Record<string, string>>, answers: Answers = {}, event: object = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-action-'));
  const own = join(folder, 'node_modules/rolewright');
  for (const path of [own, join(folder, 'node_modules/commander')]) {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'index.js'), '');
  }
  const manifest = {
    name: 'rolewright',
    type: 'module',
    bin: { rolewright: 'cli.mjs' },
    exports: { './package.json': './package.json' },
  };
  writeFileSync(join(own, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(own, 'cli.mjs'), stub);
  writeFileSync(join(folder, 'event.json'), JSON.stringify(event));
  const given = { ...Object.fromEntries(defaults), 'work-dir': folder, 'github-token': 'ghs_secret', ...inputs };
  const asInput = (name: string) => `INPUT_${name.toUpperCase().replaceAll('-', '_')}`;
  const file = (name: string) => join(folder, name);
  const run = spawnSync(process.execPath, [script], {
    cwd: tmpdir(),
    encoding: 'utf8',
    env: cleanEnvironment({
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [asInput(name), value])),
      ANSWERS: JSON.stringify(answers),
      RUNNER_TEMP: folder,
      GITHUB_REPOSITORY: 'acme/permissions',
      GITHUB_EVENT_PATH: file('event.json'),
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
    }),
  });
  const read = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '');
  const calls = read('calls.jsonl')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Call]));
  const outputs = Object.fromEntries(
    [...read('output').matchAll(/^([\w-]+)=(.*)$/gmu)].map(([, name, value]) => [name, value]),
  );
  return { code: run.status, stdout: run.stdout, stderr: run.stderr, calls, outputs, summary: read('summary') };
}

const difference = (more: object) =>
  JSON.stringify({ control: [], catalogs: [], subjects: [], provisioning: [], environments: [], ...more });

describe('the action', () => {
  it('checks, with annotations, and hands the findings on', () => {
    const { code, stdout, calls, outputs } = act({ command: 'check' }, { check: [1, '::error file=a.yaml::wrong\n'] });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '::error file=a.yaml::wrong\n' });
    expect(calls.map(({ args }) => args)).toEqual([['check', '--format', 'github', '--strict']]);
    expect(outputs).toEqual({ 'exit-code': '1' });
  });

  it('compares the merge with its base, and says what it comes to', () => {
    const answers: Answers = {
      markdown: [5, '### Viewer gains\n'],
      github: [5, '::warning::gain\n'],
      json: [5, difference({ subjects: [{ severity: 'low' }, { severity: 'high' }] })],
    };
    const { code, stdout, calls, outputs, summary } = act(
      { command: 'diff', gates: 'no-sensitive\n max-removal=25% ' },
      answers,
    );
    const asked = [
      'diff',
      '--quiet',
      'HEAD^1...HEAD',
      '--gate',
      'no-sensitive',
      '--gate',
      'max-removal=25%',
      '--format',
    ];
    expect(calls.map(({ args }) => args)).toEqual(['markdown', 'github', 'json'].map((format) => [...asked, format]));
    expect({ code, summary }).toEqual({
      code: 5,
      summary: '### Viewer gains\n\n#### Refused\n\n    refused: @nobody\n',
    });
    expect(outputs).toMatchObject({ 'exit-code': '5', changes: 'true', risk: 'high' });
    expect(readFileSync(outputs.report ?? '', 'utf8')).toBe(summary);
    expect(stdout).toContain('::warning::gain\n');
  });

  it('compares a group of a merge queue with what is before it', () => {
    const answers: Answers = { markdown: [0, 'none'], json: [0, difference({})] };
    const { calls, outputs } = act({ command: 'diff' }, answers, { merge_group: { base_sha: 'abc123' } });
    expect(calls[0]?.args[2]).toBe('abc123...HEAD');
    expect(outputs).toMatchObject({ changes: 'false', risk: 'none' });
    expect(act({ command: 'diff', base: 'v1' }, answers).calls[0]?.args[2]).toBe('v1...HEAD');
  });

  it('comments with the token, which no other call sees', () => {
    const answers: Answers = {
      markdown: [0, '### Viewer gains\n'],
      json: [0, difference({})],
      comment: [0, 'https://x\n'],
    };
    const event = { pull_request: { head: { repo: { full_name: 'acme/permissions' } } } };
    const { code, stdout, calls, outputs } = act({ command: 'diff', 'comment-on-pr': 'true' }, answers, event);
    expect(code).toBe(0);
    expect(calls.at(-1)).toEqual({
      args: ['comment', outputs.report, '--name', 'diff'],
      token: 'ghs_secret',
      input: null,
    });
    for (const call of calls.slice(0, -1)) expect(call).toMatchObject({ token: null, input: null });
    expect(stdout).not.toContain('ghs_secret');
  });

  it('does not comment from a fork, and fails where commenting fails elsewhere', () => {
    const answers: Answers = { markdown: [0, 'text'], json: [0, difference({})], comment: [3, ''] };
    const fork = { pull_request: { head: { repo: { full_name: 'mallory/permissions' } } } };
    const inputs = { command: 'diff', 'comment-on-pr': 'true', 'comment-on-pr-number': '7' };
    const forked = act(inputs, answers, fork);
    expect(forked.code).toBe(0);
    expect(forked.calls.map(({ args }) => args[0])).not.toContain('comment');
    const own = act(inputs, answers);
    expect(own.code).toBe(3);
    expect(own.calls.at(-1)?.args.slice(-2)).toEqual(['--pr', '7']);
  });

  it('previews into a plan and applies that plan', () => {
    const inputs = { 'stack-name': 'staging', plan: 'plan.json', override: 'maximum-removal' };
    const previewed = act(
      { ...inputs, command: 'preview', 'expect-no-changes': 'true' },
      { preview: [7, 'Desk\n  + ```\n'] },
    );
    const plan = previewed.outputs['plan-json'] ?? '';
    expect(previewed.calls[0]?.args).toEqual([
      'preview',
      '--quiet',
      '--stack',
      'staging',
      '--plan',
      plan,
      '--expect-no-changes',
    ]);
    expect(previewed).toMatchObject({ code: 7, summary: '### Preview of staging\n\n    Desk\n      + ```\n' });
    expect(previewed.outputs).toMatchObject({ changes: 'true', 'exit-code': '7' });
    const applied = act({ ...inputs, command: 'up' }, { up: [0, 'Desk\n'] });
    const flags = ['--yes', '--plan', 'plan.json', '--override', 'maximum-removal'];
    expect(applied.calls[0]?.args).toEqual(['up', '--stack', 'staging', ...flags]);
  });

  it('says so where nothing could be told', () => {
    const { code, summary, outputs } = act({ command: 'diff' }, { diff: [2, ''] });
    expect(code).toBe(2);
    expect(summary).toBe('### What this changes cannot be told: `rolewright diff` ended with 2, see the run\n');
    expect(outputs).toEqual({ 'exit-code': '2', report: expect.any(String) });
  });

  it('lets no line of a report be a command to the runner', () => {
    const answers: Answers = { markdown: [0, '::set-env::x\n  ::error::y\n'], json: [0, difference({})] };
    const { stdout } = act({ command: 'diff' }, answers);
    expect(stdout).toMatch(/^::stop-commands::([\w-]{36})\n::set-env::x\n {2}::error::y\n::\1::\n$/u);
  });

  it('says what is missing: a command that there is, and Rolewright where it is not installed', () => {
    expect(act({ command: 'destroy' })).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('there is check, diff, preview and up, not "destroy"'),
    });
    const elsewhere = mkdtempSync(join(tmpdir(), 'rolewright-action-'));
    cpSync(dirname(script), join(elsewhere, 'action'), { recursive: true });
    const env = cleanEnvironment({ INPUT_COMMAND: 'check', INPUT_WORK_DIR: elsewhere });
    const run = spawnSync(process.execPath, [join(elsewhere, 'action/run.mjs')], { env, encoding: 'utf8' });
    expect(run.status).toBe(2);
    expect(run.stdout).toContain(`Rolewright is not installed in ${elsewhere}: run \`npm ci\` before this step`);
  });
});
