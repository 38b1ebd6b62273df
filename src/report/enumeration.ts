import { displayWidth } from './display-width.ts';

/** "a", "a and b", "a, b and c". */
export function enumeration(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** Items joined by commas (semicolons where an item has a comma of its own) and broken into lines of at most `width` columns; a longer item has a line of its own. */
export function wrappedList(items: readonly string[], width: number): readonly string[] {
  const sign = items.some((item) => item.includes(',')) ? ';' : ',';
  return wrapped(
    items.map((item, index) => (index < items.length - 1 ? item + sign : item)),
    width,
  );
}

/** Words joined by a space and broken into lines of at most `width` columns; a longer word has a line of its own. */
export function wrapped(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
