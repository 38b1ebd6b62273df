import type { Command } from 'commander';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { examples, formatOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface DoctorOptions {
  readonly format: 'text' | 'json';
}

/** `rolewright doctor`. */
export function addDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .summary('say what was found on this machine, and what is missing')
    .description(
      'Looks for Node, git, the engine with its plugin and state, stacks whose last run went wrong, credentials, the tenant ' +
        'and the documents, and says what to do about each that is missing. Exits with 2 if a verb would fail. Credentials are named, never shown.',
    )
    .addHelpText(
      'after',
      examples([
        ['doctor', 'when something does not work'],
        ['emulator -- rolewright doctor', 'the same against a loopback tenant'],
      ]),
    );
  for (const option of formatOptions(['text', 'json'])) command.addOption(option);
  command.action(() => runCommand(command, (host) => doctorBody(host, command.opts<DoctorOptions>())));
}

async function doctorBody(host: Host, { format }: DoctorOptions): Promise<Outcome> {
  const { loadModel } = await import('../load-model.ts');
  const loaded = await loadModel(host);
  const { targetsOf } = await import('../doctor/targets.ts');
  const targets = targetsOf(loaded.model, host.env);
  const [machine, engine, states, tenant, scopes, realms, documents] = await Promise.all([
    import('../doctor/machine.ts').then(({ machineFindings }) => machineFindings(host)),
    import('../doctor/engine.ts').then(({ engineFindings }) => engineFindings(host, targets)),
    import('../doctor/stack-states.ts').then(({ stackStateFindings }) =>
      stackStateFindings(host, loaded.model?.environments ?? []),
    ),
    targets.includes('auth0') ? import('../doctor/tenant.ts').then(({ tenantFindings }) => tenantFindings(host)) : [],
    targets.includes('auth0')
      ? import('../doctor/scopes.ts').then(({ examineScopes }) => examineScopes(host, loaded.model))
      : { findings: [], needed: [] },
    targets.includes('keycloak')
      ? import('../doctor/realms.ts').then(({ realmFindings }) => realmFindings(host, loaded.model))
      : [],
    import('../doctor/documents.ts').then(({ documentFindings }) => documentFindings(host, loaded)),
  ]);
  const findings = [...machine, ...engine, ...states, ...tenant, ...scopes.findings, ...realms, ...documents];
  const missing = findings.filter(({ state }) => state === 'missing');
  if (format === 'json') {
    const { jsonText } = await import('../../report/json.ts');
    host.out(jsonText({ schemaVersion: 1, findings, scopes: scopes.needed }));
  } else {
    const { findingsText } = await import('../../report/findings-text.ts');
    host.out(findingsText(findings, host.paint.out));
  }
  const subjects = [...new Set(missing.map(({ subject }) => subject))];
  const closing = missing.length === 0 ? null : `Missing: ${subjects.join(', ')}.`;
  return outcome({ closing, exitCode: missing.length === 0 ? exitCodes.clean : exitCodes.usage });
}
