import { execFile } from 'node:child_process';
import { access, constants, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { PluginNeed } from '../stack/target.ts';

/** The variables of a run. All that is read comes from here; nothing is taken from `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A Pulumi engine with the plugin of an identity provider, ready to run. */
export interface Engine {
  /** Absolute path of the binary. */
  readonly command: string;
  readonly version: string;
  readonly plugin: { readonly name: string; readonly version: string; readonly path: string };
  /** `path`: the user's own. `built`: made by `tools/pulumi/build.mjs`, in the user's cache. */
  readonly source: 'path' | 'built';
  /** What the engine needs in its environment besides the run's own variables. */
  readonly environment: Readonly<Record<string, string>>;
}

const oldestVersion = [3, 200] as const;
const run = promisify(execFile);
const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Finds the engine: `pulumi` on PATH if it is new enough and has the plugin, else the home that `tools/pulumi/build.mjs` has
 * built. Starts nothing but `pulumi version`.
 */
export async function findEngine(env: Environment, need: PluginNeed): Promise<Result<Engine | null>> {
  const onPath = await engineOnPath(env, need);
  if (typeof onPath !== 'string') return [onPath, []];
  const built = await builtEngine(env, need);
  if (typeof built !== 'string') return [built, []];
  return [null, [diagnostic('RW6001', null, { found: `${onPath}; ${built}` }, { help: await advice(need) })]];
}

async function engineOnPath(env: Environment, need: PluginNeed): Promise<Engine | string> {
  const command = await findExecutable('pulumi', env);
  if (command === null) return 'no `pulumi` on PATH';
  const version = await versionOf(command, env);
  if (version === null || !isNewEnough(version))
    return `${command} is ${version ?? 'of no known version'}, 3.200 is needed`;
  const home = env.PULUMI_HOME || join(env.HOME || homedir(), '.pulumi');
  const plugin = await findPlugin(need, [home], env);
  if (typeof plugin === 'string') return `${command} has ${plugin}`;
  return { command, version, plugin, source: 'path', environment: withOwnPlugin(need, env.PATH) };
}

async function builtEngine(env: Environment, need: PluginNeed): Promise<Engine | string> {
  const script = join(packageRoot, 'tools/pulumi/build.mjs');
  if (!(await isReadable(script))) return 'none built';
  let home: string;
  try {
    const { stdout } = await run(process.execPath, [script, '--print-home'], { env: { ...env } as NodeJS.ProcessEnv });
    home = stdout.trim();
  } catch {
    return 'none built yet';
  }
  const command = join(home, 'bin', 'pulumi');
  const version = await versionOf(command, env);
  if (version === null) return `${command} does not run`;
  const plugin = await findPlugin(need, [home], {});
  if (typeof plugin === 'string') return `${home} has ${plugin}`;
  const { PATH, ...rest } = await homeOf(home, plugin.path, env);
  return { command, version, plugin, source: 'built', environment: { ...rest, ...withOwnPlugin(need, PATH, PATH) } };
}

/**
 * The built home becomes PULUMI_HOME, where the engine finds plugin and language host without a warning. But a login
 * is kept in PULUMI_HOME too: where a run depends on one (no backend and no token in the environment, and the user's
 * own home has credentials), that home stays, and the plugin is found on PATH instead, at the price of a warning that
 * the engine writes to its own log. The credentials themselves are not read.
 */
async function homeOf(built: string, plugin: string, env: Environment): Promise<Record<string, string>> {
  const bin = join(built, 'bin');
  const path = env.PATH ?? '';
  const backend = env.PULUMI_BACKEND_URL;
  const dependsOnLogin = !env.PULUMI_ACCESS_TOKEN && (!backend || /^https?:/.test(backend));
  const own = env.PULUMI_HOME || join(env.HOME || homedir(), '.pulumi');
  if (dependsOnLogin && (await isReadable(join(own, 'credentials.json')))) {
    return { PATH: [bin, dirname(plugin), path].join(delimiter) };
  }
  return { PULUMI_HOME: built, PATH: [bin, path].join(delimiter) };
}

/** The plugin, or what there is instead of it. */
async function findPlugin(
  { name, version, folder }: PluginNeed,
  homes: readonly string[],
  env: Environment,
): Promise<Engine['plugin'] | string> {
  const needed = await version();
  const binary = `pulumi-resource-${name}${process.platform === 'win32' ? '.exe' : ''}`;
  if (folder !== null) return { name, version: needed, path: join(folder, `pulumi-resource-${name}`) };
  const places = homes.map((home) => join(home, 'plugins', `resource-${name}-v${needed}`, binary));
  const installed = await Promise.all(places.map(isExecutable));
  const path =
    places.find((_place, index) => installed[index]) ?? (await findExecutable(`pulumi-resource-${name}`, env));
  return path === null ? `no plugin resource-${name} ${needed}` : { name, version: needed, path };
}

/** PATH with the plugin that comes with Rolewright, and with the Node that runs it: theirs may be too old. */
function withOwnPlugin({ folder }: PluginNeed, path = '', unchanged?: string): Record<string, string> {
  if (folder !== null) return { PATH: [folder, dirname(process.execPath), path].join(delimiter) };
  return unchanged === undefined ? {} : { PATH: unchanged };
}

async function findExecutable(name: string, env: Environment): Promise<string | null> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder !== '' && (await isExecutable(join(folder, file)))) return join(folder, file);
  }
  return null;
}

async function versionOf(command: string, env: Environment): Promise<string | null> {
  try {
    const { stdout } = await run(command, ['version'], {
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: 'true' } as NodeJS.ProcessEnv,
    });
    return /\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] ?? null;
  } catch {
    return null;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestVersion[0] || (major === oldestVersion[0] && minor >= oldestVersion[1]);
}

async function advice({ name, version, folder }: PluginNeed): Promise<string> {
  const tools: readonly string[] = await readdir(join(packageRoot, 'tools/pulumi')).catch(() => []);
  const plugin = folder === null ? ` and run \`pulumi plugin install resource ${name} ${await version()}\`` : '';
  const own = `install Pulumi 3.200 or newer${plugin}`;
  const script = relative(process.cwd(), join(packageRoot, 'tools/pulumi/build.mjs'));
  return tools.includes('build.mjs') ? `build it once with \`node ${script}\`, or ${own}` : own;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
