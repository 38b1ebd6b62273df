import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import { nearestName } from '../language/nearest-name.ts';
import type { Clone } from './clone.ts';
import { complaintOf, runGit } from './git.ts';

/**
 * The id of the commit that a name stands for: a branch, a tag, `HEAD~3`, `main@{1 week ago}`, an id; or null with the
 * diagnostic that helps. What could be read as a flag or as more than one argument never reaches git.
 */
export async function resolveRevision(clone: Clone, name: string): Promise<Result<string | null>> {
  const reason = refusalOf(name);
  if (reason !== null)
    return [null, [diagnostic('RW6704', null, { name, reason }, { expected: 'a branch, tag or commit' })]];
  const run = await runGit(clone.git, ['rev-parse', '--verify', '--end-of-options', `${name}^{commit}`]);
  const id = run.stdout.toString().trimEnd();
  if (run.exitCode !== 0 || !/^[0-9a-f]{40,64}$/u.test(id))
    return [null, [await unknown(clone, name, complaintOf(run))]];
  // Git takes the tag, and says so. Whoever may push a tag called `main` would choose the judge of a pull request.
  if (/refname '.*' is ambiguous/u.test(run.stderr)) {
    const help = `write refs/heads/${name} for the branch, or refs/tags/${name} for the tag`;
    return [null, [diagnostic('RW6706', null, { name }, { help })]];
  }
  return [id, []];
}

/** The commit where two commits parted. */
export async function mergeBase(
  clone: Clone,
  base: { readonly name: string; readonly id: string },
  head: { readonly name: string; readonly id: string },
): Promise<Result<string | null>> {
  const run = await runGit(clone.git, ['merge-base', base.id, head.id]);
  const id = run.stdout.toString().trimEnd();
  if (run.exitCode === 0) return [id, []];
  const names = { base: base.name, head: head.name };
  return [null, [diagnostic('RW6707', null, names, { help: clone.isShallow ? deepen : null })]];
}

/** What to do about commits that a shallow clone has not. */
export const deepen = 'git fetch --unshallow (in a workflow: actions/checkout with fetch-depth: 0)';

function refusalOf(name: string): string | null {
  if (name === '') return 'it is empty';
  if (name.length > 1000) return 'it is longer than 1000 characters';
  if (name.startsWith('-')) return 'it begins with "-", as a flag does';
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) return 'it has a control character';
  // A date or a text to look for stands in braces, and may have them: main@{1 week ago}, HEAD^{/fix typo}.
  return /\s/u.test(name.replace(/\{[^{}]*\}/gu, '')) ? 'it has a blank' : null;
}

async function unknown(clone: Clone, name: string, complaint: string): Promise<Diagnostic> {
  const nearest = nearestName(name, await revisionNames(clone));
  const isAmbiguous = /is ambiguous/u.test(complaint);
  const hasCommits = (await runGit(clone.git, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])).exitCode === 0;
  const help = isAmbiguous
    ? `${complaint}; write more of it`
    : hasCommits
      ? `git fetch gets what this clone has not yet${clone.isShallow ? `; it is shallow: ${deepen}` : ''}`
      : 'nothing is committed here yet';
  return diagnostic('RW6705', null, { name }, { suggestion: nearest === name ? null : nearest, help });
}

/** The branches and tags of a clone, and `HEAD`. */
export async function revisionNames(clone: Clone): Promise<readonly string[]> {
  const { stdout } = await runGit(clone.git, ['for-each-ref', '--format=%(refname:short)']);
  return [
    'HEAD',
    ...stdout
      .toString()
      .split('\n')
      .filter((name) => name !== ''),
  ];
}
