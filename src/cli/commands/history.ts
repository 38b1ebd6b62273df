import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { History } from '../../analysis/history/history.ts';
import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { Clone } from '../../revisions/clone.ts';
import type { Host } from '../host.ts';
import { examples, formatOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';
import { withClone } from '../with-clone.ts';

interface HistoryOptions {
  readonly format: 'text' | 'json' | 'markdown' | 'csv';
  readonly since?: string;
  readonly until?: string;
  readonly cache: boolean;
}

/** `rolewright history [ROLE] [PERMISSION]`. */
export function addHistory(program: Command): void {
  const command = program
    .command('history')
    .summary('which commit gave a permission, and took it')
    .description(
      'Walks the git history of what everybody holds, not of lines: which commit gave a role a permission, raised it or ' +
        'took it, also through a parent, a base or a catalog; through renames and moves; and who was given a role. A ' +
        'change that came by a merge is told of the commit that made it. Without arguments: everything, for a review.',
    )
    .argument('[role]', 'a role, custom role or assignment as application/name, by any name that it had')
    .argument('[permission]', 'as application/section/permission:level; without the level, every level of it')
    .addOption(
      new Option('--since <day>', 'the first day, YYYY-MM-DD in UTC, on which it came into effect').argParser(day),
    )
    .addOption(new Option('--until <day>', 'the last such day').argParser(day))
    .option('--no-cache', 'read every revision anew, and keep nothing of it')
    .addHelpText(
      'after',
      examples([
        ['history productiv/basic-user', 'everything that happened to a role'],
        ['history productiv/basic-user productiv/data/spend-data:edit', 'who gave it, and when'],
        ['history productiv/data/spend-data:edit', 'of every role'],
        ['history --since 2026-01-01 --format csv > review.csv', "the access review of a year's changes"],
      ]),
    );
  for (const option of formatOptions(['text', 'json', 'markdown', 'csv'])) command.addOption(option);
  command.action((role: string | undefined, permission: string | undefined) =>
    runCommand(command, (host) => {
      const options = command.opts<HistoryOptions>();
      const json = options.format === 'json';
      return withClone(host, { json }, (clone) => historyBody(host, clone, questionOf(role, permission), options));
    }),
  );
}

interface Question {
  readonly role: string | null;
  readonly permission: string | null;
}

/** A permission has two slashes, a role one: either may stand alone. */
function questionOf(first: string | undefined, second: string | undefined): Question {
  const isPermission = first !== undefined && second === undefined && /\/.*\//u.test(first);
  return isPermission ? { role: null, permission: first } : { role: first ?? null, permission: second ?? null };
}

async function historyBody(host: Host, clone: Clone, question: Question, options: HistoryOptions): Promise<Outcome> {
  const { format, since = null, until = null } = options;
  const json = format === 'json';
  const [{ resolveRevision }, { findHistory }] = await Promise.all([
    import('../../revisions/resolve-revision.ts'),
    import('../history/find-history.ts'),
  ]);
  const [head, unknown] = await resolveRevision(clone, 'HEAD');
  if (head === null) return outcome({ diagnostics: unknown, json });
  const found = await findHistory(host, clone, { ...question, head, since, until }, options.cache);
  if ('problem' in found) return { ...failure(found.problem, found.help), json };
  host.out(await text(found, format, host));
  return outcome({ diagnostics: warnings(found), json });
}

async function text(history: History, format: HistoryOptions['format'], host: Host): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../../report/json.ts')).jsonText(history);
    case 'csv':
      return (await import('../../report/history-csv.ts')).historyCsv(history);
    case 'markdown':
      return (await import('../../report/history-markdown.ts')).historyMarkdown(history);
    case 'text':
      return (await import('../../report/history-text.ts')).historyText(history, host.paint.out);
  }
}

/** What the answer does not know. */
function warnings({ steppedOver, cutOff }: History): readonly Diagnostic[] {
  const count = steppedOver.length;
  const some = steppedOver.slice(0, 5).map(({ id }) => id.slice(0, 10));
  const revisions = some.join(', ') + (count > some.length ? ` and ${count - some.length} more` : '');
  const help = 'what they gave or took is told of the commit that repaired them';
  const shallow = 'git fetch --unshallow (in a workflow: actions/checkout with fetch-depth: 0)';
  return [
    ...(count === 0 ? [] : [diagnostic('RW6710', null, { revisions, count }, { help })]),
    ...(cutOff === null ? [] : [diagnostic('RW6709', null, { first: cutOff.id.slice(0, 10) }, { help: shallow })]),
  ];
}

function day(text: string): string {
  const exists = /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
  if (!exists) throw new InvalidArgumentError('Expected a day: YYYY-MM-DD.');
  return text;
}
