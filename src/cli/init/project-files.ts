import packageJson from '../../../package.json' with { type: 'json' };
import type { SourceFile } from '../../language/source.ts';
import type { TargetName } from '../../model/definitions.ts';
import { targetTitles } from '../../model/target-titles.ts';

/** How Node reads a `.js` file of the repository, which decides what the program of plain Pulumi may be. */
export type ModuleType = 'module' | 'commonjs';

/**
 * Paths of which none may be there: whoever has one has a repository already, or another Pulumi project. A folder (with
 * `/` at its end) may be there, while it is empty.
 */
export function ownPaths(type: ModuleType): readonly string[] {
  const projects = ['Pulumi.yaml', 'Pulumi.yml', 'Pulumi.json'];
  return ['roles/', 'stacks/', 'rolewright.config.yaml', ...projects, programs[type].path];
}

/** What `.gitignore` must say. */
export const ignored = ['node_modules/', '.rolewright/'] as const;

/** The editor's settings: which files the schema with this repository's names is for. */
export const editorSettings = json({ 'yaml.schemas': { '.rolewright/schema.json': 'roles/**/*.yaml' } });

/** What makes a folder with documents a Pulumi project, with one stack. */
export function pulumiFiles(
  application: string,
  title: string,
  target: TargetName,
  type: ModuleType,
  stackName: string,
): readonly SourceFile[] {
  const program = programs[type];
  return [
    { path: 'Pulumi.yaml', text: project(application, title, targetTitles[target], program.path) },
    { path: `stacks/Pulumi.${stackName}.yaml`, text: stack(stackName, target) },
    program,
  ];
}

/** What belongs to a repository and may be there already; then it stays as it is. */
export function companionFiles(application: string, title: string, target: TargetName): readonly SourceFile[] {
  return [
    { path: 'package.json', text: manifest(application) },
    { path: '.vscode/settings.json', text: editorSettings },
    { path: 'README.md', text: readme(title, target) },
  ];
}

function project(application: string, title: string, targetTitle: string, main: string): string {
  return `name: ${application}-permissions
description: Permissions and roles of ${title}, reconciled into ${targetTitle}.
main: ${main}
stackConfigDir: stacks
runtime:
  name: nodejs
  options:
    # The program is JavaScript; without this the engine would look for a TypeScript compiler.
    typescript: false
`;
}

function stack(name: string, target: TargetName): string {
  return `# Settings of the stack \`${name}\`. What it should hold is declared by the environment of the same name;
# credentials come from ${target.toUpperCase()}_* variables, never from here.
config: {}
`;
}

const about = `// What plain \`pulumi\` runs. \`rolewright up\` does more: guards, and the end of what an interrupted run began.`;

/** Pulumi reads the program as package.json says, and of a CommonJS program awaits only a function. */
const programs: Readonly<Record<ModuleType, SourceFile>> = {
  module: {
    path: 'program.js',
    text: `${about}
import { registerStack } from 'rolewright/pulumi';

export const { roleIds, audiences, modelDigest } = await registerStack();
`,
  },
  commonjs: {
    path: 'program.cjs',
    text: `${about}
module.exports = async () => (await import('rolewright/pulumi')).registerStack();
`,
  },
};

function manifest(application: string): string {
  const { version, peerDependencies } = packageJson;
  return json({
    name: `${application}-permissions`,
    private: true,
    type: 'module',
    scripts: { check: 'rolewright check --strict' },
    dependencies: { ...peerDependencies, rolewright: `^${version}` },
  });
}

function readme(title: string, target: TargetName): string {
  const preview =
    target === 'auth0'
      ? 'npx rolewright emulator -- rolewright preview --stack dev      # what would change, on a loopback tenant'
      : 'npx rolewright preview --stack dev                             # what would change, in the realm of KEYCLOAK_URL';
  return `# Permissions of ${title}

What people may do is declared in \`roles/\`, one role a file, and reconciled into ${targetTitles[target]}. A stack is the environment of the same name.

\`\`\`sh
npx rolewright check                                           # before a commit
${preview}
npx rolewright schema                                          # names to complete in the editor (YAML extension)
npx rolewright --help                                          # everything else
\`\`\`
`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
