import type { DesiredApplication, DesiredState } from '../../model/desired-state.ts';
import type { Pins } from '../../stack/accounts.ts';
import { lowerRole, lowerScopes } from '../../stack/lower-role.ts';
import type { LoweredApplication, LoweredState } from '../../stack/lowered-state.ts';
import { lowerJustInTime } from './lower-just-in-time.ts';

/** The settings of an API, as the arguments of the provider's ResourceServer. */
export interface Auth0Api {
  readonly name: string;
  readonly identifier: string;
  readonly enforcePolicies: true;
  readonly tokenDialect: 'access_token_authz';
  /** Seconds. */
  readonly tokenLifetime: number;
  /** Seconds; Auth0 refuses more than `tokenLifetime`. */
  readonly tokenLifetimeForWeb: number;
  readonly [setting: string]: string | number | boolean;
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

function lowerApplication(application: DesiredApplication, pins: Pins): LoweredApplication {
  const api: Auth0Api = {
    name: application.title,
    identifier: application.audience,
    enforcePolicies: true,
    tokenDialect: 'access_token_authz',
    tokenLifetime: application.tokenLifetimeSeconds,
    tokenLifetimeForWeb: Math.min(application.tokenLifetimeSeconds, longestLifetimeForWeb),
  };
  return {
    name: application.name,
    formerly: application.formerly,
    api,
    ...lowerScopes(application),
    roles: application.roles.map((role) => lowerRole(application, role, pins)),
    defaultRole: null,
  };
}
