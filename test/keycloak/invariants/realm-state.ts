import type { Snapshot, SnapshotPermission } from '../../../src/emulator/snapshot.ts';
import { textsOfOthers } from './others.ts';
import type { ExportedRealm, ExportedRole, RoleNames, WholeRealm } from './read-realm.ts';
import { ourMark } from './read-realm.ts';

/**
 * A realm at one moment. Its clients are APIs; what a role may do is the client roles that it is composed of, by whatever
 * chain; whom a role reaches by a group or within another role holds it. Roles of others are without what they have by ours.
 */
export interface RealmState extends Snapshot {
  /** What tokens would say, beside what they should by the roles of their holders. */
  readonly tokens: readonly Token[];
  /** What is not ours, by what it is: texts that stay the same as long as nobody writes it. */
  readonly foreign: ReadonlyMap<string, string>;
  /** What others have set on clients and roles of ours. */
  readonly beside: ReadonlyMap<string, string>;
}

/** An access token that a person would be given for an application of ours. */
export interface Token {
  readonly username: string;
  readonly clientId: string;
  readonly audience: readonly string[];
  readonly permissions: readonly string[];
  /** What the person holds of this application. */
  readonly held: readonly string[];
}

/** Works out what a realm grants, without asking the server that issues its tokens. */
export function stateOf(realm: WholeRealm): RealmState {
  const { exported, people } = realm;
  const nodes = nodesOf(exported);
  const roles = exported.roles.realm.map((role): Snapshot['roles'][number] => {
    const start = nodes.filter((node) => node.role === role);
    // Of a role that is not ours, what it has by ours is not its own.
    const reached = reach(start, nodes, (node) => isOurs(role) || node.clientId !== null || !isOurs(node.role));
    const { id, name, description = '' } = role;
    return { id, name, description, permissions: permissionsOf(reached) };
  });
  const users = people.map(({ account, roles: own, groups }) => {
    const given = exported.groups
      .filter(({ name }) => groups.includes(`/${name}`))
      .map(({ realmRoles = [], clientRoles = {} }) => ({ realm: realmRoles, client: clientRoles }));
    const start = [own, ...given].flatMap((names) => named(names, nodes));
    const everywhere = reach(start, nodes, () => true);
    return {
      id: account.id,
      roleIds: everywhere.flatMap(({ role, clientId }) => (clientId === null ? [role.id] : [])).sort(),
      permissions: permissionsOf(reach(start, nodes, ({ clientId }) => clientId !== null)),
      all: permissionsOf(everywhere),
    };
  });
  return {
    resourceServers: exported.clients
      .map(({ id, clientId, attributes }) => ({
        ...{ id, identifier: clientId },
        scopes: (exported.roles.client?.[clientId] ?? [])
          .filter((role) => attributes?.[ourMark] === undefined || isOurs(role))
          .map(({ name }) => name)
          .sort(),
      }))
      .sort((a, b) => (a.identifier < b.identifier ? -1 : 1)),
    roles: roles.sort((a, b) => (a.id < b.id ? -1 : 1)),
    users: users.map(({ all: _, ...user }) => user).sort((a, b) => (a.id < b.id ? -1 : 1)),
    tokens: people.flatMap(({ account, tokens }) =>
      Object.entries(tokens).map(([clientId, { aud = [], permissions = [] }]) => ({
        ...{ username: account.username, clientId, audience: [aud].flat(), permissions: [...permissions].sort() },
        held: (users.find(({ id }) => id === account.id)?.all ?? [])
          .filter(({ audience }) => audience === clientId)
          .map(({ scope }) => scope),
      })),
    ),
    ...textsOfOthers(realm),
  };
}

/** A role of the realm, or of a client. */
interface Node {
  readonly role: ExportedRole;
  readonly clientId: string | null;
}

function nodesOf({ roles }: ExportedRealm): readonly Node[] {
  return [
    ...roles.realm.map((role) => ({ role, clientId: null })),
    ...Object.entries(roles.client ?? {}).flatMap(([clientId, list]) => list.map((role) => ({ role, clientId }))),
  ];
}

function named({ realm = [], client = {} }: RoleNames, nodes: readonly Node[]): readonly Node[] {
  return nodes.filter(({ role, clientId }) =>
    clientId === null ? realm.includes(role.name) : client[clientId]?.includes(role.name),
  );
}

/** Everything that roles are composed of, themselves included, by way of those that may be entered. */
function reach(start: readonly Node[], nodes: readonly Node[], mayEnter: (node: Node) => boolean): readonly Node[] {
  const reached = new Set<Node>();
  const enter = (node: Node): void => {
    if (reached.has(node) || !mayEnter(node)) return;
    reached.add(node);
    for (const next of named(node.role.composites ?? {}, nodes)) enter(next);
  };
  for (const node of start) enter(node);
  return [...reached];
}

function permissionsOf(nodes: readonly Node[]): readonly SnapshotPermission[] {
  return nodes
    .flatMap(({ role, clientId }) => (clientId === null ? [] : [{ audience: clientId, scope: role.name }]))
    .sort((a, b) => (`${a.scope}\n${a.audience}` < `${b.scope}\n${b.audience}` ? -1 : 1));
}

function isOurs({ attributes = {} }: ExportedRole): boolean {
  return attributes[ourMark] !== undefined;
}
