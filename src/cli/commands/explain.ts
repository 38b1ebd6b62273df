import type { Command } from 'commander';
import { Option } from 'commander';
import type { Explanation } from '../../analysis/explain/explanation.ts';
import type { Diagnostic, Result } from '../../language/diagnostic.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { loadModel } from '../load-model.ts';
import { examples, formatOptions } from '../options.ts';
import type { Failure, Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface ExplainOptions {
  readonly format: 'text' | 'json';
  readonly app?: string;
  readonly area?: string;
}

/** `rolewright explain ROLE [PERMISSION]`. */
export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .summary('why a role has, or has not, a permission')
    .description(
      'Says why a role has a permission: every chain of lines that gives it, and what a person would lose without it. ' +
        'Or why not: what a person loses, and which roles would give it, least privilege first. Without a permission: ' +
        'everything that the role has not.',
    )
    .argument('<role>', 'a role, custom role or assignment as application/name: productiv/basic-user')
    .argument(
      '[permission]',
      'as application/section/permission:level: productiv/data/spend-data:edit; without the level, every level of it',
    )
    .option('--app <app>', 'for this app, as application/app: productiv/zoom; custom roles count then too')
    .addOption(
      new Option('--area <text>', 'instead of a permission: a page or action as the caller names it, or a part of it'),
    )
    .addHelpText(
      'after',
      examples([
        ['explain productiv/basic-user productiv/data/spend-data:edit', 'why not, and who could'],
        ['explain flex-rental/warehouse-lead flex-rental/inventory/view-inventory', 'why, and what it is good for'],
        ['explain flex-rental/front-desk', 'what it has not'],
        ['explain flex-rental/front-desk --area "ROI Dashboard"', 'which permission opens a page'],
      ]),
    );
  for (const option of formatOptions(['text', 'json'])) command.addOption(option);
  command.action(async (role: string, permission: string | undefined) => {
    let isMistaken = false;
    const body = async (host: Host): Promise<Outcome> => {
      const options = command.opts<ExplainOptions>();
      const json = options.format === 'json';
      const { model, files, diagnostics } = await loadModel(host);
      if (model === null) return outcome({ files, diagnostics, json });
      const { explanation, mistakes, refused } = await explain(model, role, permission, options);
      isMistaken = mistakes.length > 0;
      if (explanation !== null) host.out(await text(explanation, json, host));
      return outcome({ files, diagnostics: [...diagnostics, ...mistakes], json, failure: refused });
    };
    // A name that is not there is a mistake of the command line, not a finding in the documents.
    await runCommand(command, body, { settle: (exitCode) => (isMistaken ? exitCodes.usage : exitCode) });
  });
}

interface Explained {
  readonly explanation: Explanation | null;
  readonly mistakes: readonly Diagnostic[];
  readonly refused: Failure | null;
}

async function explain(
  model: EffectiveModel,
  role: string,
  reference: string | undefined,
  { app: appReference, area }: ExplainOptions,
): Promise<Explained> {
  const [{ lookUpHolder }, { lookUpApp }, { lookUpPermission }] = await Promise.all([
    import('../../analysis/explain/look-up-holder.ts'),
    import('../../model/look-up/look-up-app.ts'),
    import('../../model/look-up/look-up-permission.ts'),
  ]);
  const [found, noRole] = lookUpHolder(model, role);
  const [asked, noPermission] = reference === undefined ? nothing : lookUpPermission(model, reference);
  const application = found?.application ?? asked?.application;
  const [app, noApp] =
    appReference === undefined || application === undefined ? nothing : lookUpApp(application, appReference);
  const mistakes = [...noRole, ...noPermission, ...noApp];
  if (found === null || mistakes.length > 0) return { explanation: null, mistakes, refused: null };
  if (asked !== null && asked.application !== found.application) {
    const [mine, other] = [found.application.definition.name, asked.application.definition.name];
    return refuse(`${role} is of ${mine}, and ${reference} of ${other}`, 'ask for a permission of its own application');
  }
  if (asked !== null && area !== undefined)
    return refuse('a permission and --area are two questions', 'ask one of them');
  const titled = app === null ? null : { name: app.name, title: app.title };
  if (area !== undefined) {
    const { areaNames, explainArea } = await import('../../analysis/explain/explain-area.ts');
    const explanation = explainArea(found.holder, found.application, area, titled);
    if (explanation.matches.length > 0) return { explanation, mistakes, refused: null };
    const { nearestName } = await import('../../language/nearest-name.ts');
    const nearest = nearestName(area, areaNames(found.application.definition));
    const help = nearest === null ? 'only what a catalog says under whenDenied is found' : `did you mean "${nearest}"?`;
    return refuse(`no page and no action of ${found.application.definition.name} is called "${area}"`, help);
  }
  if (asked === null) {
    const { explainMissing } = await import('../../analysis/explain/explain-missing.ts');
    return { explanation: explainMissing(found.holder, found.application, titled), mistakes, refused: null };
  }
  const { explainPermission } = await import('../../analysis/explain/explain-permission.ts');
  const question = { ...found, permission: asked.permission, level: asked.level?.name ?? null, app: titled };
  return { explanation: explainPermission(question), mistakes, refused: null };
}

const nothing: Result<null> = [null, []];

function refuse(message: string, help: string): Explained {
  return { explanation: null, mistakes: [], refused: failure(message, help).failure };
}

async function text(explanation: Explanation, json: boolean, host: Host): Promise<string> {
  if (json) return (await import('../../report/json.ts')).jsonText(explanation);
  return (await import('../../report/explain-text.ts')).explainText(explanation, host.columns, host.paint.out);
}
