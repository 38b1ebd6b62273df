import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../src/reconcile/engine.ts';
import type { Declaration, RoleDeclaration } from './declaration.ts';
import { audience, scopes } from './declaration.ts';
import type { Command, Tool } from './tool.ts';

/**
 * Pulumi alone, with the program that its documentation leads to: TypeScript, a resource for each thing. Pulumi checks the
 * types before it runs a program.
 *
 * @param modules a node_modules that has @pulumi/auth0
 */
export function plainPulumi({ command: file, version, environment }: Engine, modules: string): Tool {
  const command = (...args: readonly string[]): Command => ({
    file,
    args: [...args, '--stack', 'dev', '--non-interactive'],
    typed: ['pulumi', ...args].join(' '),
  });
  const plan = command('preview', '--diff');
  return {
    name: 'Pulumi',
    version,
    prepare: [{ file, args: ['stack', 'init', 'dev', '--non-interactive'], typed: 'pulumi stack init dev' }],
    plan,
    check: plan,
    apply: command('up', '--yes'),
    declare: (folder, declaration) => {
      mkdirSync(join(folder, 'state'), { recursive: true });
      writeFileSync(join(folder, 'Pulumi.yaml'), 'name: reports\nruntime: nodejs\nmain: index.ts\n');
      writeFileSync(join(folder, 'package.json'), '{ "name": "reports", "main": "index.ts" }\n');
      writeFileSync(join(folder, 'index.ts'), programOf(declaration));
      try {
        symlinkSync(modules, join(folder, 'node_modules'));
      } catch {
        // It is there from the last time.
      }
    },
    environment: (emulator, folder) => ({
      ...environment,
      ...emulator.environment,
      PULUMI_BACKEND_URL: `file://${join(folder, 'state')}`,
      PULUMI_CONFIG_PASSPHRASE: 'head to head',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
    }),
    said,
    complaints,
  };
}

/** The text of the program. */
export function programOf({ roles, isGuarded }: Declaration): string {
  const protect = isGuarded ? ', { protect: true }' : '';
  return `import * as auth0 from '@pulumi/auth0';

const api = new auth0.ResourceServer('reports', {
  name: 'Reports',
  identifier: '${audience}',
  enforcePolicies: true,
  tokenDialect: 'access_token_authz',
}${protect});
const scopes = new auth0.ResourceServerScopes('reports', {
  resourceServerIdentifier: api.identifier,
  scopes: [
${scopes.map((name) => `    { name: '${name}', description: '${name}' },`).join('\n')}
  ],
}${protect});
${roles.map((role) => roleText(role, isGuarded)).join('')}`;
}

function roleText({ name, formerly, title, permissions, slip }: RoleDeclaration, isGuarded: boolean): string {
  const common = [
    ...(isGuarded ? ['protect: true'] : []),
    ...(formerly === null ? [] : [`aliases: [{ name: '${formerly}' }]`]),
  ];
  const key = slip === 'misspelt key' ? 'permisions' : 'permissions';
  const lines = (permissions ?? []).map((permission, index, { length }) => {
    const api = slip === 'no API' && index === length - 1 ? '' : ', resourceServerIdentifier: api.identifier';
    return `    { name: '${permission}'${api} },\n`;
  });
  const list = permissions === null ? '' : `  ${key}: [\n${lines.join('')}  ],\n`;
  return `
const ${name} = new auth0.Role('${name}', { name: '${title}', description: '${title} of Reports' }, { ${common.join(', ')} });
new auth0.RolePermissions('${name}', {
  roleId: ${name}.id,
${list}}, { ${[...common, 'dependsOn: scopes'].join(', ')} });
`;
}

/** Of a diff: what happens to which resource, and the names in it. */
function said(output: string): readonly string[] {
  const lines = output.split('\n').map((line) => line.trim());
  const changes = lines.filter((line) => /^[~+-] (auth0:|name +:)/u.test(line)).map(oneSpaced);
  if (changes.length > 0) return changes;
  const errors = complaints(output);
  return errors.length > 0 ? errors : lines.filter((line) => /^\d+ unchanged$/u.test(line));
}

/** What the compiler or the tenant said; the engine says it twice. */
function complaints(output: string): readonly string[] {
  const lines = output.split('\n').map((line) => line.trim());
  return [
    ...new Set(
      lines.filter((line) => /error TS\d+: |^Property '|^\* \d{3} |^error: resource .* protected/u.test(line)),
    ),
  ];
}

function oneSpaced(line: string): string {
  return line.replaceAll(/ +/gu, ' ').replace(' :', ':');
}
