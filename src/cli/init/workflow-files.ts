import { readFile } from 'node:fs/promises';
import type { SourceFile } from '../../language/source.ts';

/** Where they lie as they are, from this file below `src/` and from what is compiled of it below `dist/` alike. */
const folder = new URL('../../../src/cli/init/workflows/', import.meta.url);

/**
 * What runs on a pull request; what applies it once it is merged; how a single stack is planned, approved and applied; and what looks
 * every night whether the tenants still are as declared.
 */
const names = [
  'permissions.yaml',
  'permissions-apply.yaml',
  'permissions-stack.yaml',
  'permissions-drift.yaml',
] as const;

/** The workflows of GitHub Actions that a repository begins with; without stacks of its own they only check and compare. */
export function workflowFiles(): Promise<readonly SourceFile[]> {
  return Promise.all(
    names.map(async (name) => ({
      path: `.github/workflows/${name}`,
      text: await readFile(new URL(name, folder), 'utf8'),
    })),
  );
}
