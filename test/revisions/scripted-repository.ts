import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A commit as a test writes it down. */
export interface ScriptedCommit {
  /** What the test calls it; others name it as a parent. */
  readonly mark: string;
  readonly parents?: readonly string[];
  /** What it writes; null removes a file. Everything else stays as in the first parent. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
  /** Links, with what they lead to, and submodules, with a commit. */
  readonly links?: Readonly<Record<string, string>>;
  readonly submodules?: Readonly<Record<string, string>>;
  readonly message?: string;
  readonly author?: string;
  /** Seconds since 1970; the committer's are the same unless said otherwise. */
  readonly at?: number;
  readonly committedAt?: number;
  /** The branch that ends with it; `main` unless said otherwise. */
  readonly branch?: string;
}

/** The environment for git in tests: nothing of this machine's settings. */
export const gitTestEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  HOME: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  LC_ALL: 'C',
};

const identity = ['-c', 'user.name=Sam Setup', '-c', 'user.email=sam@example.com'];

/** Runs git in a folder, and gives what it prints. */
export function git(folder: string, ...args: readonly string[]): string {
  const options = { cwd: folder, env: gitTestEnvironment, encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync('git', [...identity, ...args], options).trimEnd();
}

/** An empty repository in a temporary folder. */
export function emptyRepository(...flags: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-git-'));
  git(folder, 'init', '--quiet', '--initial-branch=main', ...flags);
  return folder;
}

/** Makes commits all at once; gives their ids by mark. The working tree stays as it is: `git reset --hard` fills it. */
export function commitAll(folder: string, commits: readonly ScriptedCommit[]): ReadonlyMap<string, string> {
  const marks = new Map(commits.map(({ mark }, index) => [mark, index + 1]));
  const chunks = commits.flatMap((commit, index) => chunksOf(commit, index, marks));
  const marksFile = join(mkdtempSync(join(tmpdir(), 'rolewright-marks-')), 'marks');
  execFileSync('git', ['fast-import', '--quiet', '--force', `--export-marks=${marksFile}`], {
    cwd: folder,
    env: gitTestEnvironment,
    input: Buffer.concat(chunks),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ids = new Map(
    readFileSync(marksFile, 'utf8')
      .split('\n')
      .map((line) => /^:(\d+) (\w+)$/u.exec(line))
      .flatMap((found) => (found === null ? [] : [[Number(found[1]), found[2] ?? ''] as const])),
  );
  return new Map([...marks].map(([mark, number]) => [mark, ids.get(number) ?? '']));
}

function chunksOf(commit: ScriptedCommit, index: number, marks: ReadonlyMap<string, number>): readonly Uint8Array[] {
  const { author = 'Sam Setup <sam@example.com>', at = 1_700_000_000 + index * 3600, message = commit.mark } = commit;
  const text = (...lines: readonly string[]) => Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const data = (bytes: Uint8Array) => [text(`data ${bytes.length}`), bytes, text('')];
  const [first, ...merged] = commit.parents ?? [];
  const branch = `refs/heads/${commit.branch ?? 'main'}`;
  return [
    // A commit without parents begins anew, whatever stood on the branch before.
    ...(first === undefined ? [text(`reset ${branch}`)] : []),
    text(`commit ${branch}`, `mark :${index + 1}`, `author ${author} ${at} +0000`),
    text(`committer ${author} ${commit.committedAt ?? at} +0000`),
    ...data(Buffer.from(message)),
    ...(first === undefined ? [] : [text(`from :${marks.get(first)}`)]),
    ...merged.map((mark) => text(`merge :${marks.get(mark)}`)),
    ...Object.entries(commit.files ?? {}).flatMap(([path, content]) =>
      content === null
        ? [text(`D ${JSON.stringify(path)}`)]
        : [
            text(`M 100644 inline ${JSON.stringify(path)}`),
            ...data(typeof content === 'string' ? Buffer.from(content) : content),
          ],
    ),
    ...Object.entries(commit.links ?? {}).flatMap(([path, target]) => [
      text(`M 120000 inline ${path}`),
      ...data(Buffer.from(target)),
    ]),
    ...Object.entries(commit.submodules ?? {}).map(([path, id]) => text(`M 160000 ${id} ${path}`)),
  ];
}
