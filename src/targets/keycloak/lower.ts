import type { DesiredApplication, DesiredState } from '../../model/desired-state.ts';
import type { Pins } from '../../stack/accounts.ts';
import { logicalName } from '../../stack/logical-name.ts';
import { lowerRole, lowerScopes } from '../../stack/lower-role.ts';
import type { LoweredApplication, LoweredState } from '../../stack/lowered-state.ts';
import { realmAddress } from './realm-address.ts';
import { permissionsClaim } from './token-claim.ts';

/** The settings of an application's client. */
export interface KeycloakApi {
  readonly name: string;
  /** The client id, which is the audience. */
  readonly identifier: string;
  /** Seconds. */
  readonly tokenLifetime: number;
  /** The claim of access tokens that carries the permissions. */
  readonly claim: string;
  readonly realm: string;
  readonly [setting: string]: string | number | boolean;
}

/**
 * Turns a desired state into the arguments of Keycloak resources. Its limits have been checked before: what this target cannot
 * give, such as rules by e-mail domain, is not looked at.
 *
 * @param pins the accounts of all people who are declared by address, from `resolveAccounts`
 * @throws Error if one of them is missing
 */
export function lower(desired: DesiredState, pins: Pins = {}): LoweredState {
  const realm = realmAddress(desired.environment.tenant)?.realm ?? '';
  return {
    applications: desired.applications.map((application) => lowerApplication(application, realm, pins)),
    protect: desired.environment.protect,
    pins,
    justInTime: null,
    digest: desired.digest,
  };
}

function lowerApplication(application: DesiredApplication, realm: string, pins: Pins): LoweredApplication {
  const { name, formerly, title, audience, tokenLifetimeSeconds, roles, provisioning } = application;
  const api: KeycloakApi = {
    ...{ name: title, identifier: audience, tokenLifetime: tokenLifetimeSeconds },
    ...{ claim: permissionsClaim, realm },
  };
  return {
    ...{ name, formerly, api },
    ...lowerScopes(application),
    roles: roles.map((role) => lowerRole(application, role, pins)),
    defaultRole: provisioning === undefined ? null : logicalName(name, provisioning.default),
  };
}
