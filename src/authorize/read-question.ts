import type { Reason } from './decision.ts';
import type { Policy, PolicyLevel, PolicyPermission, PolicyScope } from './policy.ts';

/** What is asked for, as the policy knows it. */
export interface Asked {
  readonly permission: PolicyPermission;
  readonly level: PolicyLevel;
  /** The scopes of which any one gives it: the level's, and those of the higher levels. */
  readonly scopes: readonly string[];
}

/** What it is asked for, as the policy knows it. */
export type Target =
  | { readonly kind: 'app' | 'vendor' | 'reseller'; readonly named: PolicyScope }
  | { readonly kind: 'application'; readonly named: null };

/** Finds the permission at its level by our reference, `data/spend-data:edit`, or says why there is none. */
export function readPermission(text: unknown, { permissions }: Policy): Asked | Reason {
  if (typeof text !== 'string') return 'malformed-question';
  const [reference = '', name, ...rest] = text.split(':');
  const permission = Object.hasOwn(permissions, reference) ? permissions[reference] : undefined;
  if (permission === undefined || rest.length > 0) return 'unknown-permission';
  const hasLevels = permission.levels[0]?.name !== null;
  if (name === undefined && hasLevels) return 'missing-level';
  if (name !== undefined && !hasLevels) return 'needless-level';
  const rank = permission.levels.findIndex((level) => level.name === (name ?? null));
  const level = permission.levels[rank];
  if (level === undefined) return 'unknown-level';
  return { permission, level, scopes: permission.levels.slice(rank).map(({ scope }) => scope) };
}

/** Finds what the permission is asked for, or says why there is no such thing. It says exactly one thing. */
export function readResource(resource: unknown, policy: Policy): Target | Reason {
  if (typeof resource !== 'object' || resource === null) return 'malformed-question';
  const keys = Reflect.ownKeys(resource);
  const kind = keys[0];
  const value: unknown = kind === undefined ? undefined : Object.getOwnPropertyDescriptor(resource, kind)?.value;
  if (keys.length !== 1) return 'malformed-question';
  if (kind === 'applicationWide') return value === true ? { kind: 'application', named: null } : 'malformed-question';
  if ((kind !== 'app' && kind !== 'vendor' && kind !== 'reseller') || typeof value !== 'string') {
    return 'malformed-question';
  }
  const known = policy[`${kind}s`];
  const named = Object.hasOwn(known, value) ? known[value] : undefined;
  return named === undefined ? `unknown-${kind}` : { kind, named };
}
