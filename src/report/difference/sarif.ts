import type { Difference } from '../../model/difference.ts';
import type { SarifOptions } from '../sarif-log.ts';
import { sarifLog } from '../sarif-log.ts';
import type { DifferenceFinding } from './findings.ts';
import { differenceFindings } from './findings.ts';

const meanings = {
  'loosened-rule': 'A change to what judges changes: something may pass that was refused before.',
  'sensitive-widening':
    'Somebody may do more, with a sensitive or reserved permission, or by the role that new people get.',
  widening: 'Somebody may do more than before.',
} as const satisfies Record<DifferenceFinding['rule'], string>;

/** What a reviewer should look at as SARIF 2.1.0: warnings for rules and for what is sensitive, notes for the rest. */
export function differenceSarif(difference: Difference, options: SarifOptions): string {
  const results = differenceFindings(difference).map(({ rule, level, message, details, place }) => ({
    rule: { id: rule, meaning: meanings[rule], level },
    level,
    message: [message, ...details].join('\n'),
    place,
    related: [],
    identity: [rule, message, place?.file ?? null],
  }));
  return sarifLog(results, 'diff', options);
}
