import type { Command } from 'commander';
import { Option } from 'commander';
import type { Purpose, TargetName } from '../../model/definitions.ts';
import type { AdoptOptions } from '../adopt/adopt-options.ts';
import { collected } from '../gate-option.ts';
import { examples, formatOptions, stackOption } from '../options.ts';
import { runCommand } from '../run-command.ts';

/** `rolewright adopt`. */
export function addAdopt(program: Command): void {
  const command = program
    .command('adopt')
    .summary('take over a tenant: documents written, state imported, nothing changed')
    .description(
      'Writes what a tenant holds as documents, beside those that are there, and takes it into the state of the stack, ' +
        'without one write to the tenant: afterwards preview has nothing to do. What cannot be declared just as it is, ' +
        'is left out and told.',
    )
    .addOption(stackOption())
    .addOption(repeatable('--audience <audience>', 'adopt this API; * stands for anything'))
    .addOption(repeatable('--include <title>', 'adopt these roles only; * stands for anything'))
    .addOption(repeatable('--exclude <title>', 'leave these roles out'))
    .addOption(repeatable('--role <title>', 'adopt this one role again, also if it is declared otherwise'))
    .option('--application <audience>', 'the API to which roles without permissions belong')
    .option('--from <path>', 'read an export of auth0-deploy-cli, a file or a folder; no tenant and no state')
    .addOption(
      new Option('--purpose <purpose>', 'what a new environment is for').choices([
        'development',
        'staging',
        'production',
      ] satisfies Purpose[]),
    )
    .addOption(
      new Option(
        '--target <target>',
        'the identity provider of a new environment; if not said, that of the variables',
      ).choices(['auth0', 'keycloak'] satisfies TargetName[]),
    )
    .option(
      '--tenant <tenant>',
      'the tenant of a new environment: a domain, if not said that of AUTH0_DOMAIN, or a realm, HOST/realms/NAME',
    )
    .option('-n, --dry-run', 'show the documents in full, and write nothing')
    .option('--engine-detail', "show the engine's own output too, on stderr")
    .addHelpText(
      'after',
      examples([
        ['adopt --stack production --purpose production --dry-run', 'what would be written'],
        ['adopt --stack production --purpose production', 'the whole tenant'],
        ["adopt --stack dev --audience 'https://shop.*' --exclude 'Trial *'", 'a part of it'],
        ["adopt --stack production --role 'Contract Editor'", 'what somebody changed by hand is right'],
        ['adopt --stack sso --purpose production --tenant sso.example.com/realms/acme', 'a realm of Keycloak'],
        ['adopt --stack production --from tenant.yaml --tenant acme.eu.auth0.com', 'from an export'],
      ]),
    );
  for (const option of formatOptions(['text', 'json'])) command.addOption(option);
  command.action(() =>
    runCommand(command, async (host) => {
      const { adoptTenant } = await import('../adopt/adopt-tenant.ts');
      const options = command.opts<AdoptOptions>();
      return { ...(await adoptTenant(host, options)), json: options.format === 'json' };
    }),
  );
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description}; repeatable`).argParser(collected).default([], 'none');
}
