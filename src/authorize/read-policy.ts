import type { Policy, PolicyEffects, PolicyPermission, PolicyScope } from './policy.ts';

/** Begins the scopes that say whether a token is narrowed. */
export const markerPrefix = 'restriction:';

/** The marker that does not narrow. */
export const unrestrictedMarker = 'restriction:none';

const ownPrefixes = ['app:', 'vendor:', 'reseller:', markerPrefix];

/**
 * A copy of a policy that nobody else can change, held to its type and to what the decisions rely on: no scope has two
 * meanings, and each of our prefixes means what it says.
 *
 * @throws TypeError that names the first thing that is not as it must be; a service should not start with such a policy
 */
export function readPolicy(policy: unknown): Policy {
  // Through JSON: no getters, no prototypes, no later changes. What is no JSON is found below.
  const copy: unknown = JSON.parse(JSON.stringify(policy) ?? 'null');
  const root = record(copy, 'the policy');
  if (root.schemaVersion !== 1) {
    throw wrong('schemaVersion', '1; build the policy with the rolewright that this package is of');
  }
  for (const key of ['application', 'environment', 'issuer', 'audience', 'modelDigest']) text(root[key], key);
  if (root.keys !== undefined) text(root.keys, 'keys');
  if (root.clients !== undefined) strings(root.clients, 'clients');
  boolean(root.restrictable, 'restrictable');
  const scopes = new Set<string>();
  const claim = (scope: string, path: string) => {
    if (scopes.has(scope)) throw wrong(path, `a scope of its own, not "${scope}" again`);
    scopes.add(scope);
  };
  for (const [name, value] of Object.entries(record(root.permissions, 'permissions'))) {
    permission(value, `permissions["${name}"]`, claim);
  }
  named(root.apps, 'apps', 'app:', claim);
  named(root.vendors, 'vendors', 'vendor:', claim);
  named(root.resellers, 'resellers', 'reseller:', claim);
  named(root.restrictions, 'restrictions', markerPrefix, claim);
  const restrictions = Object.keys(record(root.restrictions, 'restrictions'));
  if (root.restrictable !== restrictions.includes('none') || (root.restrictable === false && restrictions.length > 0)) {
    throw wrong('restrictions', '"none" and the rest where roles are restrictable, and empty where none is');
  }
  strings(root.machines, 'machines');
  const clients = record(root.thirdPartyClients, 'thirdPartyClients');
  const [key, ...more] = Object.keys(clients);
  if ((key !== 'only' && key !== 'allExcept') || more.length > 0) throw wrong('thirdPartyClients', 'only or allExcept');
  strings(clients[key], `thirdPartyClients.${key}`);
  return deepFreeze(copy as Policy);
}

function permission(value: unknown, path: string, claim: (scope: string, path: string) => void): void {
  const { title, restrictedBy, levels } = record(value, path) as Partial<Record<keyof PolicyPermission, unknown>>;
  text(title, `${path}.title`);
  if (restrictedBy !== 'apps' && restrictedBy !== null) throw wrong(`${path}.restrictedBy`, '"apps" or null');
  if (!Array.isArray(levels) || levels.length === 0) throw wrong(`${path}.levels`, 'a list that is not empty');
  const names = new Set<unknown>();
  for (const [rank, item] of levels.entries()) {
    const at = `${path}.levels[${rank}]`;
    const level = record(item, at);
    if (level.name !== null || levels.length > 1) text(level.name, `${at}.name`);
    if (names.has(level.name)) throw wrong(`${at}.name`, 'a name of its own');
    names.add(level.name);
    text(level.title, `${at}.title`);
    text(level.scope, `${at}.scope`);
    const scope = String(level.scope);
    if (ownPrefixes.some((prefix) => scope.startsWith(prefix))) {
      throw wrong(`${at}.scope`, `none of ${ownPrefixes.join(', ')} at the beginning`);
    }
    claim(scope, `${at}.scope`);
    boolean(level.alsoForVendors, `${at}.alsoForVendors`);
    if (level.whenDenied === null) continue;
    const effects = record(level.whenDenied, `${at}.whenDenied`) as Partial<Record<keyof PolicyEffects, unknown>>;
    for (const kind of ['hidden', 'refused', 'remains'] as const) strings(effects[kind], `${at}.whenDenied.${kind}`);
  }
}

function named(value: unknown, path: string, prefix: string, claim: (scope: string, path: string) => void): void {
  for (const [name, item] of Object.entries(record(value, path))) {
    const at = `${path}["${name}"]`;
    const { title, scope } = record(item, at) as Partial<Record<keyof PolicyScope, unknown>>;
    text(title, `${at}.title`);
    if (typeof scope !== 'string' || !scope.startsWith(prefix) || scope === prefix) {
      throw wrong(`${at}.scope`, `a scope that begins with ${prefix}`);
    }
    if ((scope === unrestrictedMarker) !== (prefix === markerPrefix && name === 'none')) {
      throw wrong(`${at}.scope`, `"${unrestrictedMarker}" for "none", and for nothing else`);
    }
    claim(scope, `${at}.scope`);
  }
}

function record(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, 'an object');
  // Without a prototype, so that what is missing is not found there.
  return Object.assign(Object.create(null), value) as Readonly<Record<string, unknown>>;
}

function text(value: unknown, path: string): void {
  if (typeof value !== 'string' || value === '') throw wrong(path, 'a string that is not empty');
}

function boolean(value: unknown, path: string): void {
  if (typeof value !== 'boolean') throw wrong(path, 'true or false');
}

function strings(value: unknown, path: string): void {
  if (!Array.isArray(value)) throw wrong(path, 'a list of strings');
  for (const [index, item] of value.entries()) text(item, `${path}[${index}]`);
}

function wrong(path: string, expected: string): TypeError {
  return new TypeError(`Not a policy of rolewright: ${path} must be ${expected}`);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) deepFreeze(item);
    Object.freeze(value);
  }
  return value;
}
