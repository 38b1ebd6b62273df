import { formatPlace } from '../language/source.ts';
import { differenceText } from './difference/text.ts';
import type { Paint } from './paint.ts';
import type { LeftBehind, Promotion } from './promotion.ts';
import { terminalText } from './terminal-text.ts';

/** A promotion for a terminal: what it changes, what stays behind, and what differs on purpose. Ends with a line feed. */
export function promotionText({ from, to, difference, left, settings }: Promotion, paint: Paint): string {
  const [here, there] = [terminalText(from), terminalText(to)];
  const lists: readonly (readonly [string, readonly string[]])[] = [
    [`Stays in ${here}`, left.map((item) => leftText(item, paint))],
    [`Goes on being different in ${there}`, (settings?.details ?? []).map((detail) => `~ ${terminalText(detail)}`)],
  ];
  const blocks = lists
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => [paint('strong', heading), ...lines.map((line) => `  ${line}`)].join('\n'));
  return `${[differenceText(difference, paint).trimEnd(), ...blocks].join('\n\n')}\n`;
}

function leftText({ application, name, title, onlyIn, place }: LeftBehind, paint: Paint): string {
  const named = `${paint('strong', terminalText(title))} (${terminalText(`${application}/${name}`)})`;
  return `${named} is for ${onlyIn.join(' and ')} only   ${paint('link', terminalText(formatPlace(place)))}`;
}
