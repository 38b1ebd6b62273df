import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from '../../src/cli/command-line.ts';
import { complete } from '../../src/cli/completion/complete.ts';
import type { Shell } from '../../src/cli/completion/scripts.ts';
import { scripts, shells } from '../../src/cli/completion/scripts.ts';
import { cleanEnvironment, mainFile, repositoryOf, runRolewright } from './run-rolewright.ts';

const run = promisify(execFile);
const repository = repositoryOf();

/** What is offered for the last of these words, without what is said of it. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const lines = await complete(commandLine(), words, null, repository);
  return lines.map((line) => line.split('\t', 1)[0] ?? '');
}

describe('what is offered', () => {
  it('are verbs, each with what it does', async () => {
    const verbs = await offered('');
    expect(verbs).toEqual(expect.arrayContaining(['check', 'show', 'up', 'completion', 'help']));
    expect(verbs).not.toContain('complete');
    expect(await offered('che')).toEqual(['check']);
    expect(await offered('help', 'che')).toEqual(['check']);
    expect(await complete(commandLine(), ['che'], null, repository)).toEqual([
      'check\tfind every problem in the documents',
    ]);
  });

  it('are flags of the verb and of every verb, and their choices', async () => {
    const flags = await offered('check', '--');
    expect(flags).toEqual(expect.arrayContaining(['--format', '--strict', '--cwd', '--quiet', '--help']));
    expect(flags).not.toContain('--stack');
    expect(await offered('--co')).toEqual(['--color']);
    expect(await offered('check', '--format', 's')).toEqual(['sarif']);
    expect(await offered('check', '--format=s')).toEqual(['--format=sarif']);
    expect(await offered('--color', '')).toEqual(['auto', 'always', 'never']);
    expect(await offered('--quiet', 'check', '--color=al')).toEqual(['--color=always']);
    expect(await offered('completion', '')).toEqual([...shells]);
  });

  it('are roles, permissions, apps, applications and stacks of the repository', async () => {
    const roles = await offered('show', '');
    expect(roles).toEqual(expect.arrayContaining(['desk/editor', 'desk/viewer', 'desk/chat-owners']));
    expect(await offered('explain', 'desk/ed')).toEqual(['desk/editor']);
    const permissions = await offered('explain', 'desk/editor', '');
    expect(permissions).toContain('desk/data/contract-data:edit');
    expect(await offered('who-can', 'desk/data/contract-data:e')).toEqual(['desk/data/contract-data:edit']);
    expect(await offered('who-can', '--app', '')).toEqual(expect.arrayContaining(['desk/zoom']));
    expect(await offered('matrix', '--application', '')).toEqual(['desk']);
    expect(await offered('matrix', '-a', '')).toEqual(['desk']);
    expect(await offered('preview', '--stack', '')).toEqual(['dev']);
    expect(await offered('preview', '--stack=d')).toEqual(['--stack=dev']);
  });

  it('are names of the folder that the command line names', async () => {
    const lines = await complete(commandLine(), ['-C', repository, 'show', 'desk/ed'], null, tmpdir());
    expect(lines.map((line) => line.split('\t', 1)[0])).toEqual(['desk/editor']);
    expect(await complete(commandLine(), ['show', ''], null, tmpdir())).toEqual([]);
  });

  it('are no permissions of another application than the role before', async () => {
    expect(await offered('explain', 'other/editor', 'desk/')).toEqual([]);
  });

  it("are the shell's own files where the command line takes one", async () => {
    expect(await offered('--cwd', '')).toEqual([':files']);
    expect(await offered('emulator', '--store', 'te')).toEqual([':files']);
    expect(await offered('emulator', '--', 'np')).toEqual([':files']);
  });

  it('is nothing where nothing is known', async () => {
    for (const words of [
      ['nonsense', ''],
      ['check', ''],
      ['show', 'desk/editor', ''],
      ['check', '--nonsense='],
    ]) {
      expect(await offered(...words)).toEqual([]);
    }
  });

  it('begins behind the last character at which bash cuts, whose pieces are one word', async () => {
    const answer = (...pieces: readonly string[]) => complete(commandLine(), pieces, ' :=', repository);
    expect(await answer('who-can', 'desk/data/contract-data', ':', 'ed')).toEqual(['edit']);
    expect(await answer('who-can', 'desk/data/contract-data', ':')).toEqual(expect.arrayContaining(['edit', 'view']));
    expect(await answer('who-can', 'desk/data/contract-data')).toContain('desk/data/contract-data:edit');
    expect(await answer('check', '--format', '=', 'sa')).toEqual(['sarif']);
    expect(await answer('check', '--format', '=')).toContain('sarif');
    expect(await answer('preview', '--stack', '=', 'd')).toEqual(['dev']);
    expect(await answer('explain', 'desk/editor', 'desk/data/contract-data', ':', 'ed')).toEqual(['edit']);
  });
});

describe('rolewright complete', () => {
  it('is silent, whatever is wrong', async () => {
    const broken = mkdtempSync(join(tmpdir(), 'rolewright-broken-'));
    mkdirSync(join(broken, 'roles'));
    writeFileSync(join(broken, 'roles/broken.yaml'), 'kind: Role\nmetadata: [\n');
    writeFileSync(join(broken, 'rolewright.config.yaml'), 'nonsense: true\n');
    const command = ['complete', '--', 'show', ''];
    const runs = [broken, tmpdir()].map((cwd) => runRolewright(command, { cwd }));
    for (const result of await Promise.all(runs)) expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('reads the documents and checks nothing: zod is not even loaded', async () => {
    const { stderr } = await runRolewright(['complete', '--', 'show', 'desk/'], {
      cwd: repository,
      node: [
        '--import',
        'data:text/javascript,import{registerHooks}from"node:module";registerHooks({load(u,c,n){process.stderr.write(u+"\\n");return n(u,c)}})',
      ],
    });
    expect(stderr).toContain('/completion/complete.ts');
    expect(stderr).not.toMatch(/node_modules\/(zod|@pulumi|ajv)\/|pipeline\.ts/u);
  });
});

/** What is asked of every shell: the words behind `rolewright`, the last being typed, and the one answer. */
const asked: readonly (readonly [words: readonly string[], answer: string])[] = [
  [['who'], 'who-can'],
  [['check', '--str'], '--strict'],
  [['check', '--format', 'sa'], 'sarif'],
  [['preview', '--stack', ''], 'dev'],
  [['show', 'desk/ed'], 'desk/editor'],
  [['who-can', 'desk/data/contract-data:ed'], 'desk/data/contract-data:edit'],
];

const bin = mkdtempSync(join(tmpdir(), 'rolewright-shells-'));
beforeAll(() => {
  writeFileSync(join(bin, 'rolewright'), `#!/bin/sh\nexec '${process.execPath}' '${mainFile}' "$@"\n`);
  chmodSync(join(bin, 'rolewright'), 0o755);
  for (const shell of shells) writeFileSync(join(bin, shell), scripts[shell]);
});

/** Runs lines in a shell without its own start-up files, in the repository, with `rolewright` on the path. */
async function inShell(command: readonly string[], lines: readonly string[]): Promise<readonly string[]> {
  const [shell = '', ...flags] = command;
  const env = cleanEnvironment({ PATH: `${bin}:${process.env.PATH}` });
  const { stdout, stderr } = await run(shell, [...flags, '-c', lines.join('\n')], { cwd: repository, env });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(' ');

/** The name of a suite, which is skipped where its shell is not installed. */
function suite(shell: Shell): readonly [name: string, options: { readonly skip: boolean }] {
  const skip = spawnSync(shell, ['-c', 'true']).status !== 0;
  return [skip ? `${shell}: skipped, for it is not installed on this machine` : shell, { skip }];
}

describe('the scripts', () => {
  it('are printed', async () => {
    for (const shell of shells) {
      expect(await runRolewright(['completion', shell])).toEqual({ code: 0, stdout: scripts[shell], stderr: '' });
    }
    expect(await runRolewright(['completion', 'tcsh'])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe(...suite('bash'), () => {
  /** Completes as readline does: the words cut into pieces, and the function called that is registered. */
  const reply = (pieces: readonly string[]) =>
    inShell(
      ['bash', '--norc', '--noprofile'],
      [
        `source '${bin}/bash'`,
        '[[ $(complete -p rolewright) == "complete -F _rolewright rolewright" ]] || echo "not registered"',
        `COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:' COMP_WORDS=(rolewright ${quoted(pieces)}) COMP_CWORD=${pieces.length}`,
        '_rolewright rolewright',
        `printf '%s\\n' "$${'{COMPREPLY[@]}'}"`,
      ],
    );

  it('completes verbs, flags, choices, stacks, roles and permissions', async () => {
    const cut = (word: string) => word.split(/([:=]+)/u).filter((piece) => piece !== '');
    const pieces = asked.map(([words]) => words.flatMap((word) => (word === '' ? [''] : cut(word))));
    const answers = asked.map(([, answer]) => [answer.slice(answer.lastIndexOf(':') + 1)]);
    expect(await Promise.all(pieces.map(reply))).toEqual(answers);
    expect(await reply(['check', '--format', '=', 'sa'])).toEqual(['sarif']);
  });

  it('runs nothing of what is being typed, and leaves files to bash', async () => {
    expect(await reply(['show', '$(touch ran)', '`touch ran`', ''])).toEqual([]);
    expect(await reply(['--cwd', ''])).toEqual([]);
    expect(readdirSync(repository)).toEqual(['roles']);
  });
});

describe(...suite('zsh'), () => {
  /** What `_describe` is given: zsh's own needs a terminal. */
  const reply = (words: readonly string[]) =>
    inShell(
      ['zsh', '-f'],
      [
        'compdef() { [[ $* == "_rolewright rolewright" ]] || print "not registered" }',
        `_describe() { print -rl -- "$${'{(@P)2}'}" }`,
        `source '${bin}/zsh'`,
        `words=(rolewright ${quoted(words)}) CURRENT=${words.length + 1} PREFIX='${words.at(-1)}'`,
        '_rolewright',
      ],
    );

  it('completes verbs, flags, choices, stacks, roles and permissions', async () => {
    const replies = await Promise.all(asked.map(([words]) => reply(words)));
    // In what `_describe` takes, a colon within a word is behind a backslash, and another ends the word.
    const answered = replies.map((lines) => lines.map((line) => line.split(/(?<!\\):/u, 1)[0]?.replaceAll('\\', '')));
    expect(answered).toEqual(asked.map(([, answer]) => [answer]));
  });
});

describe(...suite('fish'), () => {
  it('completes verbs, flags, choices, stacks, roles and permissions', async () => {
    const lines = asked.map(([words]) => `complete -C '${['rolewright', ...words].join(' ')}'`);
    const replies = await Promise.all(
      lines.map((line) => inShell(['fish', '--no-config'], [`source '${bin}/fish'`, line])),
    );
    const answered = replies.map((reply) => reply.map((line) => line.split('\t', 1)[0]));
    expect(answered).toEqual(asked.map(([, answer]) => [answer]));
  });
});
