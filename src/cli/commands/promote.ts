import type { Command } from 'commander';
import { Option } from 'commander';
import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { Promotion } from '../../report/promotion.ts';
import type { Clone } from '../../revisions/clone.ts';
import type { ChangeExpectations } from '../detailed-exit-code.ts';
import { detailedExitCode, exitCodeOfChanges } from '../detailed-exit-code.ts';
import { hasChanges } from '../diff/has-changes.ts';
import type { Side } from '../diff/side.ts';
import type { Host } from '../host.ts';
import { examples, formatOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';
import { withClone } from '../with-clone.ts';

interface PromoteOptions extends ChangeExpectations {
  readonly from: string;
  readonly to: string;
  readonly format: 'text' | 'markdown' | 'json';
}

/** `rolewright promote --from staging --to production [REVISION]`. */
export function addPromote(program: Command): void {
  const command = program
    .command('promote')
    .summary('say what a promotion would change')
    .description(
      'Says what changes where one environment becomes as another one is: what it gets, by which line; which roles stay ' +
        'behind, because they are for other purposes; and what differs on purpose. Changes nothing: a promotion is a ' +
        'commit, and `up`.',
    )
    .argument('[revision]', 'what the environment that is promoted to was last applied from; else what is declared now')
    .addOption(
      new Option('--from <environment>', 'the environment that is as the other one should be').makeOptionMandatory(),
    )
    .addOption(new Option('--to <environment>', 'the environment that is promoted to').makeOptionMandatory())
    .option('--detailed-exitcode', 'exit with 0 for no change, 1 for an error, 2 for changes')
    .addOption(new Option('--expect-no-changes', 'exit with 7 if there are changes').conflicts('detailedExitcode'))
    .addHelpText(
      'after',
      examples([
        ['promote --from staging --to production', 'what production has not got'],
        ['promote --from staging --to production v1.4', 'and what has changed since it was applied'],
        ['promote --from staging --to production --format markdown', 'for the ticket of the promotion'],
      ]),
    );
  for (const option of formatOptions(['text', 'markdown', 'json'])) command.addOption(option);
  command.action((revision: string | undefined) => {
    const options = command.opts<PromoteOptions>();
    const json = options.format === 'json';
    const settled = options.detailedExitcode === true ? { settle: detailedExitCode } : {};
    const body = (host: Host) =>
      revision === undefined
        ? promoteBody(host, options, null)
        : withClone(host, { json }, (clone) => promoteBody(host, options, { clone, revision }));
    return runCommand(command, body, settled);
  });
}

interface Applied {
  readonly clone: Clone;
  readonly revision: string;
}

async function promoteBody(host: Host, options: PromoteOptions, applied: Applied | null): Promise<Outcome> {
  const json = options.format === 'json';
  const [{ workingTree }, { lookUpEnvironment }, { promotionBetween }] = await Promise.all([
    import('../diff/side.ts'),
    import('../diff/in-environment.ts'),
    import('../promote/promotion-between.ts'),
  ]);
  host.progress.tell('Checking the documents');
  const tree = await workingTree(host, null);
  const { model, errors, files } = tree;
  if (model === null) return outcome({ diagnostics: errors, files, json });
  const [from, unknownFrom] = lookUpEnvironment(model, options.from);
  const [to, unknownTo] = lookUpEnvironment(model, options.to);
  if (from === null || to === null) return outcome({ diagnostics: [...unknownFrom, ...unknownTo], json });
  const [before, problems] = applied === null ? [tree, []] : await appliedSide(host, applied);
  if (before === null || before.model === null)
    return outcome({ diagnostics: problems, files: before?.files ?? [], json });
  const [environment, unknown] = lookUpEnvironment(before.model, to.name);
  if (environment === null) return outcome({ diagnostics: unknown, json });
  const name = applied === null ? to.name : `${to.name} at ${applied.revision}`;
  const promotion = promotionBetween({ model, from, to, current: { model: before.model, environment, name } });
  host.out(await text(promotion, options.format, host));
  if (applied === null)
    host.say('With the revision that it was last applied from, what has changed since is told too.');
  const exitCode = exitCodeOfChanges(hasChanges(promotion.difference), options);
  return outcome({ diagnostics: errors, files, json, exitCode });
}

async function appliedSide(
  host: Host,
  { clone, revision }: Applied,
): Promise<readonly [side: Side | null, problems: readonly Diagnostic[]]> {
  const [{ resolveRevision }, { revisionSide }] = await Promise.all([
    import('../../revisions/resolve-revision.ts'),
    import('../diff/side.ts'),
  ]);
  const [commit, unknown] = await resolveRevision(clone, revision);
  if (commit === null) return [null, unknown];
  const side = await revisionSide(host, clone, revision, commit);
  const told = diagnostic('RW6708', null, { side: revision, instead: null });
  return side.model === null ? [side, [told, ...side.errors]] : [side, []];
}

async function text(promotion: Promotion, format: PromoteOptions['format'], host: Host): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../../report/json.ts')).jsonText(promotion);
    case 'markdown': {
      const { markdownLimit } = await import('../../report/difference/markdown.ts');
      return (await import('../../report/promotion-markdown.ts')).promotionMarkdown(promotion, markdownLimit);
    }
    case 'text':
      return (await import('../../report/promotion-text.ts')).promotionText(promotion, host.paint.out);
  }
}
