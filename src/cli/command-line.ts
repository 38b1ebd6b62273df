import { Command, CommanderError, Help, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { addAdopt } from './commands/adopt.ts';
import { addAudit } from './commands/audit.ts';
import { addBuild } from './commands/build.ts';
import { addCheck } from './commands/check.ts';
import { addCodeowners } from './commands/codeowners.ts';
import { addComment } from './commands/comment.ts';
import { addCompletion } from './commands/completion.ts';
import { addDiff } from './commands/diff.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDrift } from './commands/drift.ts';
import { addEmulator } from './commands/emulator.ts';
import { addExplain } from './commands/explain.ts';
import { addFormat } from './commands/format.ts';
import { addHistory } from './commands/history.ts';
import { addInit } from './commands/init.ts';
import { addMatrix } from './commands/matrix.ts';
import { addMigrate } from './commands/migrate.ts';
import { addPreview } from './commands/preview.ts';
import { addPromote } from './commands/promote.ts';
import { addSchema } from './commands/schema.ts';
import { addShow } from './commands/show.ts';
import { addTest } from './commands/test.ts';
import { addUp } from './commands/up.ts';
import { addWhoCan } from './commands/who-can.ts';
import { exitCodeHelp, exitCodes } from './exit-code.ts';

const titles: Readonly<Record<string, string>> = { 'Options:': 'Flags:', 'Global Options:': 'Flags of every verb:' };

/** The command line: every verb with its help. What a verb does is loaded when it runs. */
export function commandLine(): Command {
  const help = new Help();
  const program = new Command('rolewright')
    .description('Permissions, roles and app-restricted roles as YAML, reconciled into an identity provider by Pulumi.')
    .version(packageJson.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .configureHelp({
      showGlobalOptions: true,
      helpWidth: 100,
      subcommandTerm: (command) => command.name(),
      commandUsage: (command) => help.commandUsage(command).replace('[options]', '[flags]'),
      styleTitle: (title) => titles[title] ?? title,
    })
    .showHelpAfterError('(rolewright --help shows all verbs and flags)')
    .usage('<verb> [flags]')
    .addOption(new Option('-C, --cwd <folder>', 'run as if started in this folder'))
    .addOption(
      new Option('--color <when>', 'colours; auto heeds FORCE_COLOR and NO_COLOR')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .addOption(new Option('--as-of <day>', 'the day that counts as today for what expires').argParser(dayOf))
    .option('-q, --quiet', 'say nothing but errors')
    .option('--debug', 'show where in Rolewright an unforeseen error happened');
  program.commandsGroup('Declare:');
  for (const add of [addCheck, addTest, addFormat, addSchema, addMigrate]) add(program);
  program.commandsGroup('Ask:');
  for (const add of [addShow, addMatrix, addExplain, addWhoCan, addBuild]) add(program);
  program.commandsGroup('Reconcile:');
  for (const add of [addPreview, addUp, addDrift, addAdopt, addAudit]) add(program);
  program.commandsGroup('Compare:');
  for (const add of [addDiff, addHistory, addPromote]) add(program);
  program.commandsGroup('Pull requests:');
  for (const add of [addComment, addCodeowners]) add(program);
  program.commandsGroup('Set up:');
  for (const add of [addInit, addEmulator, addDoctor, addCompletion]) add(program);
  program.addHelpCommand(new Command('help').description('print the help of a verb').argument('[verb]'));
  return program.addHelpText('after', `\nExit codes:\n  ${exitCodeHelp}`);
}

/** Reads the command line and runs what it says; sets the exit code, also where it says nothing sensible. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = commandLine();
  for (const command of [program, ...program.commands]) command.exitOverride();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `--help | head`: whoever reads has enough. A terminal that is gone answers EIO.
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has printed it, and would end with 1. With --detailed-exitcode a 2 says that there are changes, so a
    // wrong command line must not.
    const usage = argv.includes('--detailed-exitcode') ? exitCodes.findings : exitCodes.usage;
    process.exitCode = error.exitCode === 0 ? exitCodes.clean : usage;
  }
}

function dayOf(text: string): string {
  const exists = /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
  if (!exists) throw new InvalidArgumentError('Expected a day: YYYY-MM-DD.');
  return text;
}
