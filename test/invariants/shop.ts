import type { Policy } from '../../src/authorize/policy.ts';
import { digestOf } from '../../src/model/compile/digest.ts';
import type {
  DesiredApplication,
  DesiredEnvironment,
  DesiredRole,
  DesiredScope,
} from '../../src/model/desired-state.ts';
import type { Model, Pair } from './pair.ts';

/**
 * An application in few words, so that many can be written down, and more made at random. What it means is worked out here,
 * by the rules of the language and without the product's compiler.
 */
export interface Shop {
  /** Default `shop`. */
  readonly name?: string;
  readonly formerly?: readonly string[];
  /** Default after the name. */
  readonly audience?: string;
  readonly permissions: readonly ShopPermission[];
  /** What roles may be narrowed to; none: no role is restrictable, and no permission restricted. */
  readonly apps?: readonly string[];
  readonly roles: readonly ShopRole[];
  readonly holders?: readonly { readonly role: string; readonly person: string }[];
}

export interface ShopPermission {
  /** Without its section, which is always `data`. */
  readonly name: string;
  /** The lowest first; empty for one without levels. */
  readonly levels?: readonly string[];
  readonly isRestricted?: boolean;
  readonly title?: string;
  readonly formerly?: readonly string[];
  /** What its scopes are made of; default the name. */
  readonly scope?: string;
}

export interface ShopRole {
  readonly name: string;
  readonly title?: string;
  readonly formerly?: readonly string[];
  /** `contracts`, or `spend:edit`, which gives the lower levels too. */
  readonly grants: readonly string[];
  /** What it is narrowed to, which makes it a custom role. */
  readonly apps?: readonly string[];
}

export interface ShopPairOptions {
  readonly protect?: boolean;
  readonly overrides?: readonly string[];
}

/** A pair of lists of applications; an empty list before is a first `up`. */
export function pairOf(
  name: string,
  before: readonly Shop[],
  after: readonly Shop[],
  { protect = false, overrides = [] }: ShopPairOptions = {},
): Pair {
  const renamed = after.flatMap((shop) =>
    shop.permissions.flatMap((permission) =>
      (permission.formerly ?? []).map(
        (old) => [`${audienceOf(shop)} data/${old}`, `${audienceOf(shop)} data/${permission.name}`] as const,
      ),
    ),
  );
  return {
    name,
    before: modelOf(before, protect),
    after: modelOf(after, protect),
    renamed: new Map(renamed),
    overrides,
  };
}

function modelOf(shops: readonly Shop[], protect: boolean): Model {
  const applications = shops.map(applicationOf).sort(byName);
  const environment: DesiredEnvironment = {
    ...{ name: 'dev', purpose: 'development', target: 'auth0', tenant: 'loopback', protect },
    guards: { maximumRemoval: null, requiredRoles: [] },
  };
  const state = { schemaVersion: 1, environment, applications } as const;
  const digest = digestOf(state);
  return { desired: { ...state, digest }, policies: shops.map((shop) => policyOf(shop, digest)) };
}

function applicationOf(shop: Shop): DesiredApplication {
  const name = shop.name ?? 'shop';
  const { permissions, apps = [], formerly = [], roles, holders = [] } = shop;
  const narrowing: readonly DesiredScope[] =
    apps.length === 0
      ? []
      : [
          ...apps.map((app) => narrowingScope('app', app, `App: ${words(app)}`)),
          narrowingScope('restriction', 'none', 'Not restricted to apps'),
          ...roles
            .filter((role) => role.apps !== undefined)
            .map((role) =>
              narrowingScope('restriction', oldestName(role), `Restricted to the apps of ${titleOf(role)}`),
            ),
        ];
  return {
    ...{ name, title: words(name), formerly, audience: audienceOf(shop), tokenLifetimeSeconds: 3600 },
    scopes: [...permissions.flatMap(permissionScopes), ...narrowing].sort((a, b) => (a.value < b.value ? -1 : 1)),
    roles: roles.map((role) => roleOf(role, shop)).sort(byName),
    holders: holders.map(({ role, person }) => ({
      role,
      assignment: 'people',
      account: { by: 'id', id: `auth0|${person}` },
    })),
  };
}

function permissionScopes(permission: ShopPermission): readonly DesiredScope[] {
  const { name, levels = [], formerly = [], scope = name } = permission;
  const title = titleOf(permission);
  const common = { kind: 'permission', title, sensitive: false } as const;
  if (levels.length === 0) {
    const description = `${title} (Data)`;
    return [{ ...common, value: scope, description, reference: `data/${name}`, level: null, formerly }];
  }
  return levels.map((level, rank) => ({
    ...common,
    formerly: formerly.map((old) => `${level}:${old}`),
    value: `${level}:${scope}`,
    description: `${title}: ${words(level)}`,
    reference: `data/${name}:${level}`,
    level: { title: words(level), rank },
  }));
}

function narrowingScope(kind: 'app' | 'restriction', name: string, description: string): DesiredScope {
  const value = `${kind}:${name}`;
  return { value, description, kind, reference: name, title: words(name), level: null, sensitive: false };
}

function roleOf(role: ShopRole, { permissions, apps = [] }: Shop): DesiredRole {
  const granted = role.grants.flatMap((grant) => {
    const [name, level] = grant.split(':');
    const offered = permissions.filter((permission) => permission.name === name).flatMap(permissionScopes);
    const highest = offered.findIndex(({ reference }) => reference === `data/${name}:${level}`);
    return (level === undefined ? offered : offered.slice(0, highest + 1)).map(({ value }) => value);
  });
  const narrowed = (role.apps ?? []).map((app) => `app:${app}`);
  const marker = `restriction:${role.apps === undefined ? 'none' : oldestName(role)}`;
  const title = titleOf(role);
  return {
    ...{ name: role.name, title, description: `${title} of Shop`, formerly: role.formerly ?? [] },
    kind: role.apps === undefined ? 'role' : 'custom-role',
    scopes: [...new Set([...granted, ...(apps.length === 0 ? [] : [marker, ...narrowed])])].sort(),
    declaredAt: `roles/${role.name}.yaml:5:9`,
  };
}

function policyOf(shop: Shop, modelDigest: string): Policy {
  const { name = 'shop', permissions, apps = [], roles } = shop;
  const restrictions = roles.filter((role) => role.apps !== undefined).map(oldestName);
  const entry = (kind: string, one: string) => [one, { title: words(one), scope: `${kind}:${one}` }] as const;
  return {
    ...{ schemaVersion: 1, application: name, environment: 'dev', issuer: 'https://loopback/' },
    audience: audienceOf(shop),
    restrictable: apps.length > 0,
    permissions: Object.fromEntries(
      permissions.map((permission) => [
        `data/${permission.name}`,
        {
          title: titleOf(permission),
          restrictedBy: permission.isRestricted === true && apps.length > 0 ? 'apps' : null,
          levels: permissionScopes(permission).map(({ value, level }, rank) => ({
            name: level === null ? null : (permission.levels?.[rank] ?? null),
            ...{ title: level?.title ?? titleOf(permission), scope: value, alsoForVendors: false, whenDenied: null },
          })),
        },
      ]),
    ),
    apps: Object.fromEntries(apps.map((app) => entry('app', app))),
    ...{ vendors: {}, resellers: {} },
    restrictions:
      apps.length === 0 ? {} : Object.fromEntries(['none', ...restrictions].map((one) => entry('restriction', one))),
    ...{ machines: [], thirdPartyClients: { only: [] }, modelDigest },
  };
}

function audienceOf({ name = 'shop', audience = `https://${name}.example` }: Shop): string {
  return audience;
}

/** A renamed custom role keeps its oldest name in its marker. */
function oldestName({ name, formerly = [] }: ShopRole): string {
  return formerly[0] ?? name;
}

/** The name in words, unless a title is written. */
export function titleOf({ name, title = words(name) }: { readonly name: string; readonly title?: string }): string {
  return title;
}

function words(name: string): string {
  return name.replace(/(^|-)([a-z])/gu, (_, dash: string, letter: string) => `${dash && ' '}${letter.toUpperCase()}`);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
