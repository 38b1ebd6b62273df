import type { Diagnostic } from '../language/diagnostic.ts';
import { formatPlace } from '../language/source.ts';

/** A diagnostic in one paragraph, for formats that have one text for each problem and show the line themselves. */
export function plainMessage({ message, expected, suggestion, related, help }: Diagnostic): string {
  const sentences = [
    message,
    expected === null ? null : `expected ${expected}`,
    suggestion === null ? null : `did you mean "${suggestion}"?`,
    ...related.map((item) => `${item.message}: ${formatPlace(item.place)}`),
    help,
  ];
  return sentences.filter((sentence) => sentence !== null).join('\n');
}
