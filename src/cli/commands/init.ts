import type { Command } from 'commander';
import { Option } from 'commander';
import type { TargetName } from '../../model/definitions.ts';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { moduleTypeOf } from '../init/module-type.ts';
import { examples, formatOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface InitOptions {
  readonly format: 'text' | 'json';
  readonly yes?: boolean;
  readonly application?: string;
  readonly target: TargetName;
}

/** `rolewright init`. The files that it has made are its data; what to do with them is talk. */
export function addInit(program: Command): void {
  const command = program
    .command('init')
    .summary('lay out a repository in an empty folder')
    .description(
      'Lays out a repository: a first catalog with roles and tests, an environment with its stack, the Pulumi project, ' +
        "the editor's settings, and workflows for pull requests. Overwrites nothing; prints the files that it made.",
    )
    .option('-y, --yes', 'do not ask; the application is called my-app unless you say otherwise')
    .option('--application <name>', 'the application whose permissions are declared')
    .addOption(
      new Option('--target <target>', 'the identity provider of the first environment')
        .choices(['auth0', 'keycloak'] satisfies TargetName[])
        .default('auth0'),
    )
    .addHelpText(
      'after',
      examples([
        ['init', 'asks for the name of the application'],
        ['init --yes --application help-desk', 'asks nothing'],
        ['init --yes --target keycloak', 'for a realm of Keycloak'],
      ]),
    );
  for (const option of formatOptions(['text', 'json'])) command.addOption(option);
  command.action(() =>
    runCommand(command, async (host) => {
      const options = command.opts<InitOptions>();
      return { ...(await initBody(host, options)), json: options.format === 'json' };
    }),
  );
}

async function initBody(host: Host, { yes = false, application, target, format }: InitOptions): Promise<Outcome> {
  const [{ askName, defaultName, nameProblem, nameRule }, project, { existing, layOut }] = await Promise.all([
    import('../init/application-name.ts'),
    import('../init/project-files.ts'),
    import('../init/lay-out.ts'),
  ]);
  const problem = application === undefined ? null : nameProblem(application);
  if (problem !== null) return failure(problem, nameRule);
  const type = await moduleTypeOf(host.root);
  const inTheWay = await existing(host.root, project.ownPaths(type));
  if (inTheWay.length > 0) {
    const help = 'run it in an empty folder, or give one with --cwd';
    return failure(`nothing is overwritten, and here is already ${inTheWay.join(', ')}`, help);
  }
  const asks = application === undefined && !yes && host.interactive;
  const name = asks ? await askName(host) : (application ?? defaultName);
  if (name === null) return nothingMade;

  const [{ firstDocuments }, { workflowFiles }, { titleOf }] = await Promise.all([
    import('../init/documents.ts'),
    import('../init/workflow-files.ts'),
    import('../../model/link/identity.ts'),
  ]);
  const title = titleOf(name);
  const documents = firstDocuments(name, title, target);
  const companions = [...project.companionFiles(name, title, target), ...(await workflowFiles())];
  const kept = await existing(
    host.root,
    companions.map(({ path }) => path),
  );
  const files = [
    ...documents,
    ...project.pulumiFiles(name, title, target, type, 'dev'),
    ...companions.filter(({ path }) => !kept.includes(path)),
  ];
  let made: readonly string[];
  try {
    made = await layOut(host.root, files, project.ignored, host.signal);
  } catch (error) {
    if (host.signal.aborted) return nothingMade;
    return failure(`cannot write here, and nothing was made: ${(error as Error).message}`);
  }
  const { editorSchemaText, writeEditorSchema } = await import('../editor-schema-file.ts');
  await writeEditorSchema(host, await editorSchemaText(documents));
  if (format === 'json') {
    const { jsonText } = await import('../../report/json.ts');
    host.out(jsonText({ schemaVersion: 1, application: name, made, kept }));
  } else {
    host.out(made.map((path) => `${path}\n`).join(''));
  }
  return outcome({ closing: closing(name, target, kept, project.editorSettings) });
}

const nothingMade = outcome({ closing: 'Nothing was made.', exitCode: exitCodes.cancelled });

function closing(name: string, target: TargetName, kept: readonly string[], editorSettings: string): string {
  const settings = kept.includes('.vscode/settings.json')
    ? [`For completion in the editor, add to .vscode/settings.json:\n${editorSettings.trimEnd()}`]
    : [];
  return [
    `A repository for the permissions of ${name}.${kept.length === 0 ? '' : ` Left as they were: ${kept.join(', ')}.`}`,
    ...settings,
    'Next:',
    ...(kept.includes('package.json') ? [] : ['  npm install']),
    '  npx rolewright check',
    target === 'auth0'
      ? '  npx rolewright emulator -- rolewright preview --stack dev'
      : `  npx rolewright preview --stack dev    with KEYCLOAK_URL, KEYCLOAK_USER and KEYCLOAK_PASSWORD, and a realm ${name}`,
  ].join('\n');
}
