import type { Diagnostic, Result } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { digestOf } from '../../model/compile/digest.ts';
import type { Audit } from './audit.ts';
import type { AuditFinding } from './finding.ts';
import { weights } from './finding.ts';
import { findingsDigest } from './findings-digest.ts';

/** An audit that somebody has looked at and answers for, with which the next one can be compared. Ids of people, no addresses. */
export interface SignOff
  extends Pick<Audit, 'schemaVersion' | 'stack' | 'tenant' | 'asOf' | 'model' | 'coverage' | 'findingsDigest'> {
  readonly kind: 'rolewright-sign-off';
  readonly product: string;
  readonly reviewer: string;
  /** In UTC. */
  readonly signedAt: string;
  readonly note: string | null;
  readonly findings: readonly AuditFinding[];
  /** `sha256:` and 64 hex digits over all the rest. */
  readonly digest: string;
}

/** Who signs, and when. */
export type Signature = Pick<SignOff, 'product' | 'reviewer' | 'signedAt' | 'note'>;

const ownDigest = new Set(['digest']);

/** Signs an audit off. */
export function signOff(audit: Audit, signature: Signature): SignOff {
  const { schemaVersion, stack, tenant, asOf, model, coverage, findingsDigest: found } = audit;
  const unsigned = {
    ...({ kind: 'rolewright-sign-off', schemaVersion, ...signature } as const),
    ...{ stack, tenant, asOf, model, coverage, findingsDigest: found },
    findings: audit.findings.map(withoutAddress),
  };
  return { ...unsigned, digest: digestOf(unsigned, ownDigest) };
}

/**
 * Reads a sign-off, and sees to it that nobody has changed it since. The digest is no signature: who changes the file and
 * knows how, changes the digest too; who signs it keeps it where changes are seen.
 */
export function readSignOff(text: string, file: string): Result<SignOff | null> {
  const wrong = (reason: string): readonly [null, readonly Diagnostic[]] => {
    const help = 'give the file that `rolewright audit --sign-off FILE` has written, as it was written';
    return [null, [diagnostic('RW6801', null, { file, reason }, { help })]];
  };
  let read: Partial<SignOff> | null;
  try {
    read = JSON.parse(text) as Partial<SignOff> | null;
  } catch {
    return wrong('it is not JSON');
  }
  if (read?.kind !== 'rolewright-sign-off') return wrong('it is not a sign-off');
  if (read.schemaVersion !== 1) return wrong(`its version is ${String(read.schemaVersion)}, and this one reads 1`);
  const signed = read as SignOff;
  if (signed.digest !== digestOf(signed, ownDigest)) return wrong('it was changed after it was signed');
  const isWhole = Array.isArray(signed.findings) && signed.findings.every(({ code }) => code in weights);
  if (!isWhole || signed.findingsDigest !== findingsDigest(signed.findings)) {
    return wrong('its findings are not those that were signed');
  }
  return [signed, []];
}

/** Refuses to compare an audit with what was signed of another stack or tenant. */
export function checkSameTenant(
  { stack, tenant }: Pick<Audit, 'stack' | 'tenant'>,
  signed: SignOff,
  file: string,
): readonly Diagnostic[] {
  const help = 'give the sign-off of this stack, or name the other one with --stack';
  const pairs = [
    ['stack', signed.stack, stack],
    ['tenant', signed.tenant, tenant],
  ] as const;
  return pairs
    .filter(([, then, here]) => then !== here)
    .slice(0, 1)
    .map(([what, then, here]) => diagnostic('RW6802', null, { file, what, signed: then, here }, { help }));
}

function withoutAddress(finding: AuditFinding): AuditFinding {
  return finding.person === null ? finding : { ...finding, person: { ...finding.person, address: null } };
}
