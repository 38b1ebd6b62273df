import type { Command } from 'commander';
import type { Host } from '../host.ts';
import { loadDesiredState } from '../load-desired-state.ts';
import { loadModel } from '../load-model.ts';
import { loopbackIssuer } from '../loopback-issuer.ts';
import { examples, formatOptions, stackOption } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface BuildOptions {
  readonly stack?: string;
  readonly policy?: string;
}

/** `rolewright build`. */
export function addBuild(program: Command): void {
  const command = program
    .command('build')
    .summary('print the desired state of a stack as JSON')
    .description('Prints what the identity provider of a stack should hold, as JSON: sorted, with a digest.')
    .addOption(stackOption())
    .option('--policy <application>', 'print the policy that `authorize` decides by, in a service of this application')
    .addHelpText(
      'after',
      examples([
        ['build --stack dev', 'what preview and up work towards'],
        ['build --stack production | jq .digest', 'has anything changed at all?'],
        ['build --stack production --policy productiv', 'for the service behind the tokens'],
      ]),
    );
  for (const option of formatOptions(['json'])) command.addOption(option);
  command.action(() => runCommand(command, (host) => buildBody(host, command.opts<BuildOptions>())));
}

async function buildBody(host: Host, { stack, policy }: BuildOptions): Promise<Outcome> {
  if (policy !== undefined && stack !== undefined) return policyBody(host, stack, policy);
  const { desired, ...rest } = await loadDesiredState(host, stack);
  if (desired !== null) host.out((await import('../../report/json.ts')).jsonText(desired));
  return outcome({ ...rest, json: true });
}

async function policyBody(host: Host, stack: string, application: string): Promise<Outcome> {
  const { model, files, diagnostics } = await loadModel(host);
  if (model === null) return outcome({ files, diagnostics, json: true });
  const [{ compilePolicy }, { jsonText }] = await Promise.all([
    import('../../model/compile/compile-policy.ts'),
    import('../../report/json.ts'),
  ]);
  const environment = model.environments.find(({ name }) => name === stack);
  const issuer = environment === undefined ? null : loopbackIssuer(environment, host.env);
  // Without one, tokens of a loopback tenant are denied.
  const [policies, unknown] = compilePolicy(model, stack, issuer === null ? {} : { loopbackIssuer: issuer });
  const found = policies?.find((item) => item.application === application);
  if (found !== undefined) host.out(jsonText(found));
  if (found !== undefined || policies === null)
    return outcome({ files, diagnostics: [...diagnostics, ...unknown], json: true });
  const known = policies.map((item) => item.application).join(', ');
  return {
    ...failure(`${stack} has no application "${application}"`, `there are ${known}`),
    files,
    diagnostics,
    json: true,
  };
}
