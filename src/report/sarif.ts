import { catalogue } from '../language/catalogue.ts';
import type { Diagnostic, Severity } from '../language/diagnostic.ts';
import type { FrameOf } from './frame.ts';
import { plainMessage } from './plain-message.ts';
import type { SarifOptions } from './sarif-log.ts';
import { sarifLog } from './sarif-log.ts';

const levels = { error: 'error', warning: 'warning', advice: 'note' } as const satisfies Record<Severity, string>;

/** Diagnostics as SARIF 2.1.0 for code scanning. Fingerprints hold what stands in the line, not its number. */
export function sarif(diagnostics: readonly Diagnostic[], frameOf: FrameOf, options: SarifOptions): string {
  const results = diagnostics.map((item) => ({
    rule: { id: item.code, meaning: catalogue[item.code].meaning, level: levels[catalogue[item.code].severity] },
    level: levels[item.severity],
    message: plainMessage(item),
    place: item.place,
    related: item.related,
    identity: [
      item.code,
      item.message,
      item.place?.file ?? null,
      (item.place === null ? '' : (frameOf(item.place)?.text ?? '')).trim(),
    ],
  }));
  return sarifLog(results, 'check', options);
}
