import type { Command } from 'commander';
import type { Verification } from '../../analysis/verify/verification.ts';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { loadModel } from '../load-model.ts';
import { examples, formatOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface TestOptions {
  readonly format: 'pretty' | 'json' | 'junit';
  readonly filter?: string;
}

/** `rolewright test`. */
export function addTest(program: Command): void {
  const command = program
    .command('test')
    .summary('run the role tests, and say how much they cover')
    .description(
      'Runs the RoleTest documents, and says which share of roles × permissions they test. `check` runs them too.',
    )
    .option('--filter <text>', 'only expectations that contain this text')
    .addHelpText(
      'after',
      examples([
        ['test', 'all of them'],
        ['test --filter basic-user', 'what is expected of one role'],
        ['test --format junit > roles.xml', 'for a CI service'],
      ]),
    );
  for (const option of formatOptions(['pretty', 'json', 'junit'])) command.addOption(option);
  command.action(() => runCommand(command, (host) => testBody(host, command.opts<TestOptions>())));
}

async function testBody(host: Host, { format, filter }: TestOptions): Promise<Outcome> {
  const { model, files, diagnostics } = await loadModel(host);
  const json = format === 'json';
  if (model === null) return outcome({ files, diagnostics, json });
  const { verifyRoleTests } = await import('../../analysis/verify/verify-role-tests.ts');
  const all = verifyRoleTests(model);
  const verification = filter === undefined ? all : filtered(all, filter);
  if (filter !== undefined && verification.results.length === 0) {
    return { ...failure(`no expectation contains "${filter}"`, '`rolewright test` shows all tests'), files, json };
  }
  host.out(await textOf(verification, format, host));
  const failed = verification.results.filter(({ passed }) => !passed);
  const closing = `${verification.results.length - failed.length} passed, ${failed.length} failed`;
  const exitCode = failed.length > 0 ? exitCodes.findings : exitCodes.clean;
  return outcome({ files, diagnostics: verification.diagnostics, closing, exitCode });
}

/** Coverage is of all tests; a part of them says nothing about it. */
function filtered({ results }: Verification, text: string): Verification {
  const kept = results.filter(({ application, test, title }) => `${application}/${test} ${title}`.includes(text));
  return { results: kept, diagnostics: kept.flatMap((result) => result.diagnostics), coverage: [] };
}

async function textOf(verification: Verification, format: TestOptions['format'], host: Host): Promise<string> {
  if (format === 'junit') {
    const { verificationJunit } = await import('../../report/verification-junit.ts');
    return verificationJunit(verification);
  }
  if (format === 'json') {
    const { jsonText } = await import('../../report/json.ts');
    return jsonText({ schemaVersion: 1, ...verification });
  }
  const { verificationText } = await import('../../report/verification-text.ts');
  return verificationText(verification, host.paint.out);
}
