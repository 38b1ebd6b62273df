import { access } from 'node:fs/promises';
import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { Commit } from './commit.ts';
import { parseCommit } from './commit.ts';
import type { Git, GitRun } from './git.ts';
import { complaintOf, gitFailure, runGit } from './git.ts';
import type { ObjectReader } from './object-reader.ts';
import { openObjects } from './object-reader.ts';
import type { TreeReader } from './tree.ts';
import { openTrees } from './tree.ts';

/** A clone on this machine, opened for reading: its objects, and where in it our repository lies. */
export interface Clone {
  readonly git: Git;
  /** The way from the root of the clone to our repository, `""` or `tools/roles/`, and the way back, `""` or `../../`. */
  readonly prefix: string;
  readonly wayUp: string;
  /** Whether commits are missing, as in a clone with `--depth`. */
  readonly isShallow: boolean;
  readonly objects: ObjectReader;
  readonly trees: TreeReader;
  /** Ends the processes of git that read objects. */
  readonly close: () => void;
}

/** Opens the clone that a folder lies in, a worktree and a bare one alike; null where there is none, and git says why. */
export async function openClone(folder: string, env: Git['env']): Promise<Result<Clone | null>> {
  const git: Git = { folder, env };
  const run = await runGit(git, ['rev-parse', '--is-shallow-repository', '--show-cdup', '--show-prefix']);
  if (run.exitCode !== 0) return [null, [unusable(run, folder, await exists(folder))]];
  // The rest is the prefix as it is: the name of a folder may hold a line feed.
  const [, isShallow, wayUp = '', prefix = ''] = /^(.*)\n(.*)\n([\s\S]*)\n$/u.exec(run.stdout.toString()) ?? [];
  const objects = openObjects(git);
  const clone: Clone = {
    git,
    prefix,
    wayUp,
    isShallow: isShallow === 'true',
    objects,
    trees: openTrees(objects),
    close: objects.close,
  };
  return [clone, []];
}

/** The commit of an id that git has given; a `GitFailure` where it has none. */
export async function readCommit(clone: Clone, id: string): Promise<Commit> {
  const bytes = await clone.objects.read(id);
  if (bytes === null) throw gitFailure(`it has no commit ${id}`);
  return parseCommit(id, bytes);
}

function unusable(run: GitRun, folder: string, isThere: boolean): Diagnostic {
  const help = 'run it in a clone, or use --cwd';
  // To start git in a folder that is not there fails as if git were not there.
  if (!isThere) return diagnostic('RW6702', null, { folder }, { help });
  if (run.problem !== null) {
    const reason = run.problem.code === 'ENOENT' ? 'it was not found on PATH' : run.problem.message;
    return diagnostic('RW6701', null, { reason }, { help: 'install git, and see that it is on PATH' });
  }
  const reason = complaintOf(run);
  if (/not a git repository/u.test(reason)) {
    return diagnostic('RW6702', null, { folder }, { help });
  }
  const isForeign = /dubious ownership/u.test(reason);
  const trust = `if you trust it: git config --global --add safe.directory ${folder}`;
  return diagnostic('RW6703', null, { reason }, { help: isForeign ? trust : 'see what `git status` says there' });
}

async function exists(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  );
}
