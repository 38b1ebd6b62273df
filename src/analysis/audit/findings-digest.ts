import { digestOf } from '../../model/compile/digest.ts';
import type { AuditFinding } from './finding.ts';

/** Words and lines that may change while a finding stays the same: titles, addresses of people, places in files. */
const notInDigest = new Set(['title', 'level', 'address', 'place']);

/** `sha256:` and 64 hex digits over what was found. */
export function findingsDigest(findings: readonly AuditFinding[]): string {
  return digestOf(findings, notInDigest);
}

/** What makes two findings of two audits one and the same, whatever has become of it: of whom, and by which rule. */
export function findingKey({ code, application, person, organization, role, rule }: AuditFinding): string {
  const ofRole = role === null ? null : (role.reference ?? role.id);
  return JSON.stringify([code, application?.name, person?.id, organization, ofRole, rule?.kind, rule?.name]);
}
