import { apiError } from './errors.ts';
import { byteOrder } from './paging.ts';
import type { Relation, ResourceServer, Store } from './store.ts';
import type { Schema } from './validation.ts';

/** A permission as requests name it. */
export interface PermissionPair {
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}

/** A permission as lists show it: description and name of the API are joined when it is read, not kept. */
export interface ShownPermission extends PermissionPair {
  readonly description: string;
  readonly resource_server_name: string;
}

/** The body `{permissions: [pair, …]}`, at least one pair; `description` is what the endpoint says of the list. */
export function permissionsSchema(description: string): Schema {
  return {
    type: 'object',
    required: ['permissions'],
    properties: {
      permissions: {
        type: 'array',
        description,
        minItems: 1,
        items: {
          type: 'object',
          required: ['resource_server_identifier', 'permission_name'],
          properties: {
            resource_server_identifier: {
              type: 'string',
              description: 'Resource server (API) identifier that this permission is for.',
            },
            permission_name: { type: 'string', description: 'Name of this permission.' },
          },
        },
      },
    },
  };
}

/** The right side of the permission relations. Ids hold no space, scopes may hold anything. */
export function permissionKey(resourceServerId: string, scope: string): string {
  return `${resourceServerId} ${scope}`;
}

/** The resource server with this id or this identifier. */
export function findResourceServer(store: Store, idOrIdentifier: string): ResourceServer | undefined {
  return (
    store.resourceServers.get(idOrIdentifier) ??
    store.resourceServers.values().find((server) => server.identifier === idOrIdentifier)
  );
}

/**
 * The keys of all pairs; 404 `inexistent_resource_server_permission` for the first that does not exist, so that a list
 * with one unknown permission assigns none of them (what Auth0 does then is not known).
 */
export function knownPermissionKeys(store: Store, pairs: readonly PermissionPair[]): string[] {
  return pairs.map((pair) => {
    const server = findResourceServer(store, pair.resource_server_identifier);
    if (server?.scopes?.some((scope) => scope.value === pair.permission_name)) {
      return permissionKey(server.id, pair.permission_name);
    }
    throw apiError(
      404,
      `This permission does not exist: '${pair.resource_server_identifier} - ${pair.permission_name}'`,
      'inexistent_resource_server_permission',
    );
  });
}

/** The keys of those pairs whose API exists; what is unknown is not assigned either, and so needs no removal. */
export function removablePermissionKeys(store: Store, pairs: readonly PermissionPair[]): string[] {
  return pairs.flatMap((pair) => {
    const server = findResourceServer(store, pair.resource_server_identifier);
    return server === undefined ? [] : [permissionKey(server.id, pair.permission_name)];
  });
}

/** Adds permissions to a role or a person; `problem` is the 400 beyond `limit` of them. Assigned ones stay as they are. */
export function addPermissions(
  relation: Relation,
  holder: string,
  keys: readonly string[],
  limit: number,
  problem: string,
): void {
  const held = relation.rightsOf(holder);
  const added = new Set(keys.filter((key) => !held.has(key)));
  if (held.size + added.size > limit) {
    throw apiError(400, problem);
  }
  const now = Date.now();
  for (const key of added) {
    relation.add(holder, key, now);
  }
}

/** What a role or a person holds, by name in byte order, then by the identifier of the API. */
export function shownPermissions(store: Store, keys: Iterable<string>): ShownPermission[] {
  const shown = [...keys].flatMap((key): ShownPermission[] => {
    const [id, name] = splitPermissionKey(key);
    const server = store.resourceServers.get(id);
    if (server === undefined) {
      return [];
    }
    return [
      {
        permission_name: name,
        description: server.scopes?.find((scope) => scope.value === name)?.description ?? '',
        resource_server_name: server.name ?? '',
        resource_server_identifier: server.identifier,
      },
    ];
  });
  return shown.sort(
    (left, right) =>
      byteOrder(left.permission_name, right.permission_name) ||
      byteOrder(left.resource_server_identifier, right.resource_server_identifier),
  );
}

/** The reverse of `permissionKey`. */
export function splitPermissionKey(key: string): [resourceServerId: string, scope: string] {
  const space = key.indexOf(' ');
  return [key.slice(0, space), key.slice(space + 1)];
}
