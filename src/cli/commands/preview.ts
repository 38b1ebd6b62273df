import type { Command } from 'commander';
import { Option } from 'commander';
import type { Plan } from '../../model/plan.ts';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { loadDesiredState } from '../load-desired-state.ts';
import { examples, formatOptions, stackOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { outcome } from '../outcome.ts';
import { printPlan, reconcileRequest } from '../reconciling.ts';
import { runCommand } from '../run-command.ts';

interface PreviewOptions {
  readonly stack?: string;
  readonly format: 'text' | 'json';
  readonly refresh?: boolean;
  readonly engineDetail?: boolean;
  readonly detailedExitcode?: boolean;
  readonly expectNoChanges?: boolean;
}

/** `rolewright preview`. */
export function addPreview(program: Command): void {
  const command = program
    .command('preview')
    .summary('say in words what up would change')
    .description('Runs the real engine over a stack and says in words what up would change. Changes nothing.')
    .addOption(stackOption())
    .option('--refresh', 'compare with the tenant itself, not with what the last run left in the state')
    .option('--engine-detail', "show the engine's own output too, on stderr")
    .option('--detailed-exitcode', 'exit with 0 for no change, 1 for an error, 2 for changes')
    .addOption(new Option('--expect-no-changes', 'exit with 7 if there are changes').conflicts('detailedExitcode'))
    .addHelpText(
      'after',
      examples([
        ['preview --stack dev', 'what would change'],
        ['preview --stack production --refresh', 'also find what somebody changed by hand'],
        ['preview --stack staging --expect-no-changes', 'in a job that watches for drift'],
      ]),
    );
  for (const option of formatOptions(['text', 'json'])) command.addOption(option);
  command.action(() => {
    const options = command.opts<PreviewOptions>();
    const settled = options.detailedExitcode === true ? { settle: detailed } : {};
    return runCommand(command, (host) => previewBody(host, options), settled);
  });
}

async function previewBody(host: Host, options: PreviewOptions): Promise<Outcome> {
  const json = options.format === 'json';
  const { desired, files, diagnostics, failure } = await loadDesiredState(host, options.stack);
  if (desired === null) return outcome({ files, diagnostics, failure, json });
  const { preview } = await import('../../reconcile/preview.ts');
  const [plan, problems] = await preview(reconcileRequest(host, desired, options));
  host.progress.stop();
  const all = { files, diagnostics: [...diagnostics, ...problems], json };
  if (plan === null) return outcome(all);
  await printPlan(host, plan, desired, options.format);
  return outcome({ ...all, exitCode: exitCodeOfPlan(plan, options) });
}

/** Changes are no failure unless the command line says so. `detailed` turns the expectation's code into a 2. */
function exitCodeOfPlan(plan: Plan, { detailedExitcode, expectNoChanges }: PreviewOptions): Outcome['exitCode'] {
  const asked = detailedExitcode === true || expectNoChanges === true;
  return asked && plan.changes.length > 0 ? exitCodes.expectation : exitCodes.clean;
}

/** As Terraform has it: 0 no change, 2 changes, 1 whatever went wrong; cancelled and a bug keep their codes. */
function detailed(exitCode: number): number {
  if (exitCode === exitCodes.expectation) return 2;
  const kept: readonly number[] = [exitCodes.clean, exitCodes.cancelled, exitCodes.bug];
  return kept.includes(exitCode) ? exitCode : 1;
}
