import type { Command } from 'commander';
import type { Holders } from '../../analysis/who-can/holders.ts';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { loadModel } from '../load-model.ts';
import { examples, formatOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface WhoCanOptions {
  readonly format: 'text' | 'json' | 'csv' | 'markdown';
  readonly app?: string;
}

/** `rolewright who-can PERMISSION`. */
export function addWhoCan(program: Command): void {
  const command = program
    .command('who-can')
    .summary('who holds a permission')
    .description(
      'Prints the roles, custom roles and, through assignments, people that hold a permission at this level or a higher ' +
        'one, each with the line that says so.',
    )
    .argument(
      '<permission>',
      'as application/section/permission:level: productiv/data/spend-data:edit; without the level, at any level',
    )
    .option('--app <app>', 'only who may for this app, as application/app: productiv/zoom')
    .addHelpText(
      'after',
      examples([
        ['who-can productiv/data/spend-data:edit', 'who may edit spend data'],
        ['who-can productiv/data/spend-data:edit --app productiv/zoom', 'that of Zoom'],
        ['who-can productiv/data/spend-data:edit --format csv > holders.csv', 'for a review'],
      ]),
    );
  for (const option of formatOptions(['text', 'json', 'csv', 'markdown'])) command.addOption(option);
  command.action(async (permission: string) => {
    let isMistaken = false;
    const body = async (host: Host): Promise<Outcome> => {
      const { format, app: appReference } = command.opts<WhoCanOptions>();
      const json = format === 'json';
      const { model, files, diagnostics } = await loadModel(host);
      if (model === null) return outcome({ files, diagnostics, json });
      const [{ lookUpPermission }, { lookUpApp }, { whoCan }] = await Promise.all([
        import('../../model/look-up/look-up-permission.ts'),
        import('../../model/look-up/look-up-app.ts'),
        import('../../analysis/who-can/who-can.ts'),
      ]);
      const [asked, noPermission] = lookUpPermission(model, permission);
      const [app, noApp] =
        asked === null || appReference === undefined ? [null, []] : lookUpApp(asked.application, appReference);
      const mistakes = [...noPermission, ...noApp];
      isMistaken = mistakes.length > 0;
      if (asked !== null && !isMistaken) {
        const holders = whoCan(asked, app === null ? null : { name: app.name, title: app.title });
        host.out(await text(holders, format, host));
      }
      return outcome({ files, diagnostics: [...diagnostics, ...mistakes], json });
    };
    // A name that is not there is a mistake of the command line, not a finding in the documents.
    await runCommand(command, body, { settle: (exitCode) => (isMistaken ? exitCodes.usage : exitCode) });
  });
}

async function text(holders: Holders, format: WhoCanOptions['format'], host: Host): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../../report/json.ts')).jsonText(holders);
    case 'csv':
      return (await import('../../report/who-can-csv.ts')).whoCanCsv(holders);
    case 'markdown':
      return (await import('../../report/who-can-markdown.ts')).whoCanMarkdown(holders);
    case 'text':
      return (await import('../../report/who-can-text.ts')).whoCanText(holders, host.paint.out);
  }
}
