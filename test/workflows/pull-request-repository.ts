import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment, mainFile, runRolewright } from '../cli/run-rolewright.ts';

/** A repository as `init` lays it out, with `rolewright` of this checkout installed, in which pull requests are made. */
export interface PullRequestRepository {
  readonly folder: string;
  /**
   * Opens a pull request that changes files, or adds to the one that is open, and checks out what GitHub would: the
   * merge with the base, which has moved since the branch was begun.
   */
  readonly propose: (change: (file: (path: string) => EditableFile) => void) => void;
}

export interface EditableFile {
  readonly write: (text: string) => void;
  readonly remove: () => void;
  /** Replaces a text that must be there. */
  readonly replace: (before: string, after: string) => void;
}

export async function pullRequestRepository(): Promise<PullRequestRepository> {
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-pull-request-'));
  const { code, stderr } = await runRolewright(['init', '--yes', '--application', 'desk'], { cwd: folder });
  if (code !== 0) throw new Error(stderr);
  const bin = join(folder, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'rolewright'), `#!/bin/sh\nexec '${process.execPath}' '${mainFile}' "$@"\n`);
  chmodSync(join(bin, 'rolewright'), 0o755);

  const identity = ['-c', 'user.name=Dana', '-c', 'user.email=dana@example.com', '-c', 'commit.gpgsign=false'];
  const git = (...args: readonly string[]) =>
    execFileSync('git', [...identity, ...args], { cwd: folder, env: cleanEnvironment(), stdio: 'pipe' });
  const commit = (message: string) => {
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', message);
  };
  git('init', '--quiet', '--initial-branch=main');
  commit('Lay out the repository');
  git('branch', 'feature');
  writeFileSync(join(folder, 'NOTES.md'), 'The base has moved.\n');
  commit('Move on');

  const file = (path: string): EditableFile => {
    const target = join(folder, path);
    const read = () => readFileSync(target, 'utf8');
    const write = (text: string) => writeFileSync(target, text);
    const replace = (before: string, after: string) => {
      if (!read().includes(before)) throw new Error(`${path} has no ${before}`);
      write(read().replace(before, after));
    };
    return { write, remove: () => rmSync(target), replace };
  };
  return {
    folder,
    propose: (change) => {
      git('checkout', '--quiet', 'feature');
      change(file);
      commit('Propose');
      git('checkout', '--quiet', '--detach', 'main');
      git('merge', '--quiet', '--no-ff', '--no-edit', 'feature');
    },
  };
}
