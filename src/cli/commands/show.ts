import type { Command } from 'commander';
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

type Shown = EffectiveApplication['roles'][number] | EffectiveApplication['customRoles'][number];

/** `rolewright show ROLE`. */
export function addShow(program: Command): void {
  const command = program
    .command('show')
    .summary('print a role: what it may do, and why')
    .description('Prints a role: what it inherits, what it may do at which level, and the line that says so.')
    .argument('<role>', 'the role as application/role: productiv/basic-user')
    .addHelpText(
      'after',
      examples([
        ['show productiv/basic-user', 'its permissions, each with file and line'],
        ['show productiv/collaboration-owners', 'a custom role, with its apps'],
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

function find(model: EffectiveModel, reference: string): { role: Shown; application: EffectiveApplication } | null {
  for (const application of model.applications) {
    for (const role of [...application.roles, ...application.customRoles]) {
      if (`${application.definition.name}/${role.definition.name}` === reference) return { role, application };
    }
  }
  return null;
}

async function unknown(model: EffectiveModel, reference: string): Promise<Failure | null> {
  const { nearestName } = await import('../../language/nearest-name.ts');
  const known = model.applications.flatMap((application) =>
    [...application.roles, ...application.customRoles].map(
      (role) => `${application.definition.name}/${role.definition.name}`,
    ),
  );
  // Without its application a name may mean several roles, so it is never guessed, only suggested.
  const sameName = known.filter((name) => name.endsWith(`/${reference}`));
  const nearest = sameName.length > 0 ? sameName.join('" or "') : nearestName(reference, known);
  const help = nearest === null ? `there are ${known.join(', ')}` : `did you mean "${nearest}"?`;
  return failure(`there is no role "${reference}"`, help).failure;
}
