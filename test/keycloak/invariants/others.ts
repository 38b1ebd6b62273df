import type { ExportedClient, ExportedRealm, ExportedRole, RoleNames, WholeRealm } from './read-realm.ts';
import { ourMark } from './read-realm.ts';

/** What the product writes on a client of its own, besides its name, its mark and its roles. */
const ourSettings = { lifespan: 'access.token.lifespan', mapper: /^rolewright / };

/**
 * All of a realm that is not ours, and what others have set on what is ours, as texts by what they are about. Roles are
 * told by their ids, so that a new title of ours changes none of them, and nobody's roles of ours are told: those may change.
 */
export function textsOfOthers({ exported, people }: WholeRealm) {
  const { roles, clients, groups, ...settings } = exported;
  const ids = idsIn(exported);
  const ours = new Set(roles.realm.filter(isOurRole).map(({ id }) => id));
  const notOurs = (names: RoleNames) => ids(names).filter((id) => !ours.has(id));
  const rolesOf = ({ clientId }: ExportedClient) => roles.client?.[clientId] ?? [];
  const told = (role: ExportedRole) => ({ ...role, composites: ids(role.composites ?? {}) });
  const foreign = new Map([
    ['the settings of the realm', textOf(settings)],
    ...roles.realm.filter((role) => !isOurRole(role)).map((role) => entry('role', role.name, told(role))),
    ...clients
      .filter((client) => !isOurClient(client))
      .map((client) => entry('client', client.clientId, { client, roles: rolesOf(client).map(told) })),
    ...groups.map(({ realmRoles = [], clientRoles = {}, ...group }) =>
      entry('group', group.name, { ...group, roles: ids({ realm: realmRoles, client: clientRoles }) }),
    ),
    ...people.map(({ account, roles: own, groups: joined }) =>
      entry('person', account.username, { account, groups: joined, roles: notOurs(own) }),
    ),
  ]);
  const beside = new Map([
    ...roles.realm.filter(isOurRole).map(({ id, attributes }) => entry('role', id, withoutKeys(attributes, [ourMark]))),
    ...clients.filter(isOurClient).map((client) => {
      const { name: _, attributes, protocolMappers = [], ...rest } = client;
      return entry('client', client.clientId, {
        ...rest,
        attributes: withoutKeys(attributes, [ourMark, ourSettings.lifespan]),
        protocolMappers: protocolMappers.filter(({ name }) => !ourSettings.mapper.test(name)),
        roles: rolesOf(client)
          .filter((role) => !isOurRole(role))
          .map(told),
      });
    }),
  ]);
  return { foreign, beside };
}

function entry(kind: string, name: string, value: unknown): readonly [string, string] {
  return [`${kind} ${name}`, textOf(value)];
}

/** Ids of roles by their names, sorted. */
function idsIn({ roles }: ExportedRealm): (names: RoleNames) => readonly string[] {
  return ({ realm = [], client = {} }) => {
    const ofRealm = roles.realm.filter(({ name }) => realm.includes(name));
    const ofClients = Object.entries(client).flatMap(([clientId, names]) =>
      (roles.client?.[clientId] ?? []).filter(({ name }) => names.includes(name)),
    );
    return [...ofRealm, ...ofClients].map(({ id }) => id).sort();
  };
}

function withoutKeys(attributes: Readonly<Record<string, unknown>> = {}, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => !keys.includes(key)));
}

/** JSON in which no order says anything: the server gives the same lists in different ones. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).sort().join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${textOf(item)}`);
  return `{${entries.sort().join(',')}}`;
}

function isOurRole({ attributes = {} }: ExportedRole): boolean {
  return attributes[ourMark] !== undefined;
}

function isOurClient({ attributes = {} }: ExportedClient): boolean {
  return attributes[ourMark] !== undefined;
}
