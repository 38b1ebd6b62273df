import type { Severity, SeverityReason } from '../../model/difference.ts';
import type { Movement } from './direction.ts';

/** How much attention a change asks for, as its type says. */
export function severityOf({ gains, loses }: Movement, reasons: readonly SeverityReason[]): Severity {
  const isFor = (...wanted: readonly SeverityReason[]) => reasons.some((reason) => wanted.includes(reason));
  if (gains) return isFor('sensitive', 'reserved', 'default-role') ? 'high' : 'medium';
  return loses && isFor('holders', 'default-role') ? 'medium' : 'low';
}
