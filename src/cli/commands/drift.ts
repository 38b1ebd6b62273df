import type { Command } from 'commander';
import { Option } from 'commander';
import type { DesiredState } from '../../model/desired-state.ts';
import type { Drift } from '../../model/drift.ts';
import { detailedExitCode } from '../detailed-exit-code.ts';
import { exitCodes } from '../exit-code.ts';
import { collected } from '../gate-option.ts';
import type { Host } from '../host.ts';
import { loadDesiredState } from '../load-desired-state.ts';
import { examples, formatOptions, stackOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { outcome } from '../outcome.ts';
import { toldOf } from '../reconciling.ts';
import { runCommand } from '../run-command.ts';

interface DriftOptions {
  readonly format: 'text' | 'markdown' | 'json';
  readonly stack?: string;
  readonly people?: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly detailedExitcode?: boolean;
}

/** `rolewright drift`. */
export function addDrift(program: Command): void {
  const command = program
    .command('drift')
    .summary('say in words where the tenant is not as declared')
    .description(
      'Reads the roles and APIs of the tenant itself, without the engine, and says which differ from what is declared, in ' +
        'which direction, what of it is dangerous, and what repairs it. Changes nothing. Exits with 1 if anything differs.',
    )
    .addOption(stackOption())
    .option('--people', 'look for the people who are declared to hold roles, too: a call or more for each role')
    .addOption(repeatable('--include <title>', 'compare these roles only; * stands for anything'))
    .addOption(repeatable('--exclude <title>', 'leave these roles out'))
    .option('--detailed-exitcode', 'exit with 0 for no drift, 1 for an error, 2 for drift')
    .addHelpText(
      'after',
      examples([
        ['drift --stack production', 'what somebody changed by hand, or a run left behind'],
        ['drift --stack production --people', 'also who lost a role that is declared for them'],
        ["drift --stack dev --exclude 'Trial *'", 'without the roles of another team'],
        ['drift --stack production --format markdown', 'for an issue'],
        ['drift --stack production --detailed-exitcode', 'in a job that tells drift from a failure'],
      ]),
    );
  for (const option of formatOptions(['text', 'markdown', 'json'])) command.addOption(option);
  command.action(() => {
    const options = command.opts<DriftOptions>();
    const settled = options.detailedExitcode === true ? { settle: detailedExitCode } : {};
    return runCommand(command, (host) => driftBody(host, options), settled);
  });
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description}; repeatable`).argParser(collected).default([], 'none');
}

async function driftBody(host: Host, options: DriftOptions): Promise<Outcome> {
  const json = options.format === 'json';
  const loaded = await loadDesiredState(host, options.stack);
  const { desired, files, diagnostics, failure } = loaded;
  if (desired === null) return outcome({ files, diagnostics, failure, json });
  const { findDrift } = await import('../../reconcile/drift/find-drift.ts');
  const [drift, problems] = await findDrift({
    desired,
    env: host.env,
    signal: host.signal,
    onProgress: host.progress.tell,
    choice: options,
    people: options.people === true,
  });
  host.progress.stop();
  const all = { files, diagnostics: toldOf(loaded, problems), json };
  if (drift === null) return outcome(all);
  host.out(await textOf(drift, desired, options.format, host));
  if (drift.deviations.length === 0) return outcome(all);
  // `detailedExitCode` makes a 2 of the former, and a 1 of whatever else went wrong.
  return outcome({ ...all, exitCode: options.detailedExitcode === true ? exitCodes.expectation : exitCodes.findings });
}

/** GitHub takes no longer body of an issue or a comment; what is left is for whoever posts it. */
const markdownLimit = 64_000;

async function textOf(
  drift: Drift,
  desired: DesiredState,
  format: DriftOptions['format'],
  host: Host,
): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../../report/json.ts')).jsonText(drift);
    case 'markdown':
      return (await import('../../report/drift/markdown.ts')).driftMarkdown(drift, desired, markdownLimit);
    case 'text':
      return (await import('../../report/drift/text.ts')).driftText(drift, desired, host.paint.out);
  }
}
