import { getOrganization, getProject, getStack, log, runtime } from '@pulumi/pulumi';
import { byCodePoint } from '../language/source.ts';
import type { LoweredState } from './lowered-state.ts';
import { kinds } from './resource-kinds.ts';
import type { Target } from './target.ts';

/** What a state says of a resource, as the engine's own `readStackResourceOutputs` answers it, by URN. */
export type ResourcesInState = Readonly<
  Record<string, { readonly type: string; readonly outputs: Readonly<Record<string, unknown>> }>
>;

/**
 * Tells who runs plain `pulumi` of scopes that are to go and that roles hold yet: the engine changes what an API offers
 * before it changes roles, so they need two updates. It reads the state and calls nobody. A state that is not to be read
 * stops nothing: what is told here is advice.
 */
export async function tellOfRemovals(target: Target, lowered: LoweredState): Promise<void> {
  try {
    const stackName = `${getOrganization()}/${getProject()}/${getStack()}`;
    const { outputs } = await runtime.invoke('pulumi:pulumi:readStackResourceOutputs', { stackName });
    const held = heldAndLeaving(target, lowered, outputs as ResourcesInState);
    if (held.length > 0) await log.warn(removalText(held));
  } catch {
    // The first run of a stack has no state.
  }
}

/** `shop.user holds notes, reports`, one for each role that holds what its API is to offer no more. */
export function heldAndLeaving(
  target: Pick<Target, 'kindOf' | 'holds'>,
  { applications }: LoweredState,
  resources: ResourcesInState,
): readonly string[] {
  const offered = new Map(applications.map(({ api, scopes }) => [api.identifier, new Set(scopes.map(nameOf))]));
  return Object.entries(resources)
    .filter(([, { type }]) => target.kindOf(type, '') === kinds.grants)
    .flatMap(([urn, { outputs }]) => {
      const permissions = (target.holds(kinds.grants, outputs).permissions ?? []) as readonly Permission[];
      const leaving = permissions
        .filter(({ name, resourceServerIdentifier }) => offered.get(resourceServerIdentifier)?.has(name) === false)
        .map(nameOf)
        .sort(byCodePoint);
      return leaving.length === 0 ? [] : [`${urn.split('::').at(-1)} holds ${leaving.join(', ')}`];
    })
    .sort(byCodePoint);
}

interface Permission {
  readonly name: string;
  readonly resourceServerIdentifier: string;
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function removalText(held: readonly string[]): string {
  return [
    `roles hold scopes that are to go: ${held.join('; ')}.`,
    'Plain pulumi takes a scope from its API first. Auth0 may refuse that each time, or take it from the roles before they have',
    'what replaces it; Keycloak takes it from them. "rolewright up" lets the roles go first, in an update of its own.',
  ].join(' ');
}
