import type { Audit } from '../../analysis/audit/audit.ts';
import type { AuditComparison } from '../../analysis/audit/compare-audits.ts';
import { jsonText } from '../json.ts';

/** An audit as a program reads it; `schemas/audit-v1.schema.json` describes it. */
export interface AuditReport extends Audit {
  /** What is in it of people, for whoever passes the file on. */
  readonly personalData: typeof personalData;
  /** null where it was compared with nothing. */
  readonly since: AuditComparison | null;
}

export const personalData = 'ids and addresses of people, and what they may do';

/** An audit as JSON. */
export function auditJson(audit: Audit, since: AuditComparison | null): string {
  const { findings, ...facts } = audit;
  const report: AuditReport = { ...facts, personalData, since, findings };
  return jsonText(report);
}
