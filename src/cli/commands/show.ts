import type { Command } from 'commander';
import type { Holder } from '../../analysis/explain/holder.ts';
import type { EffectiveApplication, EffectiveModel } from '../../model/effective-model.ts';
import type { Host } from '../host.ts';
import { loadModel } from '../load-model.ts';
import { examples, formatOptions } from '../options.ts';
import type { Failure, Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface ShowOptions {
  readonly format: 'text' | 'json';
}

/** `rolewright show ROLE`. */
export function addShow(program: Command): void {
  const command = program
    .command('show')
    .summary('print a role: what it may do, and why')
    .description(
      'Prints a role: what it inherits, what it may do at which level, and the line that says so. Of an assignment also ' +
        'who holds it, until when, and for which apps.',
    )
    .argument('<role>', 'a role, custom role or assignment as application/name: productiv/basic-user')
    .addHelpText(
      'after',
      examples([
        ['show productiv/basic-user', 'its permissions, each with file and line'],
        ['show productiv/collaboration-owners', 'a custom role, with its apps'],
        ['show productiv/zoom-administrators', 'an assignment, with its people and their last days'],
        ['show productiv/basic-user --format json', 'the same as data'],
      ]),
    );
  for (const option of formatOptions(['text', 'json'])) command.addOption(option);
  command.action((role: string) => runCommand(command, (host) => showBody(host, role, command.opts<ShowOptions>())));
}

async function showBody(host: Host, reference: string, { format }: ShowOptions): Promise<Outcome> {
  const json = format === 'json';
  const { model, files, diagnostics } = await loadModel(host);
  if (model === null) return outcome({ files, diagnostics, json });
  const found = find(model, reference);
  if (found === null) {
    return outcome({ files, diagnostics, json, failure: await unknown(model, reference) });
  }
  const { role, application } = found;
  if (json) {
    const { jsonText } = await import('../../report/json.ts');
    const { roleData } = await import('../../report/role-data.ts');
    host.out(jsonText(roleData(role, application)));
  } else {
    const { roleText } = await import('../../report/role-text.ts');
    host.out(roleText(role, application, host.paint.out));
  }
  return outcome({ files, diagnostics, json });
}

function find(model: EffectiveModel, reference: string) {
  for (const application of model.applications) {
    const role = holdersOf(application).find((holder) => referenceOf(holder, application) === reference);
    if (role !== undefined) return { role, application };
  }
  return null;
}

function holdersOf({ roles, customRoles, assignments }: EffectiveApplication): readonly Holder[] {
  return [...roles, ...customRoles, ...assignments];
}

function referenceOf({ definition }: Holder, application: EffectiveApplication): string {
  return `${application.definition.name}/${definition.name}`;
}

async function unknown(model: EffectiveModel, reference: string): Promise<Failure | null> {
  const { nearestName } = await import('../../language/nearest-name.ts');
  const known = model.applications.flatMap((application) =>
    holdersOf(application).map((holder) => referenceOf(holder, application)),
  );
  // Without its application a name may mean several roles, so it is never guessed, only suggested.
  const sameName = known.filter((name) => name.endsWith(`/${reference}`));
  const nearest = sameName.length > 0 ? sameName.join('" or "') : nearestName(reference, known);
  const help = nearest === null ? `there are ${known.join(', ')}` : `did you mean "${nearest}"?`;
  return failure(`there is no role "${reference}"`, help).failure;
}
