import type { Audit, AuditCoverage } from './audit.ts';
import type { AuditFinding } from './finding.ts';
import { findingKey, findingsDigest } from './findings-digest.ts';
import type { SignOff } from './sign-off.ts';

/** What has become of a finding since it was signed off: `changed` is of the same person and rule, with other facts. */
export type FindingState = 'new' | 'changed' | 'unchanged';

/** An audit beside the one that was signed off before. */
export interface AuditComparison {
  readonly signed: Pick<SignOff, 'reviewer' | 'signedAt' | 'note' | 'asOf'>;
  /** Whether the model is the one of that day. */
  readonly sameModel: boolean;
  /** One for each finding of the audit, in its order. */
  readonly states: readonly FindingState[];
  /** Signed off then, and there no longer. */
  readonly gone: readonly AuditFinding[];
  /** Signed off then, and not looked at now, so that it may be there still. */
  readonly unseen: readonly AuditFinding[];
  readonly summary: { readonly new: number; readonly changed: number; readonly unchanged: number };
}

/**
 * Compares an audit with what was signed off.
 *
 * @param seen the ids of all people who were read for the audit
 */
export function compareAudits(audit: Audit, signed: SignOff, seen: ReadonlySet<string>): AuditComparison {
  const before = new Set(signed.findings.map(findingKey));
  const same = new Set(signed.findings.map((finding) => findingsDigest([finding])));
  const states = audit.findings.map((finding): FindingState => {
    if (same.has(findingsDigest([finding]))) return 'unchanged';
    return before.has(findingKey(finding)) ? 'changed' : 'new';
  });
  const now = new Set(audit.findings.map(findingKey));
  const missing = signed.findings.filter((finding) => !now.has(findingKey(finding)));
  const isSeen = (finding: AuditFinding): boolean => isLookedAt(finding, audit.coverage, signed.coverage, seen);
  const count = (state: FindingState): number => states.filter((one) => one === state).length;
  const { reviewer, signedAt, note, asOf } = signed;
  return {
    signed: { reviewer, signedAt, note, asOf },
    sameModel: signed.model === audit.model,
    states,
    gone: missing.filter(isSeen),
    unseen: missing.filter((finding) => !isSeen(finding)),
    summary: { new: count('new'), changed: count('changed'), unchanged: count('unchanged') },
  };
}

const breadths: readonly AuditCoverage['directPermissions'][] = ['nobody', 'holders', 'everybody'];

/** Whether an audit would have found something again that an earlier one has found. */
function isLookedAt(
  finding: AuditFinding,
  now: AuditCoverage,
  then: AuditCoverage,
  seen: ReadonlySet<string>,
): boolean {
  if (finding.organization !== null && now.organizations === null) return false;
  const isDirect = [...finding.through, ...finding.permissions.flatMap(({ through }) => through)].some(
    ({ kind }) => kind === 'direct',
  );
  if (!isDirect || now.directPermissions === 'everybody') return true;
  const isNarrower = breadths.indexOf(now.directPermissions) < breadths.indexOf(then.directPermissions);
  // Whoever has lost the last role is not read any more, and may hold the permission still.
  return !isNarrower && finding.person !== null && seen.has(finding.person.id);
}
