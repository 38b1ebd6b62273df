import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import type { RoleDeclaration } from './declaration.ts';
import { audience, scopes } from './declaration.ts';
import type { Command, Tool } from './tool.ts';

export const deployCliVersion = '8.44.0';

/**
 * auth0-deploy-cli with one tenant.yaml, restricted to what is compared: roles and APIs.
 *
 * @param main its main file
 */
export function deployCli(main: string): Tool {
  const command = (...args: readonly string[]): Command => ({
    file: process.execPath,
    args: [main, 'import', '--input_file', 'tenant.yaml', ...args],
    typed: ['a0deploy import --input_file tenant.yaml', ...args].join(' '),
  });
  const plan = command('--dry-run');
  return {
    name: 'auth0-deploy-cli',
    version: deployCliVersion,
    prepare: [],
    plan,
    check: plan,
    apply: command(),
    declare: (folder, { roles }) => {
      const resourceServers = [
        {
          name: 'Reports',
          identifier: audience,
          enforce_policies: true,
          token_dialect: 'access_token_authz',
          scopes: scopes.map((value) => ({ value, description: value })),
        },
      ];
      writeFileSync(join(folder, 'tenant.yaml'), stringify({ resourceServers, roles: roles.map(roleEntry) }));
    },
    environment: ({ domain, clientId, clientSecret, certificateFile }, _folder, { isGuarded }) => ({
      AUTH0_DOMAIN: domain,
      AUTH0_CLIENT_ID: clientId,
      AUTH0_CLIENT_SECRET: clientSecret,
      AUTH0_INCLUDED_ONLY: '["resourceServers","roles"]',
      AUTH0_ALLOW_DELETE: String(!isGuarded),
      // As often as the Auth0 provider tries. Its own ten take five minutes until they are used up.
      AUTH0_API_MAX_RETRIES: '3',
      NODE_EXTRA_CA_CERTS: certificateFile,
    }),
    said: (output) => linesOf(output, /^│ (\w+ )?│ (CREATE|UPDATE|DELETE)|^No changes detected|^error:/u),
    complaints: (output) => linesOf(output, /^error:/u),
  };
}

function roleEntry({ title, permissions, slip }: RoleDeclaration): object {
  const role = { name: title, description: `${title} of Reports` };
  if (permissions === null) return role;
  const list = permissions.map((permission, index) => ({
    permission_name: permission,
    ...(slip === 'no API' && index === permissions.length - 1 ? {} : { resource_server_identifier: audience }),
  }));
  return { ...role, [slip === 'misspelt key' ? 'permisions' : 'permissions']: list };
}

function linesOf(output: string, wanted: RegExp): readonly string[] {
  return output
    .split('\n')
    .map((line) =>
      line
        .replaceAll(/\s+/gu, ' ')
        .trim()
        .replace(/^\S+Z - /u, '')
        .replaceAll(/\brol_\w+/gu, 'rol_…'),
    )
    .filter((line) => wanted.test(line));
}

/** Its main file: where NODE_PATH has this very version, or else in the user's cache, installed there if need be. */
export async function findDeployCli(say: (line: string) => void): Promise<string> {
  const installed = mainIn(createRequire(import.meta.url));
  if (installed !== null) return installed;
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(cache, 'rolewright', `auth0-deploy-cli-${deployCliVersion}`);
  const inCache = () => mainIn(createRequire(join(folder, 'anything.js')));
  if (!existsSync(folder) || inCache() === null) {
    say(`installing auth0-deploy-cli ${deployCliVersion} into ${folder} (once; 54 MB)`);
    mkdirSync(folder, { recursive: true });
    const wanted = `auth0-deploy-cli@${deployCliVersion}`;
    await promisify(execFile)('npm', ['install', '--no-fund', '--no-audit', '--prefix', folder, wanted]);
  }
  const main = inCache();
  if (main === null) throw new Error(`auth0-deploy-cli ${deployCliVersion} is not in ${folder} after it was installed`);
  return main;
}

function mainIn(require: NodeJS.Require): string | null {
  try {
    const main = require.resolve('auth0-deploy-cli');
    const { version } = JSON.parse(readFileSync(join(main, '../../package.json'), 'utf8')) as { version: string };
    return version === deployCliVersion ? main : null;
  } catch {
    return null;
  }
}
