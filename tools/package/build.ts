import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Makes `dist/`, the JavaScript of the package with its types and maps: Node strips no types below node_modules.
 * `dist/` has the layout of `src/`, so that what is found relative to a file is found from both.
 */
const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
const { status, error } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: ['ignore', 2, 2],
  // npm runs this with the local tsc first on PATH; by hand it is found all the same.
  env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
});
if (error) process.stderr.write(`cannot run tsc: ${error.message}\n`);
if (status !== 0) process.exit(status ?? 1);

for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (/\.(?:js|d\.ts)$/u.test(path)) writeFileSync(join(dist, path), compiled(readFileSync(join(dist, path), 'utf8')));
}
// The compiler leaves plain JavaScript behind.
for (const script of ['cli/start.mjs', 'targets/keycloak/provider/bin/pulumi-resource-rolewright-keycloak']) {
  mkdirSync(dirname(join(dist, script)), { recursive: true });
  writeFileSync(join(dist, script), compiled(readFileSync(join(root, 'src', script), 'utf8')));
  chmodSync(join(dist, script), 0o755);
}

/**
 * The compiler rewrites imports of JavaScript alone. Those of the types are left, which not every tool resolves, and
 * files that are named otherwise (`new URL('../main.ts', import.meta.url)`). No column moves, so the maps stay right.
 */
function compiled(text: string): string {
  return text.replace(/(['"])(\.\.?\/[^'"\n]*)\.ts\1/gu, '$1$2.js$1');
}
