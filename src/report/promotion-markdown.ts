import { formatPlace } from '../language/source.ts';
import { differenceMarkdown } from './difference/markdown.ts';
import { markdownText } from './markdown-text.ts';
import type { Promotion } from './promotion.ts';

/** A promotion as GitHub's Markdown: what it changes, what stays behind, and what differs on purpose. */
export function promotionMarkdown({ from, to, difference, left, settings }: Promotion, limit: number): string {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    [
      `Stays in ${from}`,
      left.map(({ application, name, title, onlyIn, place }) => {
        return `${title} (${application}/${name}) is for ${onlyIn.join(' and ')} only: ${formatPlace(place)}`;
      }),
    ],
    [`Goes on being different in ${to}`, settings?.details ?? []],
  ];
  const rest = lists
    .filter(([, items]) => items.length > 0)
    .map(
      ([heading, items]) =>
        `#### ${markdownText(heading)}\n\n${items.map((item) => `- ${markdownText(item)}\n`).join('')}`,
    )
    .join('\n');
  const room = Math.max(0, limit - rest.length - 1);
  return rest === '' ? differenceMarkdown(difference, limit) : `${differenceMarkdown(difference, room)}\n${rest}`;
}
