import { byCodePoint } from '../../language/source.ts';
import type { DesiredApplication, DesiredRole, DesiredState } from '../../model/desired-state.ts';
import type { Pins } from './accounts.ts';
import type { LoweredHolder } from './lower-holders.ts';
import { lowerHolders } from './lower-holders.ts';
import type { LoweredJustInTime } from './lower-just-in-time.ts';
import { lowerJustInTime } from './lower-just-in-time.ts';

/** What Auth0 should hold, as the arguments of its resources: plain data, sorted, made before anything is registered. */
export interface LoweredState {
  readonly applications: readonly LoweredApplication[];
  /** Whether what people depend on may be deleted only after it has been unprotected. */
  readonly protect: boolean;
  /** The accounts of all addresses, to be kept in the state. */
  readonly pins: Pins;
  /** Null where nobody is given a role at sign-in. */
  readonly justInTime: LoweredJustInTime | null;
  readonly digest: string;
}

export interface LoweredApplication {
  /** The logical name of the component, the ResourceServer and its scopes. */
  readonly name: string;
  /** Old logical names, oldest first. */
  readonly formerly: readonly string[];
  readonly resourceServer: {
    readonly name: string;
    readonly identifier: string;
    readonly enforcePolicies: true;
    readonly tokenDialect: 'access_token_authz';
    /** Seconds. */
    readonly tokenLifetime: number;
    /** Seconds; Auth0 refuses more than `tokenLifetime`. */
    readonly tokenLifetimeForWeb: number;
  };
  /** Sorted by name. */
  readonly scopes: readonly { readonly name: string; readonly description: string }[];
  /** Former names of scopes by their names. */
  readonly formerScopes: Readonly<Record<string, readonly string[]>>;
  readonly roles: readonly LoweredRole[];
}

export interface LoweredRole {
  /** `<application>.<role>`: the logical name of the component, the Role and its RolePermissions. */
  readonly logicalName: string;
  readonly formerly: readonly string[];
  readonly name: string;
  readonly description: string;
  /** Names of scopes, sorted; where empty, no RolePermissions are declared: the provider fails on an empty set. */
  readonly scopes: readonly string[];
  /** Whoever else holds it is left alone. */
  readonly holders: readonly LoweredHolder[];
}

/** What Auth0 gives to browser flows by itself, in seconds. */
const longestLifetimeForWeb = 7200;

/**
 * Turns a desired state into the arguments of Auth0 resources. Its limits have been checked before.
 *
 * @param pins the accounts of all people who are declared by address, from `resolveAccounts`
 * @param env says where a loopback tenant is, for the action that is to call it
 * @throws Error if one of them is missing
 */
export function lower(
  desired: DesiredState,
  pins: Pins = {},
  env: Readonly<Record<string, string | undefined>> = {},
): LoweredState {
  return {
    applications: desired.applications.map((application) => lowerApplication(application, pins)),
    protect: desired.environment.protect,
    pins,
    justInTime: lowerJustInTime(desired, env),
    digest: desired.digest,
  };
}

/** The logical name of a role, from which a plan finds back to the YAML. Names have no dot, so it is unambiguous. */
export function logicalName(application: string, role: string): string {
  return `${application}.${role}`;
}

/** The application and the role of a logical name; the role is null for an application's own resources. */
export function namesOf(logical: string): { readonly application: string; readonly role: string | null } {
  const dot = logical.indexOf('.');
  if (dot < 0) return { application: logical, role: null };
  return { application: logical.slice(0, dot), role: logical.slice(dot + 1) };
}

function lowerApplication(application: DesiredApplication, pins: Pins): LoweredApplication {
  return {
    name: application.name,
    formerly: application.formerly,
    resourceServer: {
      name: application.title,
      identifier: application.audience,
      enforcePolicies: true,
      tokenDialect: 'access_token_authz',
      tokenLifetime: application.tokenLifetimeSeconds,
      tokenLifetimeForWeb: Math.min(application.tokenLifetimeSeconds, longestLifetimeForWeb),
    },
    scopes: application.scopes
      .map(({ value, description }) => ({ name: value, description }))
      .sort((a, b) => byCodePoint(a.name, b.name)),
    formerScopes: Object.fromEntries(
      application.scopes.flatMap(({ value, formerly = [] }) => (formerly.length === 0 ? [] : [[value, formerly]])),
    ),
    roles: application.roles.map((role) => lowerRole(application, role, pins)),
  };
}

function lowerRole(application: DesiredApplication, role: DesiredRole, pins: Pins): LoweredRole {
  const current = logicalName(application.name, role.name);
  const applicationNames = [...application.formerly, application.name];
  const roleNames = [...role.formerly, role.name];
  return {
    logicalName: current,
    // Both may have been renamed, in one change or in two, so every old pair is an alias.
    formerly: applicationNames
      .flatMap((applicationName) => roleNames.map((roleName) => logicalName(applicationName, roleName)))
      .filter((name) => name !== current),
    name: role.title,
    description: role.description,
    scopes: [...role.scopes].sort(byCodePoint),
    holders: lowerHolders(application, { name: role.name, logicalName: current }, pins),
  };
}
