import type { Command } from 'commander';
import type { Diagnostic } from '../../language/diagnostic.ts';
import { hasErrors } from '../../language/diagnostic.ts';
import type { DesiredState } from '../../model/desired-state.ts';
import type { Plan } from '../../model/plan.ts';
import type { PlanFile } from '../../reconcile/plan-file.ts';
import type { Upped } from '../../reconcile/up.ts';
import { ask } from '../ask.ts';
import { exitCodes } from '../exit-code.ts';
import { areGates, collected, gateOption, gatesOf } from '../gate-option.ts';
import type { Host } from '../host.ts';
import { loadDesiredState } from '../load-desired-state.ts';
import { examples, stackOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure as failed, outcome } from '../outcome.ts';
import { isPlan, readPlan } from '../plan-files.ts';
import { printPlan, reconcileRequest, toldOf } from '../reconciling.ts';
import { runCommand } from '../run-command.ts';
import type { RunRecord } from '../run-record.ts';

interface UpOptions {
  readonly stack?: string;
  readonly yes?: boolean;
  readonly plan?: string;
  readonly refresh?: boolean;
  readonly gate: readonly string[];
  readonly override: readonly string[];
  readonly reason?: string;
  readonly record?: string;
  readonly engineDetail?: boolean;
}

/** `rolewright up`. */
export function addUp(program: Command): void {
  const command = program
    .command('up')
    .summary('apply what preview says')
    .description('Says in words what will change, asks, and applies it with the real engine.')
    .addOption(stackOption())
    .option('-y, --yes', 'do not ask; needed where nobody can be asked')
    .option('--refresh', 'compare with the tenant itself, not with what the last run left in the state')
    .option('--plan <file>', 'carry out exactly the plan that preview has saved; exit with 7 if anything has moved')
    .addOption(gateOption())
    .option('--override <guard>', 'go past this one guard; may be given several times', collected, [])
    .option('--reason <text>', 'why the overrides are right, for the record')
    .option('--record <file>', 'add the record of this run to a file; if not said, to .rolewright/records.jsonl')
    .option('--engine-detail', "show the engine's own output too, on stderr")
    .addHelpText(
      'after',
      examples([
        ['up --stack dev', 'shows the plan and asks'],
        ['up --stack staging --yes', 'in a pipeline'],
        ['up --plan plan.json --yes', 'what was reviewed, and nothing else'],
        ['up --stack production --override maximum-removal', 'the guard that refused says its name'],
      ]),
    );
  command.action(() => runCommand(command, (host) => upBody(host, command.opts<UpOptions>())));
}

async function upBody(host: Host, options: UpOptions): Promise<Outcome> {
  const yes = options.yes === true;
  if (!yes && !host.interactive) {
    return failed(
      'up asks before it changes anything, and here is nobody to ask',
      'give --yes to apply without asking',
    );
  }
  const gates = await gatesOf(options.gate);
  if (!areGates(gates)) return gates;
  const planFile = options.plan === undefined ? null : await readPlan(host, options.plan, options.stack);
  if (planFile !== null && !isPlan(planFile)) return planFile;
  const loaded = await loadDesiredState(host, planFile?.stack ?? options.stack);
  const { desired, files, diagnostics, failure } = loaded;
  if (desired === null) return outcome({ files, diagnostics, failure });
  const [{ up }, { openRecord, recordPath }] = await Promise.all([
    import('../../reconcile/up.ts'),
    import('../run-record.ts'),
  ]);
  const record = options.record ?? recordPath;
  const unrecorded = await openRecord(host, record);
  if (unrecorded !== null) {
    return failed(`no record can be kept in ${record}: ${unrecorded}`, 'name another file with --record');
  }
  let shown = false;
  let declined = false;
  const show = async (plan: Plan) => {
    host.progress.stop();
    if (!shown) await printPlan(host, plan, desired, 'text');
    shown = true;
  };
  const [result, problems] = await up({
    ...reconcileRequest(host, { desired, diagnostics }, { ...options, gates }),
    ...(planFile === null ? {} : { planFile }),
    overrides: options.override,
    confirm: async (plan) => {
      const question = `\nApply this to stack ${desired.environment.name}?`;
      await show(plan);
      declined = !(yes || plan.changes.length === 0 || (await ask(host, question)));
      return !declined;
    },
  });
  if (result !== null) {
    await show(result.plan);
    await remember(host, { options, record, planFile, desired, upped: result, declined, problems });
  }
  const all = { files, diagnostics: toldOf(loaded, problems) };
  if (declined) return outcome({ ...all, closing: 'Nothing was changed.', exitCode: exitCodes.cancelled });
  const applied = result?.applied === true && result.plan.changes.length > 0;
  return outcome({ ...all, closing: applied ? `Applied to stack ${desired.environment.name}.` : null });
}

interface Ended {
  readonly options: UpOptions;
  readonly record: string;
  readonly planFile: PlanFile | null;
  readonly desired: DesiredState;
  readonly upped: Upped;
  readonly declined: boolean;
  readonly problems: readonly Diagnostic[];
}

/** Keeps the record of a run that came to a plan. One that cannot be written is told, and does not undo the run. */
async function remember(host: Host, { options, record, planFile, desired, upped, declined, problems }: Ended) {
  const { keepRecord } = await import('../run-record.ts');
  await keepRecord(host, record, {
    desired,
    upped,
    planFile: planFile?.digest ?? null,
    gates: [...new Set([...(planFile?.gates ?? []), ...options.gate])].sort(),
    reason: options.reason ?? null,
    result: resultOf(upped, declined, problems),
    problems: problems.filter(({ severity }) => severity === 'error').map(({ code }) => code),
  }).catch((error: Error) => host.complain(`the record of this run cannot be kept in ${record}: ${error.message}\n`));
}

function resultOf({ applied }: Upped, declined: boolean, problems: readonly Diagnostic[]): RunRecord['result'] {
  if (declined) return 'declined';
  if (hasErrors(problems)) return 'refused or failed';
  return applied ? 'applied' : 'nothing to do';
}
