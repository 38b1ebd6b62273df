import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { cleanEnvironment } from '../cli/run-rolewright.ts';

const repository = join(import.meta.dirname, '../..');

/** What the package is made of. */
const sources = [
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'README.md',
  'LICENSE',
  'src',
  'schemas',
  'tools',
];

/** What a command came to. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A tarball as `npm pack` made it. */
export interface Tarball {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly files: readonly string[];
}

/** The Node of this test runs everything; what an outer npm has set for its own run does not count for the inner one. */
const environment = Object.fromEntries(
  Object.entries(
    cleanEnvironment({
      PATH: [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
      npm_config_loglevel: 'error',
    }),
  ).filter(([name]) => !/^(INIT_CWD|npm_(?!config_)|npm_config_(local_|global_)?prefix)/u.test(name)),
);

/** Runs a command to its end. */
export function run(cwd: string, command: string, ...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd, env: environment, maxBuffer: 64 * 1024 * 1024 };
    execFile(command, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr: error !== null && code < 0 ? `${stderr}${error.message}` : stderr });
    });
  });
}

/** Runs a tool of this repository. */
export function tool(cwd: string, name: string, ...args: readonly string[]): Promise<Run> {
  return run(cwd, join(repository, 'node_modules/.bin', name), ...args);
}

/** Packs a copy of this repository, so that nothing is written into it. */
export async function pack(): Promise<Tarball> {
  const copy = await temporaryFolder();
  for (const path of sources) await cp(join(repository, path), join(copy, path), { recursive: true });
  await symlink(join(repository, 'node_modules'), join(copy, 'node_modules'));
  const { code, stdout, stderr } = await run(copy, 'npm', 'pack', '--json');
  if (code !== 0) throw new Error(`npm pack failed: ${stderr}`);
  // The build may have said something before.
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [Packed];
  return { path: join(copy, packed.filename), size: packed.size, files: packed.files.map(({ path }) => path) };
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/**
 * Installs a tarball into an empty folder as a user would.
 *
 * @returns the folder, or why there is none because this machine is offline
 */
export async function install(tarball: string): Promise<{ readonly folder: string } | { readonly offline: string }> {
  const folder = await temporaryFolder();
  // Only where it says so is a folder below another package's installed into.
  await writeFile(join(folder, 'package.json'), '{}\n');
  const { code, stderr } = await run(folder, 'npm', 'install', tarball, '--no-audit', '--no-fund', '--prefer-offline');
  if (code === 0) return { folder };
  const [reason] =
    /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ENOTCACHED)\b/u.exec(stderr) ?? [];
  if (reason === undefined) throw new Error(`npm install failed: ${stderr}`);
  return { offline: `offline: npm reaches no registry (${reason})` };
}

const folders: string[] = [];

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rolewright-package-'));
  folders.push(folder);
  return folder;
}

/** Removes all that was packed and installed: it is too large to be left to the operating system. */
export async function cleanUp(): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}
