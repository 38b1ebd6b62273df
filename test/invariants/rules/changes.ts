import type { Call, Snapshot } from '../../../src/emulator/start-emulator.ts';
import type { Observation, TrackedRole } from '../observation.ts';
import { instantsOf, roleAt, trackRoles } from '../observation.ts';
import { applicationChanges } from '../pair.ts';

/** What a call changed of a scope that an API of ours offers, or that a role of ours holds. */
export interface ScopeChange {
  readonly call: Call;
  readonly audience: string;
  readonly scope: string;
  readonly change: 'offered' | 'withdrawn' | 'granted' | 'taken';
  /** Null where it is the API's. */
  readonly role: TrackedRole | null;
}

/** Everything that the calls changed of scopes and grants, in order. What came or went with its API or role is told too. */
export function scopeChanges(observation: Observation): readonly ScopeChange[] {
  const { first, pair } = observation;
  const roles = trackRoles(observation);
  const applications = applicationChanges(pair);
  let before = first;
  return instantsOf(observation).flatMap(({ call, snapshot }) => {
    const previous = before;
    before = snapshot;
    return [
      ...applications.flatMap(({ audience }) => {
        const of = (tenant: Snapshot) =>
          tenant.resourceServers.find(({ identifier }) => identifier === audience)?.scopes ?? [];
        const [gone, come] = differences(of(previous), of(snapshot));
        return [
          ...gone.map((scope) => ({ call, audience, scope, change: 'withdrawn' as const, role: null })),
          ...come.map((scope) => ({ call, audience, scope, change: 'offered' as const, role: null })),
        ];
      }),
      ...roles.flatMap((role) => {
        const { audience } = role;
        const of = (tenant: Snapshot) =>
          (roleAt(role, tenant, first)?.permissions ?? []).flatMap((held) =>
            held.audience === audience ? [held.scope] : [],
          );
        const [gone, come] = differences(of(previous), of(snapshot));
        return [
          ...gone.map((scope) => ({ call, audience, scope, change: 'taken' as const, role })),
          ...come.map((scope) => ({ call, audience, scope, change: 'granted' as const, role })),
        ];
      }),
    ];
  });
}

function differences(
  before: readonly string[],
  after: readonly string[],
): readonly [readonly string[], readonly string[]] {
  return [before.filter((scope) => !after.includes(scope)), after.filter((scope) => !before.includes(scope))];
}
