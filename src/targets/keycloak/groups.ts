import type { UserAnswer } from './accounts.ts';
import { path } from './provider/kind.ts';
import type { Realm } from './realm-reader.ts';
import { readWhole } from './whole-lists.ts';

/** A group, with those above it, which hand their roles down. */
export interface Group {
  readonly id: string;
  /** Itself first. */
  readonly line: readonly GroupRoles[];
}

/** What one group gives by itself. */
export interface GroupRoles {
  readonly id: string;
  /** Names of roles of the realm. */
  readonly realmRoles: readonly string[];
  /** Whether it gives roles of clients. */
  readonly givesOfClients: boolean;
}

interface GroupAnswer {
  readonly id: string;
  readonly parentId?: string;
  readonly realmRoles?: readonly string[];
  readonly clientRoles?: Readonly<Record<string, readonly string[]>>;
}

/**
 * All groups of a realm, at whatever depth; those that Keycloak keeps for organizations are none of them. One call where there are
 * none; of G groups, ⌊G/100⌋ + 2.
 *
 * @throws TenantError
 */
export async function readGroups(realm: Realm): Promise<readonly Group[]> {
  // A search for a blank finds every group; without one, the list has none but the uppermost.
  const query = 'search=%20&populateHierarchy=false&briefRepresentation=false';
  const found = (await readWhole(realm, 'groups', query)) as readonly GroupAnswer[];
  const byId = new Map(found.map((group) => [group.id, group]));
  return found.map((group) => ({ id: group.id, line: lineOf(group, byId).map(rolesOf) }));
}

/** Whoever is in a group, and in none below it alone. Of m people, ⌊m/100⌋ + 1 calls. */
export async function readMembers({ client, name }: Realm, group: string): Promise<readonly UserAnswer[]> {
  return (await client.getAll(
    `${path(name, 'groups', group, 'members')}?briefRepresentation=true`,
  )) as readonly UserAnswer[];
}

/** The groups whose members hold one of these roles. */
export function groupsWith(groups: readonly Group[], roles: readonly string[]): readonly Group[] {
  return groups.filter(({ line }) => line.some(({ realmRoles }) => realmRoles.some((role) => roles.includes(role))));
}

function lineOf(group: GroupAnswer, byId: ReadonlyMap<string, GroupAnswer>): readonly GroupAnswer[] {
  const above = group.parentId === undefined ? undefined : byId.get(group.parentId);
  return above === undefined ? [group] : [group, ...lineOf(above, byId)];
}

function rolesOf({ id, realmRoles = [], clientRoles = {} }: GroupAnswer): GroupRoles {
  return { id, realmRoles, givesOfClients: Object.values(clientRoles).some((roles) => roles.length > 0) };
}
