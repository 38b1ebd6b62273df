import { auditedRoles } from '../../analysis/audit/audited-roles.ts';
import type { Result } from '../../language/diagnostic.ts';
import type { DesiredState } from '../../model/desired-state.ts';
import type { ObservedPeople } from '../../model/observed-people.ts';
import type { ObservedState } from '../../model/observed-state.ts';
import { cancelled, failureOfClient } from '../../reconcile/failures.ts';
import { reachTenant } from '../../reconcile/reach-tenant.ts';
import type { Host } from '../host.ts';

/** How much of a tenant an audit reads. */
export interface AuditBreadth {
  readonly directPermissions: ObservedPeople['directPermissions'];
  readonly organizations: boolean;
}

/** A tenant as an audit has read it. */
export interface ReadTenant {
  readonly state: ObservedState;
  readonly people: ObservedPeople;
}

/** Seconds, over all calls: thousands of people take their time where the tenant limits the rate. */
const patience = 3600;

/** Reads what an audit of a stack needs, without one write; null where the tenant does not let it. */
export async function readTenant(
  host: Host,
  desired: DesiredState,
  breadth: AuditBreadth,
): Promise<Result<ReadTenant | null>> {
  const { env, signal, progress } = host;
  const { environment } = desired;
  const [reached, problems] = await reachTenant(environment, { env, signal, onProgress: progress.tell, patience });
  if (reached === null) return [null, problems];
  const { identityProvider, tenant, circumstances } = reached;
  const audiences = desired.applications.map(({ audience }) => audience);
  let doing = 'read roles';
  try {
    const onProgress = (done: number, total: number) => progress.tell(`reading roles, ${done} of ${total}`);
    const state = await tenant.observe({ tenant: circumstances.domain, audiences, wanted: () => true, onProgress });
    doing = 'read people';
    const people = await tenant.observePeople({
      roles: auditedRoles(desired, state).map(({ id }) => id),
      audiences,
      ...breadth,
      tombstones: identityProvider.tombstonesOf(desired),
      onPeople: ({ people: count, calls }) => {
        if (calls >= worthSaying) host.say(`Reading ${count} people takes ${calls} calls.`);
      },
      onProgress: (phase, done, total) => progress.tell(`reading ${phase}, ${done} of ${total}`),
    });
    return [{ state, people }, []];
  } catch (error) {
    if (signal.aborted) return [null, [cancelled(null)]];
    return [null, [failureOfClient(error, doing, circumstances)]];
  }
}

/** Fewer calls are done before somebody has read that they are made. */
const worthSaying = 100;
