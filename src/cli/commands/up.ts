import type { Command } from 'commander';
import type { Plan } from '../../model/plan.ts';
import { ask } from '../ask.ts';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { loadDesiredState } from '../load-desired-state.ts';
import { examples, stackOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure as failed, outcome } from '../outcome.ts';
import { printPlan, reconcileRequest } from '../reconciling.ts';
import { runCommand } from '../run-command.ts';

interface UpOptions {
  readonly stack?: string;
  readonly yes?: boolean;
  readonly refresh?: boolean;
  readonly override: readonly string[];
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
    .option('--override <guard>', 'go past this one guard; may be given several times', collect, [])
    .option('--engine-detail', "show the engine's own output too, on stderr")
    .addHelpText(
      'after',
      examples([
        ['up --stack dev', 'shows the plan and asks'],
        ['up --stack staging --yes', 'in a pipeline'],
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
  const { desired, files, diagnostics, failure } = await loadDesiredState(host, options.stack);
  if (desired === null) return outcome({ files, diagnostics, failure });
  const { up } = await import('../../reconcile/up.ts');
  let shown = false;
  let declined = false;
  const show = async (plan: Plan) => {
    host.progress.stop();
    if (!shown) await printPlan(host, plan, desired, 'text');
    shown = true;
  };
  const [result, problems] = await up({
    ...reconcileRequest(host, desired, options),
    overrides: options.override,
    confirm: async (plan) => {
      const question = `\nApply this to stack ${desired.environment.name}?`;
      await show(plan);
      declined = !(yes || plan.changes.length === 0 || (await ask(host, question)));
      return !declined;
    },
  });
  if (result !== null) await show(result.plan);
  const all = { files, diagnostics: [...diagnostics, ...problems] };
  if (declined) return outcome({ ...all, closing: 'Nothing was changed.', exitCode: exitCodes.cancelled });
  const applied = result?.applied === true && result.plan.changes.length > 0;
  return outcome({ ...all, closing: applied ? `Applied to stack ${desired.environment.name}.` : null });
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
