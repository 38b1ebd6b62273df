/** What a commit says of itself. */
export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string };
  /** When it was written, in UTC: `2026-05-01T10:00:00Z`. */
  readonly authored: string;
  /** When it was made as it is: another time after a rebase, or where somebody else has applied it. */
  readonly committed: string;
  readonly subject: string;
}

/** Reads a commit object. The author is as written: a `.mailmap` of today does not say who did it. */
export function parseCommit(id: string, bytes: Buffer): Commit {
  const end = bytes.indexOf('\n\n');
  const head = decode(end < 0 ? bytes : bytes.subarray(0, end), null);
  const lines = head.split('\n');
  const all = (key: string) =>
    lines.flatMap((line) => (line.startsWith(`${key} `) ? [line.slice(key.length + 1)] : []));
  const encoding = all('encoding')[0] ?? null;
  const headers = decode(end < 0 ? bytes : bytes.subarray(0, end), encoding).split('\n');
  const person = (key: string) =>
    personOf(headers.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1) ?? '');
  const { name, email, at: authored } = person('author');
  return {
    id,
    tree: all('tree')[0] ?? '',
    parents: all('parent'),
    author: { name, email },
    authored,
    committed: person('committer').at,
    subject: subjectOf(end < 0 ? '' : decode(bytes.subarray(end + 2), encoding)),
  };
}

/** `Dana Example <dana@example.com> 1767225600 +0100`. */
function personOf(line: string): { readonly name: string; readonly email: string; readonly at: string } {
  const [, name = '', email = '', seconds = '0'] = /^(.*?) ?<(.*)> (-?\d+) [+-]\d+$/u.exec(line) ?? [];
  return { name, email, at: timeOf(Number(seconds)) };
}

/** Seconds since 1970 as a time in UTC; what is no time is 1970. */
export function timeOf(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? '1970-01-01T00:00:00Z' : time.toISOString().replace('.000Z', 'Z');
}

/** The first paragraph in one line, as `git log --oneline` has it. */
function subjectOf(message: string): string {
  const [paragraph = ''] = message.trimStart().split(/\n[ \t]*\n/u);
  return paragraph.replace(/\s+/gu, ' ').trim();
}

function decode(bytes: Buffer, encoding: string | null): string {
  try {
    return new TextDecoder(encoding ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
