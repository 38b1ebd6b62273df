import { delimiter, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { Call } from '../../emulator/calls.ts';
import type { Emulator, Fault } from '../../emulator/start-emulator.ts';
import type { SubscriptionName } from '../../emulator/subscriptions.ts';
import type { Host } from '../host.ts';
import { examples } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';
import type { TenantEnvironment } from '../tenant-environment.ts';

interface EmulatorOptions {
  readonly port: number;
  readonly store?: string;
  readonly scopeRemoval: 'cascade' | 'refuse';
  readonly subscription?: SubscriptionName;
  readonly rateLimit?: { readonly burst: number; readonly perSecond: number };
  readonly fault?: readonly string[];
  readonly trace?: boolean;
}

/** `rolewright emulator`. Ctrl-C is how it ends when started by hand, so that is 0. */
export function addEmulator(program: Command): void {
  const command = program
    .command('emulator')
    .summary('run a loopback tenant: Management API and sign-in on this machine')
    .description(
      'Runs a loopback tenant over https. By hand it prints the variables to paste into another terminal, and stays ' +
        'until Ctrl-C. With -- COMMAND it runs the command with those variables, and ends with its exit code.',
    )
    .usage('[flags] [-- COMMAND ARGS...]')
    .argument('[command...]', 'a command to run against the tenant')
    .option('--port <number>', 'the port, 0 for any that is free', portOf, 0)
    .option('--store <file>', 'keep the tenant in this SQLite file; without it, it is forgotten at the end')
    .addOption(
      new Option('--scope-removal <how>', 'what removing a scope does that somebody holds')
        .choices(['cascade', 'refuse'])
        .default('cascade'),
    )
    .addOption(
      new Option('--subscription <name>', 'the limits that Auth0 sets to those who pay so much').choices([
        'free',
        'self-service',
        'enterprise',
        'enterprise-non-production',
      ] satisfies SubscriptionName[]),
    )
    .option(
      '--rate-limit <B,R>',
      "allow B calls at once and R more a second, in place of the subscription's",
      rateLimitOf,
    )
    .option(
      '--fault <fault>',
      'what is to go wrong, as in "POST /roles 503"; may be given several times',
      (text: string, earlier: readonly string[] = []) => [...earlier, text],
    )
    .option('--trace', 'print every call on stderr')
    .addHelpText(
      'after',
      examples([
        ['emulator', 'a tenant for other terminals'],
        ['emulator -- rolewright up --stack dev --yes', 'apply dev to an empty tenant, and count the calls'],
        ['emulator --store tenant.sqlite --trace', 'a tenant that stays, every call in sight'],
        ['emulator --fault "POST /roles lost" -- COMMAND', 'the first role is made, and the answer never arrives'],
      ]),
    );
  command.action((words: readonly string[]) =>
    runCommand(command, (host) => emulatorBody(host, words, command.opts<EmulatorOptions>()), {
      endsOnInterrupt: true,
    }),
  );
}

async function emulatorBody(host: Host, words: readonly string[], options: EmulatorOptions): Promise<Outcome> {
  const emulator = await start(host, options);
  if ('message' in emulator) return failure(emulator.message);
  const { tenantEnvironment } = await import('../tenant-environment.ts');
  const environment = await tenantEnvironment(host, emulator, options.store);
  try {
    const [command, ...args] = words;
    if (command === undefined) return await stayForHand(host, emulator, environment);
    const { runChild } = await import('../run-child.ts');
    const env = { ...host.env, ...environment.variables, PATH: pathOf(host, environment) };
    // `rolewright` means this one, whether or not it is on PATH.
    const own =
      command === 'rolewright'
        ? [process.execPath, fileURLToPath(new URL('../start.mjs', import.meta.url))]
        : [command];
    const ended = await runChild([...own, ...args], host.root, env);
    if ('problem' in ended) return failure(ended.problem);
    return outcome({ exitCode: ended.exitCode, closing: await counts(emulator) });
  } finally {
    await emulator.stop();
    environment.stop();
  }
}

async function start(host: Host, options: EmulatorOptions): Promise<Emulator | Error> {
  const { startEmulator } = await import('../../emulator/start-emulator.ts');
  const { port, store, scopeRemoval, subscription, rateLimit, trace } = options;
  try {
    const faults = await faultsOf(options.fault ?? []);
    const emulator = await startEmulator({
      port,
      scopeRemoval,
      ...(store === undefined ? {} : { store: resolve(host.root, store) }),
      ...(subscription === undefined ? {} : { subscription }),
      ...(rateLimit === undefined ? {} : { rateLimit }),
      ...(trace === true ? { onCall: (call: Call) => host.complain(`${traceLine(call)}\n`) } : {}),
    });
    for (const fault of faults) emulator.addFault(fault);
    return emulator;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    return taken ? new Error(`port ${port} is taken`) : error;
  }
}

async function faultsOf(texts: readonly string[]): Promise<Fault[]> {
  const { faultGrammar, readFault } = await import('../../emulator/fault-notation.ts');
  const { terminalText } = await import('../../report/terminal-text.ts');
  return texts.map((text) => {
    const fault = readFault(text);
    if (fault === undefined) throw new Error(`no such fault: ${terminalText(text)}. ${faultGrammar}`);
    return fault;
  });
}

async function stayForHand(host: Host, emulator: Emulator, environment: TenantEnvironment): Promise<Outcome> {
  const { shellExports } = await import('../../report/shell-exports.ts');
  host.say(`A loopback tenant runs at https://${emulator.domain} until Ctrl-C. Paste this into another terminal:`);
  host.out(shellExports(environment.variables, environment.path));
  if (!host.signal.aborted) {
    await new Promise<void>((done) => host.signal.addEventListener('abort', () => done(), { once: true }));
  }
  return outcome({ closing: await counts(emulator) });
}

/** "12 calls reached the tenant, 7 of them writes". */
async function counts(emulator: Emulator): Promise<string> {
  const { counted } = await import('../../report/tally.ts');
  const calls = emulator.calls();
  return `${counted(calls.length, 'call')} reached the tenant, ${calls.filter(({ isWrite }) => isWrite).length} of them writes`;
}

function traceLine({ number, method, path, query, status, milliseconds }: Call): string {
  const target = query === '' ? path : `${path}?${query}`;
  return `${String(number).padStart(4)}  ${method.padEnd(6)}  ${status}  ${target}  ${Math.round(milliseconds)} ms`;
}

function pathOf(host: Host, { path }: TenantEnvironment): string {
  return [...path, host.env.PATH ?? ''].filter((folder) => folder !== '').join(delimiter);
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a number from 0 to 65535.');
}

function rateLimitOf(text: string): { burst: number; perSecond: number } {
  const [burst = Number.NaN, perSecond = Number.NaN, ...more] = text.split(',').map(Number);
  if (Number.isInteger(burst) && burst > 0 && perSecond > 0 && more.length === 0) return { burst, perSecond };
  throw new InvalidArgumentError('Expected two numbers as in 10,2: ten calls at once, two more a second.');
}
