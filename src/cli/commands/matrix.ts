import type { Command } from 'commander';
import type { Matrix } from '../../analysis/matrix/matrix.ts';
import type { Host } from '../host.ts';
import { loadModel } from '../load-model.ts';
import { examples, formatOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface MatrixOptions {
  readonly format: 'text' | 'json' | 'markdown' | 'csv' | 'html';
  readonly application?: string;
}

/** `rolewright matrix`. */
export function addMatrix(program: Command): void {
  const command = program
    .command('matrix')
    .summary('print roles × permissions')
    .description('Prints which role may do what: permissions down, roles across, as at the identity provider.')
    .option('-a, --application <name>', 'this application only')
    .addHelpText(
      'after',
      examples([
        ['matrix --application productiv', 'a table for the terminal'],
        ['matrix --format csv > roles.csv', 'for a spreadsheet; no cell is a formula'],
        ['matrix --format html > roles.html', 'one page, with what each denial takes away'],
        ['matrix --format json | jq .applications[].name', 'for a program'],
      ]),
    );
  for (const option of formatOptions(['text', 'json', 'markdown', 'csv', 'html'])) command.addOption(option);
  command.action(() => runCommand(command, (host) => matrixBody(host, command.opts<MatrixOptions>())));
}

async function matrixBody(host: Host, { format, application }: MatrixOptions): Promise<Outcome> {
  const json = format === 'json';
  const { model, files, diagnostics } = await loadModel(host);
  if (model === null) return outcome({ files, diagnostics, json });
  const { matrix } = await import('../../analysis/matrix/matrix.ts');
  const whole = matrix(model);
  const known = whole.applications.map(({ name }) => name);
  if (application !== undefined && !known.includes(application)) {
    const { nearestName } = await import('../../language/nearest-name.ts');
    const nearest = nearestName(application, known);
    const help = nearest === null ? `there are ${known.join(', ')}` : `did you mean "${nearest}"?`;
    return outcome({ ...failure(`there is no application "${application}"`, help), files, diagnostics, json });
  }
  const applications = whole.applications.filter(({ name }) => application === undefined || name === application);
  host.out(await text({ ...whole, applications }, format, host));
  return outcome({ files, diagnostics, json });
}

async function text(matrix: Matrix, format: MatrixOptions['format'], host: Host): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../../report/json.ts')).jsonText(matrix);
    case 'markdown':
      return (await import('../../report/matrix-markdown.ts')).matrixMarkdown(matrix);
    case 'csv':
      return (await import('../../report/matrix-csv.ts')).matrixCsv(matrix);
    case 'html':
      return (await import('../../report/matrix-html.ts')).matrixHtml(matrix);
    case 'text':
      return (await import('../../report/matrix-text.ts')).matrixText(matrix, host.columns, host.paint.out);
  }
}
