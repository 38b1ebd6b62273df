import type { Command } from 'commander';
import { Option } from 'commander';
import type { AuditBreadth } from '../audit/read-tenant.ts';
import type { Audited } from '../audit/run-audit.ts';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { examples, formatOptions, stackOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface AuditOptions extends AuditBreadth {
  readonly stack?: string;
  readonly format: 'text' | 'json' | 'csv';
  readonly signOff?: string;
  readonly reviewer?: string;
  readonly note?: string;
  readonly since?: string;
}

/** `rolewright audit`. */
export function addAudit(program: Command): void {
  const command = program
    .command('audit')
    .summary('who holds what in the tenant, against what is declared')
    .description(
      'Reads the people of a tenant, without the engine and without a write, and says what breaks a rule and what is to be ' +
        'reviewed. Ends with 1 if a rule is broken; what is only to be reviewed is no failure. It prints addresses of people.',
    )
    .addOption(stackOption())
    .addOption(
      new Option('--direct-permissions <whose>', 'whose permissions without a role are read: a call for each person')
        .choices(['nobody', 'holders', 'everybody'])
        .default('holders', 'holders of our roles'),
    )
    .option('--organizations', 'read the roles of members of organizations too')
    .option('--sign-off <file>', 'save what was found as reviewed, to compare the next audit with')
    .option('--reviewer <name>', 'who signs it off')
    .option('--note <text>', 'what the reviewer has to say')
    .option('--since <file>', 'compare with an audit that was signed off: what is new, changed, gone')
    .addHelpText(
      'after',
      examples([
        ['audit --stack production', 'what is wrong, and what is to be reviewed'],
        ['audit --stack production --format csv > review.csv', 'for a spreadsheet'],
        ['audit --stack production --organizations', 'with the roles that count in organizations'],
        ['audit --stack production --sign-off q4.json --reviewer dana', 'when it has been reviewed'],
        ['audit --stack production --since q4.json', 'a quarter later'],
      ]),
    );
  for (const option of formatOptions(['text', 'json', 'csv'])) command.addOption(option);
  command.action(() => runCommand(command, (host) => auditBody(host, command.opts<AuditOptions>())));
}

async function auditBody(host: Host, options: AuditOptions): Promise<Outcome> {
  const { format, stack, since, signOff: file, reviewer, note = null } = options;
  const json = format === 'json';
  if ((file === undefined) !== (reviewer === undefined) || (file === undefined && note !== null)) {
    const help = 'somebody signs: --sign-off FILE --reviewer NAME, and may add --note TEXT';
    return { ...failure('--sign-off and --reviewer go together', help), json };
  }
  const [{ loadAudited }, { loadSignOff, saveSignOff }, { runAudit }] = await Promise.all([
    import('../audit/load-audited.ts'),
    import('../audit/sign-off-files.ts'),
    import('../audit/run-audit.ts'),
  ]);
  const { held, ...loaded } = await loadAudited(host, stack);
  if (held === null) return outcome({ ...loaded, json });
  const [signed, unusable] = since === undefined ? [null, []] : await loadSignOff(host, since);
  if (unusable.length > 0) return outcome({ diagnostics: unusable, json });
  const [audited, problems] = await runAudit(host, held, options, { signed, file: since ?? '' });
  host.progress.stop();
  const all = { ...loaded, diagnostics: [...loaded.diagnostics, ...problems], json };
  if (audited === null) return outcome(all);
  host.out(await text(audited, format, host));
  const exitCode = audited.audit.summary.violations > 0 ? exitCodes.findings : exitCodes.clean;
  if (file === undefined || reviewer === undefined) return outcome({ ...all, exitCode });
  const unsaved = await saveSignOff(host, file, audited.audit, { reviewer, note });
  if (unsaved !== null) return outcome({ ...all, failure: unsaved });
  const closing = `Signed off to ${file}: \`rolewright audit --since ${file}\` says what has changed by then.`;
  return outcome({ ...all, exitCode, closing });
}

async function text({ audit, comparison }: Audited, format: AuditOptions['format'], host: Host): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../../report/audit/json.ts')).auditJson(audit, comparison);
    case 'csv':
      return (await import('../../report/audit/csv.ts')).auditCsv(audit, comparison);
    case 'text':
      return (await import('../../report/audit/text.ts')).auditText(audit, comparison, host.paint.out);
  }
}
