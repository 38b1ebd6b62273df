import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { SourceFile } from '../../language/source.ts';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { examples } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface CodeownersOptions {
  readonly check?: boolean;
  readonly organization?: string;
}

/** A file of more bytes GitHub does not read at all. */
const largestFile = 3_000_000;

/** `rolewright codeowners`. The path of the file that changed, or would, is its data. */
export function addCodeowners(program: Command): void {
  const command = program
    .command('codeowners')
    .summary('write into CODEOWNERS who is asked about which document')
    .description(
      'Keeps a marked block of CODEOWNERS in line with `metadata.owners`: who is asked when a document changes. What ' +
        "holds a sensitive permission is its catalog's owners' as well, what judges a change that of the owners of the " +
        'environments for production. All that stands outside the block is left as it is.',
    )
    .option('--check', 'change nothing; exit with 1 if the block is out of date')
    .option('--organization <name>', 'the organization of teams that are named without one; said once, it stays')
    .addHelpText(
      'after',
      examples([
        ['codeowners --organization acme', 'the first time: a team `platform` is @acme/platform'],
        ['codeowners', 'from then on'],
        ['codeowners --check', 'in a pull request'],
      ]),
    );
  command.action(() => runCommand(command, (host) => codeownersBody(host, command.opts<CodeownersOptions>())));
}

async function codeownersBody(host: Host, { check = false, organization }: CodeownersOptions): Promise<Outcome> {
  if (organization !== undefined && !/^[A-Za-z0-9](?:-?[A-Za-z0-9])*$/u.test(organization)) {
    return failure(`"${organization}" cannot be the name of an organization`);
  }
  const declared = await declaredRules(host);
  if ('diagnostics' in declared) return outcome(declared);
  const { path, target, text, unreadable } = declared.file;
  if (text === null) return failure(`cannot read ${path}: ${unreadable}`);

  const { blockLines, findBlock, organizationOf, withBlock } = await import('../../analysis/codeowners/block.ts');
  const found = findBlock(text);
  if (found.kind === 'broken') {
    const message = `${path}:${found.line}: the marks of the block are not one beginning and one end`;
    return failure(message, 'remove them with what stands between them, and run it again');
  }
  const before = found.kind === 'found' ? found.lines : [];
  const team = organization ?? organizationOf(before);
  const { unableToAsk } = await import('../codeowners/unable-to-ask.ts');
  const unable = unableToAsk(declared.documents, team);
  if (unable !== null) return unable;
  const lines = blockLines(declared.rules, team);
  const isEmpty = Object.values(declared.rules).every((rules) => rules.length === 0);
  if (isEmpty && found.kind === 'none') {
    return outcome({ closing: 'No document names owners under `metadata.owners`: there is nothing to write.' });
  }
  const wanted = withBlock(text, found, lines);
  if (Buffer.byteLength(wanted) > largestFile) {
    return failure(`${path} would be larger than 3 MB, and GitHub would read none of it`, 'give owners to folders');
  }
  if (wanted === text) return outcome({ closing: `${path} is up to date.` });
  host.out(`${path}\n`);
  if (check) {
    const { terminalText } = await import('../../report/terminal-text.ts');
    for (const line of before.filter((line) => !lines.includes(line))) host.say(`- ${terminalText(line)}`);
    for (const line of lines.filter((line) => !before.includes(line))) host.say(`+ ${terminalText(line)}`);
    const closing = `${path} is out of date; \`rolewright codeowners\` writes it.`;
    return outcome({ closing, exitCode: exitCodes.findings });
  }
  const { mkdir } = await import('node:fs/promises');
  const { writeFileAtomically } = await import('../write-file-atomically.ts');
  await mkdir(join(target, '..'), { recursive: true });
  await writeFileAtomically(target, wanted);
  return outcome({ closing: `Wrote the block of ${path}.` });
}

/** What the documents declare, and the file that it goes into; the diagnostics of a model that cannot be read. */
async function declaredRules(host: Host) {
  const [{ loadRepository }, { checkRepository }, { parse }, { validate }, { ownerRules }] = await Promise.all([
    import('../../language/load-repository.ts'),
    import('../../pipeline.ts'),
    import('../../language/parse/parse.ts'),
    import('../../language/validate/validate.ts'),
    import('../../analysis/codeowners/owner-rules.ts'),
  ]);
  host.progress.tell('Checking the documents');
  const repository = await loadRepository(host.root);
  const [model, diagnostics] = checkRepository(repository, host.asOf);
  const files: readonly SourceFile[] = [...repository.files, ...repository.settings.files];
  if (model === null) return { files, diagnostics };
  const [documents] = validate(parse(repository.files)[0]);
  const [{ folderInRepository }, { codeownersFile }] = await Promise.all([
    import('../folder-in-repository.ts'),
    import('../codeowners/codeowners-file.ts'),
  ]);
  const folder = await folderInRepository(host.root);
  const up = folder.split('/').slice(0, -1);
  const file = await codeownersFile(resolve(host.root, ...up.map(() => '..')));
  const layout = { folder, documents: repository.settings.documents, codeowners: file.path };
  return { documents, rules: ownerRules(documents, model, layout), file };
}
