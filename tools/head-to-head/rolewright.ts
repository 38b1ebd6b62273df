import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Engine } from '../../src/reconcile/engine.ts';
import type { Declaration, RoleDeclaration } from './declaration.ts';
import { audience, scopes } from './declaration.ts';
import type { Command, Tool } from './tool.ts';

/**
 * Rolewright on the same engine.
 *
 * @param root the repository that it is run from
 */
export function rolewright({ environment }: Engine, root: string): Tool {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const command = (...args: readonly string[]): Command => ({
    file: process.execPath,
    args: [join(root, 'src/cli/start.mjs'), ...args],
    typed: ['rolewright', ...args].join(' '),
  });
  return {
    name: 'Rolewright',
    version,
    prepare: [],
    plan: command('preview', '--stack', 'dev'),
    check: command('check'),
    apply: command('up', '--stack', 'dev', '--yes'),
    declare: (folder, declaration) => {
      rmSync(join(folder, 'roles'), { recursive: true, force: true });
      mkdirSync(join(folder, 'state'), { recursive: true });
      for (const [path, text] of Object.entries(documentsOf(declaration))) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
    },
    environment: (emulator, folder) => ({
      ...environment,
      ...emulator.environment,
      PULUMI_BACKEND_URL: `file://${join(folder, 'state')}`,
      PULUMI_CONFIG_PASSPHRASE: 'head to head',
    }),
    said,
    complaints,
  };
}

/** The text of each file, by its path. */
export function documentsOf({ roles, isGuarded }: Declaration): Readonly<Record<string, string>> {
  const guards = isGuarded ? '  protect: true\n  guards:\n    maximumRemoval: 25%\n' : '';
  return {
    'main.js': '',
    'Pulumi.yaml': 'name: reports\nruntime: nodejs\nmain: main.js\n',
    'roles/catalog.yaml': `${head('PermissionCatalog', 'name: reports')}  version: 1.0.0\n  sections:\n    - name: data\n      permissions:\n${scopes.map(permissionText).join('')}`,
    'roles/dev.yaml': `${head('Environment', 'name: dev')}  purpose: development\n  tenant: loopback\n  applications:\n    - name: reports\n      audience: ${audience}\n      tokenLifetime: 1h\n${guards}`,
    ...Object.fromEntries(roles.map((role) => [`roles/${role.name}.yaml`, roleText(role)])),
  };
}

function head(kind: string, ...metadata: readonly string[]): string {
  return `apiVersion: rolewright/v1\nkind: ${kind}\nmetadata:\n${metadata.map((line) => `  ${line}\n`).join('')}spec:\n`;
}

function permissionText(scope: string): string {
  const [level, name] = scope.split(':');
  return `        - name: ${name}\n          levels:\n            - name: ${level}\n`;
}

function roleText({ name, formerly, permissions, slip }: RoleDeclaration): string {
  const metadata = [
    'application: reports',
    `name: ${name}`,
    ...(formerly === null ? [] : ['formerly:', `  - ${formerly}`]),
  ];
  const grants = (permissions ?? []).map((permission, index, { length }) => {
    const [level, subject] = permission.split(':');
    return `    - ${slip === 'no API' && index === length - 1 ? '' : 'data/'}${subject}:${level}\n`;
  });
  const list =
    permissions === null ? '' : `  ${slip === 'misspelt key' ? 'grnts' : 'grants'}:\n${grants.toSorted().join('')}`;
  return `${head('Role', ...metadata)}${list === '' ? '  assignable: true\n' : list}`;
}

/** What stands under the heading of the application, and every error without its picture of the line. */
function said(output: string): readonly string[] {
  const changes = output.split('\n').filter((line) => /^ +[~+-] |^No change/u.test(line));
  return [...changes.map((line) => line.trim()), ...complaints(output)];
}

function complaints(output: string): readonly string[] {
  return output
    .split('\n')
    .filter((line) => /\berror RW\d+|^ +(help:|did you mean)/u.test(line))
    .map((line) =>
      line
        .trim()
        .replaceAll(/ {2,}/gu, ' ')
        .replaceAll(/127\.0\.0\.1:\d+/gu, '127.0.0.1'),
    );
}
