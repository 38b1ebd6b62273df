import type { Audit } from '../../analysis/audit/audit.ts';
import { auditTenant } from '../../analysis/audit/audit.ts';
import type { AuditComparison } from '../../analysis/audit/compare-audits.ts';
import { compareAudits } from '../../analysis/audit/compare-audits.ts';
import type { SignOff } from '../../analysis/audit/sign-off.ts';
import { checkSameTenant } from '../../analysis/audit/sign-off.ts';
import type { Result } from '../../language/diagnostic.ts';
import type { DesiredState } from '../../model/desired-state.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import { today } from '../../pipeline.ts';
import { targetOf } from '../../target-of.ts';
import type { Host } from '../host.ts';
import type { AuditBreadth } from './read-tenant.ts';
import { readTenant } from './read-tenant.ts';

/** An audit, and what has changed since the one that it was to be compared with. */
export interface Audited {
  readonly audit: Audit;
  readonly comparison: AuditComparison | null;
}

/** Reads the tenant of a stack, holds it to the model, and compares it with what was signed off, if anything was. */
export async function runAudit(
  host: Host,
  held: { readonly model: EffectiveModel; readonly desired: DesiredState },
  { directPermissions, organizations }: Partial<AuditBreadth> & Pick<AuditBreadth, 'directPermissions'>,
  { signed, file }: { readonly signed: SignOff | null; readonly file: string },
): Promise<Result<Audited | null>> {
  const { environment } = held.desired;
  const identityProvider = await targetOf(environment);
  const here = { stack: environment.name, tenant: identityProvider.addressOf(environment, host.env) ?? '' };
  const other = signed === null ? [] : checkSameTenant(here, signed, file);
  if (other.length > 0) return [null, other];
  const breadth = { directPermissions, organizations: organizations === true };
  const [read, problems] = await readTenant(host, held.desired, breadth);
  if (read === null) return [null, problems];
  const audit = auditTenant({ ...held, ...read, asOf: host.asOf ?? today() });
  const seen = new Set(read.people.people.map(({ id }) => id));
  return [{ audit, comparison: signed === null ? null : compareAudits(audit, signed, seen) }, []];
}
