import type { Diagnostic } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { PlanFile } from './plan-file.ts';
import type { UpRequest } from './request.ts';
import type { Session } from './session.ts';
import type { StackState } from './state.ts';
import { tenantDigest } from './tenant-digest.ts';
import type { Undertaking, Update } from './updates.ts';

const again = 'nothing was changed; run `rolewright preview --plan` again, and have the new plan reviewed';

/**
 * Whether the declaration or the state is another one than when a plan was saved; known without a call to the tenant.
 * A state that has changed says why the tenant has, so the two are not asked for at once.
 */
export function movedBeforeReading(
  { stack, tenant, standsOn }: PlanFile,
  { desired }: Pick<UpRequest, 'desired'>,
  { circumstances }: Session,
  state: StackState,
): readonly Diagnostic[] {
  if (tenant !== circumstances.domain) {
    const parameters = { what: 'tenant', planned: tenant, here: circumstances.domain } as const;
    const help = `${pointToTenant[desired.environment.target]} that tenant, or make another plan`;
    return [diagnostic('RW6431', null, parameters, { help })];
  }
  return [
    ...(standsOn.modelAfter === desired.digest ? [] : [diagnostic('RW6432', null, {}, { help: again })]),
    ...(standsOn.state === state.digest ? [] : [diagnostic('RW6433', null, { stack }, { help: again })]),
  ];
}

/** Whether the tenant holds something else than when a plan was saved, and what the plan would come to now. */
export function movedTenant(
  file: PlanFile,
  undertaking: Undertaking,
  updates: readonly Update[],
): readonly Diagnostic[] {
  const now = updates.map(({ effects }) => effects);
  const doing = differenceOf(file.updates.flat(), now.flat());
  if (file.standsOn.held !== tenantDigest(undertaking)) {
    return [diagnostic('RW6434', null, { domain: file.tenant, now: doing }, { help: again })];
  }
  if (JSON.stringify(now) === JSON.stringify(file.updates)) return [];
  const parameters = { update: 1, updates: updates.length, doing: doing ?? 'do the same in other steps' };
  return [diagnostic('RW6436', null, parameters, { help: again })];
}

/** What the second list has besides the first, and what it lacks, in words after "would"; null where it is the same. */
export function differenceOf(planned: readonly string[], found: readonly string[]): string | null {
  const more = found.filter((effect) => !planned.includes(effect));
  const less = planned.filter((effect) => !found.includes(effect)).map((effect) => `not ${effect}`);
  const [all, shown] = [[...more, ...less], [...more, ...less].slice(0, 3)];
  if (all.length === 0) return null;
  return shown.join(', ') + (all.length > 3 ? ` and ${all.length - 3} more` : '');
}

const pointToTenant = { auth0: 'set AUTH0_DOMAIN to', keycloak: 'set KEYCLOAK_URL to the server of' } as const;
