import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tarball } from './packed.ts';
import { cleanUp, install, pack, run, tool } from './packed.ts';

/** As much as an application that depends on it should be asked to download, in bytes. */
const largest = 2_000_000;

/** The provider for Keycloak, as the engine starts it. */
const plugin = 'dist/targets/keycloak/provider/bin/pulumi-resource-rolewright-keycloak';

let tarball: Tarball;
beforeAll(async () => {
  tarball = await pack();
}, 300_000);
afterAll(cleanUp, 60_000);

describe('the tarball', () => {
  it('holds what runs, with types, maps and the sources that they lead to, and what builds the engine', () => {
    const { files } = tarball;
    const needed = [
      ...[
        'dist/cli/start.mjs',
        'dist/index.js',
        'dist/index.d.ts',
        'dist/index.js.map',
        'dist/index.d.ts.map',
        'src/index.ts',
      ],
      ...['dist/pulumi.js', 'dist/pulumi.d.ts', 'dist/authorize/authorize.js', 'dist/authorize/authorize.d.ts'],
      ...['dist/authorize-jwt/authorize-jwt.js', 'dist/authorize-jwt/authorize-jwt.d.ts'],
      ...['dist/keycloak.js', 'dist/keycloak.d.ts', plugin],
      ...['schemas/rolewright-v1.schema.json', 'tools/pulumi/build.mjs', 'tools/pulumi/engine/go.sum', 'LICENSE'],
    ];
    expect(needed.filter((path) => !files.includes(path))).toEqual([]);
    const rooms = new Set(files.map((path) => path.replace(/\/.*/u, '/')));
    expect([...rooms].toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'dist/',
      'package.json',
      'schemas/',
      'src/',
      'tools/',
    ]);
    expect(files.filter((path) => path.startsWith('tools/') && !path.startsWith('tools/pulumi/'))).toEqual([]);
  });

  it('is small', () => {
    expect(tarball.size).toBeLessThan(largest);
  });

  it('is what package managers expect (publint)', async () => {
    const { code, stdout } = await tool(join(tarball.path, '..'), 'publint', 'run', tarball.path, '--strict');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('All good!') });
  });

  it('has types that every way of resolving finds (are the types wrong)', async () => {
    const { code, stdout } = await tool(
      join(tarball.path, '..'),
      'attw',
      tarball.path,
      '--profile',
      'esm-only',
      '--no-emoji',
    );
    expect(code, stdout).toBe(0);
  });
});

describe('installed into an empty folder', () => {
  let folder = '';
  let offline: string | null = null;
  beforeAll(async () => {
    const installed = await install(tarball.path);
    if ('offline' in installed) offline = installed.offline;
    else folder = installed.folder;
  }, 400_000);

  const rolewright = (...args: readonly string[]) => run(folder, 'npx', 'rolewright', ...args);
  const online = ({ skip }: TestContext) => skip(offline !== null, offline ?? '');

  it('lays out a repository, finds nothing wrong with it, and previews it on the real engine', async (context) => {
    online(context);
    expect(await rolewright('init', '--yes')).toMatchObject({ code: 0 });
    expect(await rolewright('check', '--strict')).toMatchObject({ code: 0, stdout: '' });
    // `rolewright` is this very one, and so is what npx finds.
    for (const command of [['rolewright'], ['npx', 'rolewright']]) {
      const { code, stdout, stderr } = await rolewright('emulator', '--', ...command, 'preview', '--stack', 'dev');
      expect(code, stderr).toBe(0);
      expect(stdout).toContain('3 roles to create');
    }
  });

  it('is a program of plain pulumi too, which offers the ids of the roles', async (context) => {
    online(context);
    const commands = [
      'pulumi stack init dev --non-interactive',
      'pulumi up --stack dev --yes --skip-preview --non-interactive',
      'npx rolewright preview --stack dev --expect-no-changes',
      'pulumi stack output --json --stack dev',
    ];
    const { code, stdout, stderr } = await rolewright('emulator', '--', 'sh', '-ec', commands.join('\n'));
    expect(code, stderr + stdout).toBe(0);
    const outputs = JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)) as Readonly<Record<string, object>>;
    expect(Object.keys(outputs.roleIds ?? {})).toEqual(['my-app.administrator', 'my-app.editor', 'my-app.viewer']);
    expect(outputs).toMatchObject({ audiences: { 'my-app': 'https://api.dev.my-app.example' } });
  });

  it('brings the provider for Keycloak, which tells the engine where it listens', async (context) => {
    online(context);
    const { code, stdout, stderr } = await run(folder, 'node', '-e', untilItListens);
    expect({ code, stdout: stdout.trim() }, stderr).toEqual({ code: 0, stdout: expect.stringMatching(/^\d{4,5}$/u) });
  });

  it('is a library, of which the part without Pulumi loads none of it', async (context) => {
    online(context);
    await writeFile(join(folder, 'use.mjs'), script);
    const { code, stdout, stderr } = await run(folder, 'node', 'use.mjs');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      problems: [],
      roles: ['administrator', 'editor', 'viewer'],
      formatted: true,
      version: 'rolewright/v1',
      denied: 'malformed-claims',
      unverified: 'malformed-token',
      pulumi: { before: false, after: true },
      registers: 'function',
    });
  });

  it('has types that a strict compiler takes', async (context) => {
    online(context);
    await writeFile(join(folder, 'consumer.mts'), consumer);
    const options = {
      strict: true,
      noEmit: true,
      target: 'es2024',
      module: 'nodenext',
      types: ['node'],
      skipLibCheck: false,
    };
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, files: ['consumer.mts'] }),
    );
    const { code, stdout } = await tool(folder, 'tsc', '-p', '.');
    expect(code, stdout).toBe(0);
  });
});

const untilItListens = `
const provider = require('node:child_process').spawn('node_modules/.bin/pulumi-resource-rolewright-keycloak', { stdio: ['ignore', 'pipe', 'inherit'] });
provider.on('close', (code) => process.exit(code === null ? 0 : 1));
provider.stdout.once('data', (port) => { process.stdout.write(port); provider.kill('SIGKILL'); });
`;

const script = `
import { createRequire } from 'node:module';
import { apiVersions, buildRepository, checkRepository, compilePolicy, formatSource, loadRepository } from 'rolewright';
import { createAuthorizer } from 'rolewright/authorize';
import { createTokenAuthorizer } from 'rolewright/authorize-jwt';
import schema from 'rolewright/schemas/rolewright-v1.schema.json' with { type: 'json' };

const hasPulumi = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('@pulumi'));
const repository = await loadRepository(process.cwd());
const [model, problems] = checkRepository(repository);
const [desired] = buildRepository(repository, 'dev');
const [policies] = compilePolicy(model, 'dev');
const decision = createAuthorizer(policies[0])({}, 'content/reports:view', { applicationWide: true });
const verified = await createTokenAuthorizer({ ...policies[0], issuer: 'https://acme.eu.auth0.com/' })('no token', 'content/reports:view', { applicationWide: true });
const before = hasPulumi();
const { registerStack } = await import('rolewright/pulumi');
console.log(JSON.stringify({
  problems,
  roles: desired.applications[0].roles.map(({ name }) => name),
  formatted: repository.files.every((file) => formatSource(file)[0] === file.text),
  version: schema.properties.apiVersion.enum[0] === apiVersions[0] ? apiVersions[0] : null,
  denied: decision.reason,
  unverified: verified.reason,
  pulumi: { before, after: hasPulumi() },
  registers: typeof registerStack,
}));
`;

const consumer = `
import type { DesiredState, Diagnostic, EffectiveModel, Result, SourceFile } from 'rolewright';
import { build, check, formatPlace, formatSource, loadSources } from 'rolewright';
import type { Decision, Policy } from 'rolewright/authorize';
import { createAuthorizer } from 'rolewright/authorize';
import type { TokenDecision } from 'rolewright/authorize-jwt';
import { createTokenAuthorizer, statusOf } from 'rolewright/authorize-jwt';
import { Client, Role } from 'rolewright/keycloak';
import type { StackOutputs } from 'rolewright/pulumi';
import { Application, lower, noAdoption, register, registerStack } from 'rolewright/pulumi';

const [files, unread]: Result<readonly SourceFile[]> = await loadSources('.');
const [model, problems]: Result<EffectiveModel | null> = check(files, { loading: unread });
export const lines = problems.map(({ place, message }: Diagnostic) => \`\${place === null ? '' : formatPlace(place)} \${message}\`);
export const texts: readonly string[] = files.map((file) => formatSource(file)[0]);
export const roles = model?.applications.flatMap((application) => application.roles.map(({ definition }) => definition.name));

const [desired]: Result<DesiredState | null> = build(files, 'dev');
export async function program(): Promise<StackOutputs> {
  if (desired === null) return registerStack({ root: '.' });
  const [first] = lower(desired).applications;
  if (first !== undefined) new Application(first, { protect: true, adoption: noAdoption }).audience.apply(String);
  return register(lower(desired));
}

export function realm(): Role {
  const api = new Client('shop', { realm: 'acme', clientId: 'https://shop.example', name: 'Shop', accessTokenLifespan: 3600, claim: 'permissions' });
  return new Role('viewer', { realm: api.realm, name: 'Viewer', description: 'Looks.' });
}

export function decide(policy: Policy, claims: unknown): Decision {
  return createAuthorizer(policy)(claims, 'content/reports:view', { app: 'zoom' });
}
export async function status(policy: Policy, token: string): Promise<number> {
  const decision: TokenDecision = await createTokenAuthorizer(policy)(token, 'content/reports:view', { app: 'zoom' });
  return decision.allowed ? 200 : statusOf(decision);
}
// @ts-expect-error a policy is not just anything
createAuthorizer({ schemaVersion: 1 });
// @ts-expect-error the resource is never left out
decide(undefined as never, {}).allowed && createAuthorizer(undefined as never)({}, 'content/reports:view');
`;
