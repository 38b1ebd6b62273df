import { lintNames } from '../../../language/catalogue/lint-codes.ts';
import type { Diagnostic } from '../../../language/diagnostic.ts';
import { diagnostic } from '../../../language/diagnostic.ts';
import { nearestName } from '../../../language/nearest-name.ts';
import type { LintContext } from '../lint-context.ts';

/** Silences of a lint that does not exist, and of one that has found nothing in their document. */
export function unusedSilence({ silences, found }: LintContext): readonly Diagnostic[] {
  const used = new Set(found.map(({ silence }) => silence));
  const known: readonly string[] = lintNames;
  return silences.flatMap((silence) => {
    const { lint, place } = silence;
    if (used.has(silence)) return [];
    if (known.includes(lint)) return [diagnostic('RW7009', place, { lint }, { help: 'remove the silence' })];
    const details = { expected: `one of ${known.join(', ')}`, suggestion: nearestName(lint, known) };
    return [diagnostic('RW7010', place, { lint }, details)];
  });
}
