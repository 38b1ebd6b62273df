import type { Clone } from './clone.ts';
import { complaintOf, gitFailure, runGit } from './git.ts';

/**
 * The files below some paths of a working tree that are or could be committed: what is ignored is left out, and what is
 * deleted is not. Paths lead from the root of the clone. A `GitFailure` where git cannot tell.
 */
export async function workingFiles(clone: Clone, paths: readonly string[]): Promise<readonly string[]> {
  const git = { ...clone.git, folder: `${clone.git.folder}/${clone.wayUp}` };
  const run = await runGit(git, ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...paths]);
  if (run.exitCode !== 0) throw gitFailure(complaintOf(run));
  return [...new Set(run.stdout.toString().split('\0'))].filter((path) => path !== '');
}
