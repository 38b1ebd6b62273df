import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Diagnostic } from '../../language/diagnostic.ts';
import { isBelow, tellChanged } from '../changed-files.ts';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { examples, formatOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface FormatOptions {
  readonly format: 'text' | 'json';
  readonly check?: boolean;
}

/** `rolewright format`. */
export function addFormat(program: Command): void {
  const command = program
    .command('format')
    .summary('write the documents in their one form')
    .description('Rewrites documents in block form with sets sorted; comments stay. Prints the files that it changed.')
    .argument('[paths...]', 'files or folders; all documents if none is given')
    .option('--check', 'change nothing; exit with 1 if a file would change')
    .addHelpText(
      'after',
      examples([
        ['format', 'all documents'],
        ['format roles/productiv', 'those of a folder'],
        ['format --check', 'in a pull request'],
      ]),
    );
  for (const option of formatOptions(['text', 'json'])) command.addOption(option);
  command.action((paths: readonly string[]) =>
    runCommand(command, (host) => formatBody(host, paths, command.opts<FormatOptions>())),
  );
}

async function formatBody(
  host: Host,
  paths: readonly string[],
  { check = false, format }: FormatOptions,
): Promise<Outcome> {
  const [{ loadSources }, { formatSource }, { writeFileAtomically }] = await Promise.all([
    import('../../language/load.ts'),
    import('../../language/format.ts'),
    import('../write-file-atomically.ts'),
  ]);
  const json = format === 'json';
  const [all, unread] = await loadSources(host.root);
  const astray = paths.find((path) => !all.some((file) => isBelow(file.path, path, host.root)));
  if (astray !== undefined) {
    return { ...failure(`no document at ${astray}`), files: all, diagnostics: unread, json };
  }
  const files = all.filter((file) => paths.length === 0 || paths.some((path) => isBelow(file.path, path, host.root)));
  const diagnostics: Diagnostic[] = [...unread];
  const changed: string[] = [];
  for (const file of files) {
    const [text, problems] = formatSource(file);
    diagnostics.push(...problems);
    if (text === file.text) continue;
    changed.push(file.path);
    if (!check) await writeFileAtomically(resolve(host.root, file.path), text);
  }
  const report = await tellChanged({ files: files.length, changed, written: !check }, json, host);
  const { counted } = await import('../../report/tally.ts');
  const closing = `${counted(files.length, 'file')}, ${changed.length} ${check ? 'would change' : 'changed'}`;
  const exitCode = check && changed.length > 0 ? exitCodes.findings : exitCodes.clean;
  return outcome({ files, diagnostics, report, closing, exitCode });
}
