import { counted } from './tally.ts';

/** A part of a document that stands or falls item by item. Without items it is left out. */
export interface MarkdownSection {
  readonly opening: string;
  /** Whole by themselves: no item ends inside of a tag, a table or a code span. */
  readonly items: readonly string[];
  /** What has to be said behind the last item, however many there were: the end of a tag. */
  readonly closing: string;
}

/**
 * Puts sections one below the other, in at most `limit` characters. From the first item that does not fit, all are left out; how many
 * these are is told at the top, and where they would have stood.
 */
export function cutMarkdown(opening: string, sections: readonly MarkdownSection[], limit: number): string {
  const whole = laidOut(opening, sections);
  if (whole.length <= limit) return whole;
  const total = sections.reduce((sum, { items }) => sum + items.length, 0);
  const cut = (count: number) => {
    const notice = `> [!IMPORTANT]\n> Only ${counted(count, 'entry', 'entries')} of ${total} are shown, the gravest first: a comment has no room for more. ${all}`;
    return `${laidOut(`${opening}\n\n${notice}`, first(sections, count))}\n**Cut here: ${counted(total - count, 'entry is', 'entries are')} not shown.**\n`;
  };
  // More items never make it shorter, so that the most which fit are found by halving.
  let fits = 0;
  let tooMany = total;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (cut(middle).length <= limit) fits = middle;
    else tooMany = middle;
  }
  return cut(fits);
}

const all = 'All of them: `rolewright diff`.';

function laidOut(opening: string, sections: readonly MarkdownSection[]): string {
  const shown = sections.filter(({ items }) => items.length > 0);
  const texts = shown.map(
    ({ opening: start, items, closing }) => `${start === '' ? '' : `${start}\n`}${items.join('\n')}${closing}`,
  );
  return `${[opening, ...texts].join('\n\n')}\n`;
}

function first(sections: readonly MarkdownSection[], count: number): readonly MarkdownSection[] {
  let left = count;
  return sections.map((section) => {
    const items = section.items.slice(0, left);
    left -= items.length;
    return { ...section, items };
  });
}
