/**
 * In what alone two different names differ, if that is their spelling: hyphens, a plural "s", or two neighbouring letters
 * that are swapped; null otherwise. It would rather miss a pair than take two words for one: hyphens between digits
 * (`v1-2`, `v12`) and the last letter of short words (`new`, `news`) tell names apart, and so do swapped letters of words of
 * less than five.
 */
export function differenceInSpelling(one: string, other: string): string | null {
  if (withoutHyphens(one) === withoutHyphens(other)) return 'hyphens';
  if (singular(one) === singular(other)) return 'a plural "s"';
  return isSwapped(one, other) ? 'two letters that are swapped' : null;
}

/** Two names that differ only in spelling have one of these in common, so that not each must be compared with each. */
export function spellingKeys(name: string): readonly string[] {
  const letters = [...name].sort().join('');
  return [`hyphens ${withoutHyphens(name)}`, `plural ${singular(name)}`, `swapped ${letters}`];
}

function withoutHyphens(name: string): string {
  return name.replace(/(?<!\d)-|-(?!\d)/gu, '');
}

function singular(name: string): string {
  return name
    .split('-')
    .map((word) => (/^[a-z0-9]{3,}[^s]s$/u.test(word) ? word.slice(0, -1) : word))
    .join('-');
}

function isSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  const pair = one.slice(at, at + 2);
  const swapped = `${one.slice(0, at)}${pair[1] ?? ''}${pair[0] ?? ''}${one.slice(at + 2)}`;
  if (swapped !== other || !/^[a-z]{2}$/u.test(pair)) return false;
  const start = one.lastIndexOf('-', at) + 1;
  const end = one.indexOf('-', at);
  return (end < 0 ? one.length : end) - start >= 5;
}
