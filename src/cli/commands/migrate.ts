import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Diagnostic } from '../../language/diagnostic.ts';
import { hasErrors } from '../../language/diagnostic.ts';
import type { SourceFile } from '../../language/source.ts';
import { isBelow, tellChanged } from '../changed-files.ts';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { examples, formatOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface MigrateOptions {
  readonly format: 'text' | 'json';
  readonly check?: boolean;
}

/** `rolewright migrate`. */
export function addMigrate(program: Command): void {
  const command = program
    .command('migrate')
    .summary('bring documents of an older version to the current one')
    .description(
      'Rewrites documents of an older apiVersion in the words of the current one; comments and order stay. Prints the ' +
        'files that it changed. While any of them has a problem, none is changed.',
    )
    .argument('[paths...]', 'files or folders; all documents if none is given')
    .option('--check', 'change nothing; exit with 1 if a file would change')
    .addHelpText(
      'after',
      examples([
        ['migrate', 'all documents, then look at the diff'],
        ['migrate roles/productiv', 'those of a folder'],
        ['migrate --check', 'in a pull request'],
      ]),
    );
  for (const option of formatOptions(['text', 'json'])) command.addOption(option);
  command.action((paths: readonly string[]) =>
    runCommand(command, (host) => migrateBody(host, paths, command.opts<MigrateOptions>())),
  );
}

async function migrateBody(
  host: Host,
  paths: readonly string[],
  { check = false, format }: MigrateOptions,
): Promise<Outcome> {
  const json = format === 'json';
  const [{ loadRepository }, { migrateSource }] = await Promise.all([
    import('../../language/load-repository.ts'),
    import('../../language/migrate/migrate.ts'),
  ]);
  const { files: all, settings, unread, unset } = await loadRepository(host.root);
  const isMeant = (path: string) => paths.length === 0 || paths.some((wanted) => isBelow(path, wanted, host.root));
  const astray = paths.find((wanted) => !all.some(({ path }) => isBelow(path, wanted, host.root)));
  if (astray !== undefined) {
    return { ...failure(`no document at ${astray}`), diagnostics: [...unset, ...unread], json };
  }
  const meant = all.filter(({ path }) => isMeant(path));
  const files = [...meant, ...settings.files];
  const diagnostics: Diagnostic[] = [...unset, ...unread.filter(({ place }) => place === null || isMeant(place.file))];
  const changes: SourceFile[] = [];
  for (const file of meant) {
    const [text, problems] = migrateSource(file);
    diagnostics.push(...problems);
    if (text !== file.text) changes.push({ path: file.path, text });
  }
  const { counted } = await import('../../report/tally.ts');
  if (hasErrors(diagnostics)) {
    const report = await tellChanged({ files: meant.length, changed: [], written: false }, json, host);
    return outcome({ files, diagnostics, report, closing: `${counted(meant.length, 'file')}, none changed` });
  }
  if (!check) await writeAll(host.root, changes, meant);
  const changed = changes.map(({ path }) => path);
  const report = await tellChanged({ files: meant.length, changed, written: !check }, json, host);
  const done = check ? 'would change' : 'changed';
  const next = check || changes.length === 0 ? '' : '; look at the diff, and run rolewright check';
  const closing = `${counted(meant.length, 'file')}, ${changes.length} ${done}${next}`;
  const exitCode = check && changed.length > 0 ? exitCodes.findings : exitCodes.clean;
  return outcome({ files, diagnostics, report, closing, exitCode });
}

/** Writes all files or none: where one cannot be written, those before it get their old text again. */
async function writeAll(root: string, changes: readonly SourceFile[], before: readonly SourceFile[]): Promise<void> {
  const { writeFileAtomically } = await import('../write-file-atomically.ts');
  const written: string[] = [];
  try {
    for (const { path, text } of changes) {
      await writeFileAtomically(resolve(root, path), text);
      written.push(path);
    }
  } catch (error) {
    for (const { path, text } of before.filter((file) => written.includes(file.path))) {
      await writeFileAtomically(resolve(root, path), text);
    }
    throw error;
  }
}
