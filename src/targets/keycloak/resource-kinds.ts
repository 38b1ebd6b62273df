import type { Holds, Kind } from '../../stack/resource-kinds.ts';
import { kinds } from '../../stack/resource-kinds.ts';
import { types } from './resource-types.ts';

const kindsByType: Readonly<Record<string, Kind>> = {
  [types.client]: kinds.api,
  [types.permissions]: kinds.scopes,
  [types.role]: kinds.role,
  [types.rolePermissions]: kinds.grants,
  [types.userRole]: kinds.holder,
  [types.defaultRole]: kinds.defaultRole,
};

/** What a type of our provider is. */
export function kindOf(type: string): Kind | null {
  return kindsByType[type] ?? null;
}

/** What all targets call a property, where that is another word; the others are left as they are. */
const words: Readonly<Partial<Record<Kind, Readonly<Record<string, string>>>>> = {
  [kinds.api]: { clientId: 'identifier', accessTokenLifespan: 'tokenLifetime' },
  [kinds.scopes]: { clientId: 'resourceServerIdentifier', permissions: 'scopes' },
};

/**
 * What a resource of ours holds, in the words of all targets. Properties that are not there stay away, and what only an update
 * will know stays what it is.
 */
export function holds(kind: Kind, properties: Holds): Holds {
  const translated = Object.entries(properties).map(([name, value]) => [words[kind]?.[name] ?? name, value] as const);
  const held = Object.fromEntries(translated.filter(([, value]) => value !== undefined));
  if (kind !== kinds.grants || !Array.isArray(held.permissions)) return held;
  return { ...held, permissions: held.permissions.map(grantOf) };
}

function grantOf(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  const { clientId, ...rest } = entry as Readonly<Record<string, unknown>>;
  return clientId === undefined ? rest : { ...rest, resourceServerIdentifier: clientId };
}
