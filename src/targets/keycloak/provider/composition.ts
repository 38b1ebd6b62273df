import { byCodePoint } from '../../../language/source.ts';
import { TenantError } from '../../../stack/tenant-error.ts';
import type { RoleAnswer } from '../realm-reader.ts';
import type { RoleGraph } from '../role-graph.ts';
import { roleGraph } from '../role-graph.ts';
import type { Server } from './kind.ts';

/** A permission of a client, as a role gives it. */
export interface Grant {
  readonly name: string;
  readonly clientId: string;
}

/** With what the server knows it by. */
export interface GrantedRole extends Grant {
  readonly role: RoleAnswer;
}

/** One of those that a role is composed of, a role of the realm or of a client, and all that it comes to. */
export interface Part {
  readonly role: RoleAnswer;
  readonly grants: readonly GrantedRole[];
}

/** What a role is composed of; null where it is gone. */
export async function readParts(server: Server, realm: string, uuid: string): Promise<readonly Part[] | null> {
  const graph = graphOf(server, realm);
  const whole = { id: uuid, name: '', composite: true, clientRole: false, containerId: '' };
  const parts = await graph.partsOf(whole);
  if (parts === null) return null;
  return Promise.all(parts.map(async (role) => ({ role, grants: await grantsOf(server, realm, graph, role) })));
}

/**
 * The roles of clients by their names.
 *
 * @throws TenantError also where one is not offered
 */
export async function findRoles(
  { directory }: Server,
  realm: string,
  grants: readonly Grant[],
): Promise<readonly GrantedRole[]> {
  const byClient = [...Map.groupBy(grants, ({ clientId }) => clientId)];
  const found = byClient.map(async ([clientId, ofClient]) => {
    const names = ofClient.map(({ name }) => name);
    const roles = await directory.rolesOf(realm, clientId, names);
    return roles.map((role) => ({ name: role.name, clientId, role }));
  });
  return (await Promise.all(found)).flat();
}

/**
 * Sees to it that permissions, which people can compose of others as they can roles, bring nothing along that is not wanted.
 *
 * @throws TenantError for one that does: it is not a role's to take it apart
 */
export async function bringNothingAlong(
  server: Server,
  realm: string,
  { grants, wanted }: { readonly grants: readonly GrantedRole[]; readonly wanted: ReadonlySet<string> },
): Promise<void> {
  const graph = graphOf(server, realm);
  for (const { role, name, clientId } of grants.filter(({ role: { composite } }) => composite)) {
    const reached = await grantsOf(server, realm, graph, role);
    const more = reached.find((grant) => !wanted.has(keyOf(grant)));
    if (more === undefined) continue;
    throw new TenantError(
      `409 ${name} of ${clientId} is itself composed of ${more.name} of ${more.clientId}: take it apart, or grant that as well`,
    );
  }
}

/** All that parts come to, each once, sorted. */
export function comesTo(parts: readonly Part[]): readonly Grant[] {
  const all = parts.flatMap(({ grants }) => grants.map(({ name, clientId }) => ({ name, clientId })));
  const once = new Map(all.map((grant) => [keyOf(grant), grant]));
  return [...once.values()].sort((a, b) => byCodePoint(a.clientId, b.clientId) || byCodePoint(a.name, b.name));
}

export function keysOf(grants: readonly Grant[]): ReadonlySet<string> {
  return new Set(grants.map(keyOf));
}

/** The same for the same permission of the same client, and for nothing else. */
export function keyOf({ name, clientId }: Grant): string {
  return JSON.stringify([clientId, name]);
}

function graphOf({ api }: Server, realm: string): RoleGraph {
  return roleGraph({ client: api, name: realm });
}

/** Nothing for a role that has gone meanwhile, and of a client that has. */
async function grantsOf(
  { directory }: Server,
  realm: string,
  graph: RoleGraph,
  whole: RoleAnswer,
): Promise<readonly GrantedRole[]> {
  const grants = ((await graph.clientRolesOf(whole)) ?? []).map(async (role) => {
    const clientId = await directory.clientIdOf(realm, role.containerId);
    return clientId === null ? [] : [{ name: role.name, clientId, role }];
  });
  return (await Promise.all(grants)).flat();
}
