import { byCodePoint } from '../../language/source.ts';
import { codeOwner, codeOwnersPattern } from './code-owner.ts';
import type { OwnerRule, OwnerRules } from './owner-rules.ts';

const begin = '# rolewright: begin';
const end = '# rolewright: end';

const sections = [
  ['folders', '# Folders'],
  ['files', "# Files with other owners than their folder; what holds a sensitive permission is the catalog's as well"],
  ['controls', '# What judges a change'],
] as const satisfies readonly (readonly [keyof OwnerRules, string])[];

/**
 * The lines of the block, its marks included; an owner that GitHub could not ask is left out. A path is not padded to
 * the next column: one longer name would change every line.
 */
export function blockLines(rules: OwnerRules, organization: string | null): readonly string[] {
  const command = organization === null ? 'rolewright codeowners' : `rolewright codeowners ${flagOf(organization)}`;
  const lines = sections.flatMap(([key, heading]) =>
    rules[key].length === 0 ? [] : [heading, ...rules[key].map((rule) => line(rule, organization))],
  );
  return [begin, `# From \`metadata.owners\` by \`${command}\`; what is changed by hand here is lost.`, ...lines, end];
}

function line({ path, owners }: OwnerRule, organization: string | null): string {
  const texts = owners.flatMap((owner) => {
    const found = codeOwner(owner, organization);
    return found.kind === 'owner' ? [found.text] : [];
  });
  return [codeOwnersPattern(path), ...[...new Set(texts)].sort(byCodePoint)].join(' ');
}

function flagOf(organization: string): string {
  return `--organization ${organization}`;
}

/** The block in a file. `broken`: its marks are not one pair, so that nobody can say what it is. */
export type FoundBlock =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly start: number; readonly end: number; readonly lines: readonly string[] }
  | { readonly kind: 'broken'; readonly line: number };

/** Finds the block in the text of a CODEOWNERS file, whatever its line ends. */
export function findBlock(text: string): FoundBlock {
  const [first, second, ...more] = [...text.matchAll(/(?<=^\uFEFF?)# rolewright: (?:begin|end)(?=[\t ]*$)/gmu)];
  if (first === undefined) return { kind: 'none' };
  if (first[0] !== begin || second?.[0] !== end || more.length > 0) {
    return { kind: 'broken', line: text.slice(0, first.index).split('\n').length };
  }
  const stop = second.index + end.length;
  return { kind: 'found', start: first.index, end: stop, lines: text.slice(first.index, stop).split(/\r?\n/u) };
}

/** The organization that the block was last written for; null where it names none. */
export function organizationOf(lines: readonly string[]): string | null {
  return /^# From .* --organization ([\w-]+)`/u.exec(lines[1] ?? '')?.[1] ?? null;
}

/** The text with the block in it: in its place, else at the end. All other bytes stay; line ends are those of the file. */
export function withBlock(
  text: string,
  found: Exclude<FoundBlock, { kind: 'broken' }>,
  lines: readonly string[],
): string {
  const like = found.kind === 'found' ? text.slice(found.start) : text;
  const lineEnd = /^[^\n]*\r\n/u.test(like) ? '\r\n' : '\n';
  const block = lines.join(lineEnd);
  if (found.kind === 'found') return text.slice(0, found.start) + block + text.slice(found.end);
  const before = text === '' || text.endsWith('\n') ? text : `${text}${lineEnd}`;
  return `${before}${before.trim() === '' ? '' : lineEnd}${block}${lineEnd}`;
}
