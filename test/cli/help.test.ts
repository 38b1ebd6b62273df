import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../src/cli/command-line.ts';
import { repositoryOf, runRolewright } from './run-rolewright.ts';

const verbs = [
  'adopt',
  'audit',
  'build',
  'check',
  'codeowners',
  'comment',
  'completion',
  'diff',
  'doctor',
  'drift',
  'emulator',
  'explain',
  'format',
  'history',
  'init',
  'matrix',
  'migrate',
  'preview',
  'promote',
  'schema',
  'show',
  'test',
  'up',
  'who-can',
];
const folder = mkdtempSync(join(tmpdir(), 'rolewright-modules-'));

/** The modules that a run loads: every URL that the loader was asked for. */
async function loadedModules(args: readonly string[], cwd: string): Promise<readonly string[]> {
  const list = join(folder, `${args[0]}.txt`);
  const hooks = join(folder, `${args[0]}.mjs`);
  writeFileSync(
    hooks,
    `import { registerHooks } from 'node:module';
     import { appendFileSync } from 'node:fs';
     registerHooks({ load(url, context, next) { appendFileSync(${JSON.stringify(list)}, url + '\\n'); return next(url, context); } });`,
  );
  const { code } = await runRolewright(args, { cwd, node: ['--import', hooks] });
  expect(code).toBe(0);
  return readFileSync(list, 'utf8').trim().split('\n');
}

describe('help', () => {
  it('lists every verb and the exit codes', async () => {
    const { code, stdout, stderr } = await runRolewright(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const verb of verbs) expect(stdout).toMatch(new RegExp(`^  ${verb} +\\w`, 'mu'));
    expect(stdout).toContain('255 a bug in Rolewright');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('of every verb has examples', () => {
    // `complete` answers the shell, never a person.
    const commands = commandLine().commands.filter((command) => command.name() !== 'complete');
    expect(commands.map((command) => command.name()).toSorted()).toEqual(verbs);
    for (const command of commands) {
      let text = '';
      command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
      expect(text).toMatch(new RegExp(`^Usage: rolewright ${command.name()} \\[flags\\]`, 'u'));
      expect(text).toContain(`$ rolewright ${command.name()}`);
      expect(text).toContain('--cwd');
      for (const line of text.split('\n').filter((part) => !part.includes('$ '))) {
        expect(line.length).toBeLessThanOrEqual(100);
      }
    }
  });

  it('needs commander and nothing else', async () => {
    const foreign = (await loadedModules(['--help'], folder)).filter((url) => url.includes('/node_modules/'));
    expect(foreign.filter((url) => !url.includes('/node_modules/commander/'))).toEqual([]);
  });

  it('and check never load Pulumi', async () => {
    const runs = [['--help'], ['check'], ['matrix'], ['show', 'desk/editor'], ['build', '--stack', 'dev']];
    const cwd = repositoryOf();
    for (const loaded of await Promise.all(runs.map((args) => loadedModules(args, cwd)))) {
      expect(loaded.length).toBeGreaterThan(5);
      expect(loaded.filter((url) => /pulumi|auth0@|node_modules\/auth0|hono/u.test(url))).toEqual([]);
    }
  });

  it('knows what a misspelt verb or flag means, and ends with 2', async () => {
    const runs = [['chek'], ['check', '--strct'], ['check', '--format', 'xml'], [], ['check', 'more']];
    const [verb, flag, ...others] = await Promise.all(runs.map((args) => runRolewright(args)));
    expect(verb).toMatchObject({ code: 2, stderr: expect.stringContaining('mean check?') });
    expect(flag).toMatchObject({ code: 2, stderr: expect.stringContaining('mean --strict?') });
    for (const run of others) expect(run).toMatchObject({ code: 2, stdout: '' });
  });

  it('has the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await runRolewright(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});
