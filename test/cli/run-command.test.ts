import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Run } from './run-rolewright.ts';
import { cleanEnvironment } from './run-rolewright.ts';

const folder = new URL('../../src/cli/', import.meta.url).href;

/** Starts a process whose one verb has this body; `outcome`, `host` and `wait` are at hand. */
function startBody(body: string, args: readonly string[] = [], options = '{}') {
  const script = `
    const { Command } = await import('commander');
    const { runCommand } = await import('${folder}run-command.ts');
    const { outcome, failure } = await import('${folder}outcome.ts');
    const { diagnostic } = await import('${folder}../language/diagnostic.ts');
    const { setTimeout: wait } = await import('node:timers/promises');
    const command = new Command('verb').option('--debug').option('-q, --quiet');
    command.action(() => runCommand(command, async (host) => { ${body} }, ${options}));
    await command.parseAsync(process.argv);
  `;
  return spawn(process.execPath, ['--input-type=module', '-e', script, 'x', ...args], {
    env: cleanEnvironment(),
    cwd: new URL('../..', import.meta.url),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function ended(child: ReturnType<typeof startBody>): Promise<Run> {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...texts })));
}

function runBody(body: string, args: readonly string[] = [], options = '{}'): Promise<Run> {
  return ended(startBody(body, args, options));
}

describe('runCommand', () => {
  it('calls what nobody foresaw a bug, and shows where with --debug alone', async () => {
    const [short, long] = await Promise.all([
      runBody('throw new Error("no such luck")'),
      runBody('throw new Error("no such luck")', ['--debug']),
    ]);
    expect(short).toEqual({
      code: 255,
      stdout: '',
      stderr: 'this is a bug in Rolewright, please report it: no such luck\n   help: --debug shows where it happened\n',
    });
    expect(long.code).toBe(255);
    expect(long.stderr).toMatch(/Error: no such luck\n +at /u);
  });

  it('catches what is thrown outside of the body too', async () => {
    const [thrown, rejected] = await Promise.all([
      runBody('setTimeout(() => { throw new Error("late") }, 10); await wait(2000); return outcome()'),
      runBody('void Promise.reject(new Error("late")); await wait(2000); return outcome()'),
    ]);
    for (const run of [thrown, rejected]) {
      expect(run).toMatchObject({ code: 255, stderr: expect.stringContaining('please report it: late') });
    }
  });

  it('takes the exit code of the gravest diagnostic', async () => {
    const finding = "diagnostic('RW3115', null, {})";
    const noStack = "diagnostic('RW4101', null, { name: 'x' })";
    const runs = await Promise.all([
      runBody(`return outcome({ diagnostics: [${finding}] })`),
      runBody(`return outcome({ diagnostics: [${noStack}, ${finding}] })`),
      runBody("return failure('no')"),
      runBody('return outcome({ exitCode: 7 })'),
      runBody('return outcome({ exitCode: 7 })', [], '{ settle: (code) => code + 1 }'),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([1, 6, 2, 7, 8]);
  });

  it('writes all of a long output before it ends', async () => {
    const { stdout, code } = await runBody("host.out('x'.repeat(5_000_000)); return outcome()");
    expect([code, stdout.length]).toEqual([0, 5_000_000]);
  });

  it('ends although something is left open', async () => {
    expect(await runBody('setInterval(() => {}, 1000); return outcome()')).toMatchObject({ code: 0 });
  });

  it('says what takes long, and nothing of what does not', async () => {
    const [long, short, quiet] = await Promise.all([
      runBody(
        "host.progress.tell('Counting'); await wait(1500); for (const message of ['1 of 3', '2 of 3', '3 of 3']) host.progress.tell(message); await wait(1500); return outcome()",
      ),
      runBody("host.progress.tell('Counting'); return outcome()"),
      runBody("host.progress.tell('Counting'); await wait(1500); return outcome()", ['-q']),
    ]);
    expect(long.stderr).toBe('Counting …\n3 of 3 …\n');
    expect([short.stderr, quiet.stderr]).toEqual(['', '']);
  });
});

describe('an interruption', () => {
  const patient =
    "host.say('ready'); await wait(60_000, null, { signal: host.signal }).catch(() => {}); host.say('tidied');";
  const stubborn = "host.say('ready'); await wait(60_000); return outcome()";

  async function interrupted(body: string, signals: readonly NodeJS.Signals[], options = '{}'): Promise<Run> {
    const child = startBody(body, [], options);
    const run = ended(child);
    await new Promise((resolve) => child.stderr.once('data', resolve));
    for (const signal of signals) {
      child.kill(signal);
      await wait(200);
    }
    return run;
  }

  it('asks the running work to end, and ends with 8', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const run = await interrupted(`${patient} return outcome({ exitCode: 0 })`, [signal]);
      expect(run.code).toBe(8);
      expect(run.stderr).toMatch(/^ready\nStopping .*Ctrl-C again.*\ntidied\n$/u);
    }
  });

  it('is no bug when the work ends by throwing', async () => {
    const run = await interrupted("host.say('ready'); await wait(60_000, null, { signal: host.signal })", ['SIGINT']);
    expect(run.code).toBe(8);
    expect(run.stderr).not.toContain('bug');
  });

  it('ends at once the second time', async () => {
    expect((await interrupted(stubborn, ['SIGINT', 'SIGINT'])).code).toBe(8);
  });

  it('is the ordinary end of a verb that runs until then', async () => {
    const run = await interrupted(`${patient} return outcome()`, ['SIGINT'], '{ endsOnInterrupt: true }');
    expect(run).toEqual({ code: 0, stdout: '', stderr: 'ready\ntidied\n' });
  });
});
