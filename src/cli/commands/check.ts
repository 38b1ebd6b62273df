import type { Command } from 'commander';
import type { Diagnostic } from '../../language/diagnostic.ts';
import type { SourceFile } from '../../language/source.ts';
import type { FrameOf } from '../../report/frame.ts';
import type { Host } from '../host.ts';
import type { LoadedModel } from '../load-model.ts';
import { loadModel } from '../load-model.ts';
import { examples, formatOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface CheckOptions {
  readonly format: 'pretty' | 'json' | 'sarif' | 'junit' | 'github';
  readonly strict?: boolean;
}

/** `rolewright check`. Its findings are its data, so they go to stdout, in every format; the summary is talk. */
export function addCheck(program: Command): void {
  const command = program
    .command('check')
    .summary('find every problem in the documents')
    .description('Reads every document below roles/, and reports every problem at once. Needs no engine and no tenant.')
    .option('--strict', 'warnings and advice are findings too')
    .addHelpText(
      'after',
      examples([
        ['check', 'before a commit'],
        ['check --strict --format github', 'in a pull request: annotations at the lines'],
        ['check --format sarif > rolewright.sarif', 'for code scanning'],
      ]),
    );
  for (const option of formatOptions(['pretty', 'json', 'sarif', 'junit', 'github'])) command.addOption(option);
  command.action(() => runCommand(command, (host) => checkBody(host, command.opts<CheckOptions>())));
}

async function checkBody(host: Host, { format, strict = false }: CheckOptions): Promise<Outcome> {
  const loaded = await loadModel(host);
  const { files, diagnostics } = loaded;
  const report = await reportOf(format, files, strict, host);
  return outcome({ files, diagnostics, strict, report, closing: await summary(loaded) });
}

type Report = (diagnostics: readonly Diagnostic[], frameOf: FrameOf) => string;

async function reportOf(
  format: CheckOptions['format'],
  files: readonly SourceFile[],
  strict: boolean,
  host: Host,
): Promise<Report> {
  switch (format) {
    case 'json': {
      const { json } = await import('../../report/json.ts');
      return (diagnostics, frameOf) => json(diagnostics, frameOf);
    }
    case 'sarif': {
      const [{ sarif }, { default: packageJson }, { folderInRepository }] = await Promise.all([
        import('../../report/sarif.ts'),
        import('../../../package.json', { with: { type: 'json' } }),
        import('../folder-in-repository.ts'),
      ]);
      const options = { version: packageJson.version, folder: await folderInRepository(host.root) };
      return (diagnostics, frameOf) => sarif(diagnostics, frameOf, options);
    }
    case 'junit': {
      const { junit } = await import('../../report/junit.ts');
      return (diagnostics) => junit(diagnostics, files, strict);
    }
    case 'github': {
      const { github } = await import('../../report/github.ts');
      const { folderInRepository } = await import('../folder-in-repository.ts');
      const folder = await folderInRepository(host.root);
      return (diagnostics) => github(diagnostics, folder);
    }
    case 'pretty': {
      const { pretty } = await import('../../report/pretty.ts');
      return (diagnostics, frameOf) => {
        const shown = host.quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
        return pretty(shown, frameOf, host.paint.out);
      };
    }
  }
}

/** "3 applications, 15 roles, 3 custom roles: 2 errors, 1 warning". */
async function summary({ model, files, diagnostics }: LoadedModel): Promise<string> {
  const { counted, tally, tallyText } = await import('../../report/tally.ts');
  const found = tallyText(tally(diagnostics));
  if (model === null) return `${counted(files.length, 'file')}: ${found}`;
  const { applications } = model;
  const roles = applications.flatMap((application) => application.roles).filter((role) => role.definition.assignable);
  const customRoles = applications.flatMap((application) => application.customRoles);
  const parts = [
    counted(applications.length, 'application'),
    counted(roles.length, 'role'),
    counted(customRoles.length, 'custom role'),
  ];
  return `${parts.join(', ')}: ${found}`;
}
