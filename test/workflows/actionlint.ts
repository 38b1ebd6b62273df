import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SourceFile } from '../../src/language/source.ts';

const script = join(import.meta.dirname, '../../tools/actionlint.mjs');
const asked = spawnSync(process.execPath, [script, '--print-path'], { encoding: 'utf8' });

/** Why there is no actionlint on this machine; null where there is one. */
export const whyNot = asked.status === 0 ? null : (asked.stderr.trim().split('\n').at(-1) ?? 'it cannot be built');

/** The name of a test that needs it, which says so where it is skipped. */
export function needsActionlint(name: string): string {
  return whyNot === null ? name : `${name} (skipped: no actionlint here: ${whyNot})`;
}

/** What actionlint says of the workflows of a repository with these files. */
export function linted(files: readonly SourceFile[]): string {
  const root = mkdtempSync(join(tmpdir(), 'rolewright-workflows-'));
  mkdirSync(join(root, '.git'));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const names = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
  const { stdout, stderr } = spawnSync(process.execPath, [script, '-oneline', ...names], {
    cwd: root,
    encoding: 'utf8',
  });
  return stdout + stderr;
}
