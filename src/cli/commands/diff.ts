import type { Command } from 'commander';
import { Option } from 'commander';
import type { Gate } from '../../analysis/diff/gate.ts';
import type { Diagnostic } from '../../language/diagnostic.ts';
import type { Difference } from '../../model/difference.ts';
import type { ChangeExpectations } from '../detailed-exit-code.ts';
import { detailedExitCode, exitCodeOfChanges } from '../detailed-exit-code.ts';
import type { Compared, MeaningfulSide } from '../diff/compared.ts';
import { hasChanges } from '../diff/has-changes.ts';
import { collected } from '../gate-option.ts';
import type { Host } from '../host.ts';
import { examples, formatOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';
import { withClone } from '../with-clone.ts';

interface DiffOptions extends ChangeExpectations {
  readonly format: 'text' | 'markdown' | 'json' | 'sarif' | 'github';
  readonly from?: string;
  readonly to?: string;
  readonly files?: boolean;
  readonly gate: readonly string[];
  readonly stack: readonly string[];
  readonly override: readonly string[];
}

/** `rolewright diff [BASE [HEAD]]`. */
export function addDiff(program: Command): void {
  const command = program
    .command('diff')
    .summary('say in words who may do more, and who less')
    .description(
      'Compares what two revisions mean, two environments, or two files of build, and says who may do more or less, by ' +
        'which line, and what judges that has changed. Reads revisions from git, and checks nothing out. Without ' +
        'arguments: HEAD with the working tree; one revision: with the working tree; A..B, and A...B from where they parted.',
    )
    .argument('[base]', 'a branch, tag or commit, or a range of them; with --files, a file')
    .argument('[head]', 'likewise; without it, the working tree')
    .addOption(new Option('--from <environment>', 'instead of revisions: this environment …'))
    .addOption(new Option('--to <environment>', '… with this one, both of the working tree'))
    .option('--files', 'the arguments are two files that `rolewright build` has written')
    .addOption(repeatable('--gate <gate>', 'refuse what this gate is closed to: no-new-access, max-removal=25%, …'))
    .addOption(repeatable('-s, --stack <name>', 'refuse what the guards of this environment refuse'))
    .addOption(repeatable('--override <gate>', 'go past this one gate or guard'))
    .option('--detailed-exitcode', 'exit with 0 for no change, 1 for an error, 2 for changes')
    .addOption(new Option('--expect-no-changes', 'exit with 7 if there are changes').conflicts('detailedExitcode'))
    .addHelpText(
      'after',
      examples([
        ['diff', 'what is not committed yet'],
        ['diff origin/main...HEAD --format markdown', 'for a pull request'],
        ['diff origin/main --gate no-sensitive -s production', 'exit with 5 if it may not happen'],
        ['diff --from staging --to production', 'what differs between two environments'],
        ['diff --files staging.json production.json', 'the same of two files of build'],
      ]),
    );
  for (const option of formatOptions(['text', 'markdown', 'json', 'sarif', 'github'])) command.addOption(option);
  command.action((base: string | undefined, head: string | undefined) => {
    const options = command.opts<DiffOptions>();
    const settled = options.detailedExitcode === true ? { settle: detailedExitCode } : {};
    return runCommand(command, (host) => diffBody(host, [base, head], options), settled);
  });
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description}; repeatable`).argParser(collected).default([], 'none');
}

type Operands = readonly [base: string | undefined, head: string | undefined];

async function diffBody(host: Host, [first, second]: Operands, options: DiffOptions): Promise<Outcome> {
  const { from, to, format } = options;
  const json = format === 'json';
  const isOfEnvironments = from !== undefined || to !== undefined;
  if (options.files === true) {
    const { diffFiles } = await import('../diff/diff-files.ts');
    return { ...(await diffFiles(host, first, second, options)), json };
  }
  if (isOfEnvironments && first !== undefined)
    return { ...failure('--from and --to name both sides', noRevision), json };
  if (isOfEnvironments && (from === undefined || to === undefined)) {
    return { ...failure('--from and --to go together', 'name two environments: --from staging --to production'), json };
  }
  const [gates, misspelt] = await gatesOf(options.gate);
  if (misspelt.length > 0) return outcome({ diagnostics: misspelt, json });
  if (from !== undefined && to !== undefined) {
    const { comparedEnvironments } = await import('../diff/compared.ts');
    return concluded(host, await comparedEnvironments(host, from, to), gates, options);
  }
  const { rangeOf } = await import('../../revisions/range.ts');
  const range = rangeOf(first, second);
  if (range === null) return { ...failure('a range names both sides', 'write A..B, or A B'), json };
  return withClone(host, { json }, async (clone) => {
    const { comparedRevisions } = await import('../diff/compared.ts');
    return concluded(host, await comparedRevisions(host, clone, range), gates, options);
  });
}

const noRevision = 'both are of the working tree; leave the revision out';

async function gatesOf(texts: readonly string[]): Promise<readonly [readonly Gate[], readonly Diagnostic[]]> {
  if (texts.length === 0) return [[], []];
  const { parseGate } = await import('../../analysis/diff/gate.ts');
  const parsed = texts.map(parseGate);
  return [parsed.flatMap(([gate]) => gate ?? []), parsed.flatMap(([, problems]) => problems)];
}

async function concluded(
  host: Host,
  { base, head, diagnostics, files }: Compared,
  gates: readonly Gate[],
  options: DiffOptions,
): Promise<Outcome> {
  const json = options.format === 'json';
  if (base === null || head === null) return outcome({ diagnostics, files, json });
  const [unknown, difference, judged] = await compare(base, head, gates, options, host);
  if (unknown.length > 0) return outcome({ diagnostics: unknown, json });
  host.out(await text(difference, options.format, host));
  for (const { override } of judged.overridden) host.say(`Went past ${override}, as --override says.`);
  const refused = judged.refused.map(({ diagnostic }) => diagnostic);
  const exitCode = exitCodeOfChanges(hasChanges(difference), options);
  return outcome({ diagnostics: [...diagnostics, ...judged.unknown, ...refused], files, json, exitCode });
}

async function compare(
  base: MeaningfulSide,
  head: MeaningfulSide,
  gates: readonly Gate[],
  { stack: environments, override: overrides }: DiffOptions,
  host: Host,
) {
  const [{ diffModels }, { judge }, { lookUpEnvironment }, { today }] = await Promise.all([
    import('../../analysis/diff/diff-models.ts'),
    import('../diff/judge.ts'),
    import('../diff/in-environment.ts'),
    import('../../pipeline.ts'),
  ]);
  const unknown = environments.flatMap((name) => {
    const [[inBase], [inHead, problems]] = [lookUpEnvironment(base.model, name), lookUpEnvironment(head.model, name)];
    return inBase === null && inHead === null ? problems : [];
  });
  const digests = { base: base.digests, head: head.digests };
  const difference = diffModels(base.model, head.model, { base: base.name, head: head.name }, digests);
  const judged = judge(difference, base, head, { gates, environments, overrides }, host.asOf ?? today());
  return [unknown, difference, judged] as const;
}

async function text(difference: Difference, format: DiffOptions['format'], host: Host): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../../report/difference/json.ts')).differenceJson(difference);
    case 'markdown': {
      const { differenceMarkdown, markdownLimit } = await import('../../report/difference/markdown.ts');
      return differenceMarkdown(difference, markdownLimit);
    }
    case 'sarif': {
      const [{ differenceSarif }, { default: packageJson }, { folderInRepository }] = await Promise.all([
        import('../../report/difference/sarif.ts'),
        import('../../../package.json', { with: { type: 'json' } }),
        import('../folder-in-repository.ts'),
      ]);
      return differenceSarif(difference, { version: packageJson.version, folder: await folderInRepository(host.root) });
    }
    case 'github': {
      const { differenceGithub } = await import('../../report/difference/github.ts');
      const { folderInRepository } = await import('../folder-in-repository.ts');
      return differenceGithub(difference, await folderInRepository(host.root));
    }
    case 'text':
      return (await import('../../report/difference/text.ts')).differenceText(difference, host.paint.out);
  }
}
