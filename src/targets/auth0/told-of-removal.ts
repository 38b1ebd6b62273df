import { getOrganization, getProject, getStack, log, runtime } from '@pulumi/pulumi';
import { byCodePoint } from '../../language/source.ts';
import type { LoweredState } from './lower.ts';

/** What a state says of a resource, as the engine's own `readStackResourceOutputs` answers it, by URN. */
export type ResourcesInState = Readonly<
  Record<string, { readonly type: string; readonly outputs: Readonly<Record<string, unknown>> }>
>;

/**
 * Tells who runs plain `pulumi` of scopes that are to go and that roles hold yet: the engine changes what an API offers
 * before it changes roles, so they need two updates. It reads the state and calls nobody. A state that is not to be read
 * stops nothing: what is told here is advice.
 */
export async function tellOfRemovals(target: LoweredState): Promise<void> {
  try {
    const stackName = `${getOrganization()}/${getProject()}/${getStack()}`;
    const { outputs } = await runtime.invoke('pulumi:pulumi:readStackResourceOutputs', { stackName });
    const held = heldAndLeaving(target, outputs as ResourcesInState);
    if (held.length > 0) await log.warn(removalText(held));
  } catch {
    // The first run of a stack has no state.
  }
}

/** `shop.user holds notes, reports`, one for each role that holds what its API is to offer no more. */
export function heldAndLeaving({ applications }: LoweredState, resources: ResourcesInState): readonly string[] {
  const offered = new Map(
    applications.map(({ resourceServer, scopes }) => [
      resourceServer.identifier,
      new Set(scopes.map(({ name }) => name)),
    ]),
  );
  return Object.entries(resources)
    .filter(([, { type }]) => type === 'auth0:index/rolePermissions:RolePermissions')
    .flatMap(([urn, { outputs }]) => {
      const permissions = (outputs.permissions ?? []) as readonly Permission[];
      const leaving = permissions
        .filter(({ name, resourceServerIdentifier }) => offered.get(resourceServerIdentifier)?.has(name) === false)
        .map(({ name }) => name)
        .sort(byCodePoint);
      return leaving.length === 0 ? [] : [`${urn.split('::').at(-1)} holds ${leaving.join(', ')}`];
    })
    .sort(byCodePoint);
}

interface Permission {
  readonly name: string;
  readonly resourceServerIdentifier: string;
}

function removalText(held: readonly string[]): string {
  return [
    `roles hold scopes that are to go: ${held.join('; ')}.`,
    'Plain pulumi takes a scope from its API first. Auth0 may refuse that each time, or take it from the roles before they have',
    'what replaces it. "rolewright up" lets the roles go first, in an update of its own.',
  ].join(' ');
}
