import type { Command } from 'commander';
import { Option } from 'commander';
import type { Result } from '../../language/diagnostic.ts';
import type { Plan } from '../../model/plan.ts';
import type { PlanFile } from '../../reconcile/plan-file.ts';
import type { ReconcileRequest } from '../../reconcile/request.ts';
import type { ChangeExpectations } from '../detailed-exit-code.ts';
import { detailedExitCode, exitCodeOfChanges } from '../detailed-exit-code.ts';
import { areGates, gateOption, gatesOf } from '../gate-option.ts';
import type { Host } from '../host.ts';
import { loadDesiredState } from '../load-desired-state.ts';
import { examples, formatOptions, stackOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { outcome } from '../outcome.ts';
import { printPlan, reconcileRequest, toldOf } from '../reconciling.ts';
import { runCommand } from '../run-command.ts';

interface PreviewOptions extends ChangeExpectations {
  readonly stack?: string;
  readonly format: 'text' | 'json';
  readonly plan?: string;
  readonly refresh?: boolean;
  readonly gate: readonly string[];
  readonly engineDetail?: boolean;
}

/** `rolewright preview`. */
export function addPreview(program: Command): void {
  const command = program
    .command('preview')
    .summary('say in words what up would change')
    .description('Runs the real engine over a stack and says in words what up would change. Changes nothing.')
    .addOption(stackOption())
    .option('--refresh', 'compare with the tenant itself, not with what the last run left in the state')
    .option('--plan <file>', 'read the tenant, and save the plan: `up --plan` carries out exactly this one')
    .addOption(gateOption())
    .option('--engine-detail', "show the engine's own output too, on stderr")
    .option('--detailed-exitcode', 'exit with 0 for no change, 1 for an error, 2 for changes')
    .addOption(new Option('--expect-no-changes', 'exit with 7 if there are changes').conflicts('detailedExitcode'))
    .addHelpText(
      'after',
      examples([
        ['preview --stack dev', 'what would change'],
        ['preview --stack production --refresh', 'also find what somebody changed by hand'],
        ['preview --stack production --plan plan.json', 'to be reviewed, and then applied as it is'],
        ['preview --stack production --gate no-new-access', 'exit with 5 if somebody could do more'],
        ['preview --stack staging --expect-no-changes', 'in a job that watches for drift'],
      ]),
    );
  for (const option of formatOptions(['text', 'json'])) command.addOption(option);
  command.action(() => {
    const options = command.opts<PreviewOptions>();
    const settled = options.detailedExitcode === true ? { settle: detailedExitCode } : {};
    return runCommand(command, (host) => previewBody(host, options), settled);
  });
}

async function previewBody(host: Host, options: PreviewOptions): Promise<Outcome> {
  const json = options.format === 'json';
  const gates = await gatesOf(options.gate);
  if (!areGates(gates)) return { ...gates, json };
  const loaded = await loadDesiredState(host, options.stack);
  const { desired, files, diagnostics, failure } = loaded;
  if (desired === null) return outcome({ files, diagnostics, failure, json });
  const request = reconcileRequest(host, { desired, diagnostics }, { ...options, gates });
  const [made, problems] = await ask(request, options.plan !== undefined);
  host.progress.stop();
  const all = { files, diagnostics: toldOf(loaded, problems), json };
  if (made === null) return outcome(all);
  await printPlan(host, made.plan, desired, options.format);
  const exitCode = exitCodeOfChanges(made.plan.changes.length > 0, options);
  if (options.plan === undefined || made.file === null) return outcome({ ...all, exitCode });
  const { savePlan } = await import('../plan-files.ts');
  const unsaved = await savePlan(host, options.plan, made.file);
  if (unsaved !== null) return outcome({ ...all, failure: unsaved });
  const closing = `Saved to ${options.plan}: \`rolewright up --plan ${options.plan}\` carries out exactly this.`;
  return outcome({ ...all, exitCode, closing });
}

async function ask(
  request: ReconcileRequest,
  forFile: boolean,
): Promise<Result<{ readonly plan: Plan; readonly file: PlanFile | null } | null>> {
  const { preview, previewForFile } = await import('../../reconcile/preview.ts');
  if (forFile) {
    const { product } = await import('../plan-files.ts');
    const [file, problems] = await previewForFile(request, product);
    return [file === null ? null : { plan: file.plan, file }, problems];
  }
  const [plan, problems] = await preview(request);
  return [plan === null ? null : { plan, file: null }, problems];
}
