import { byCodePoint } from '../language/source.ts';
import type { DesiredApplication, DesiredRole } from '../model/desired-state.ts';
import type { Pins } from './accounts.ts';
import { logicalName } from './logical-name.ts';
import { lowerHolders } from './lower-holders.ts';
import type { LoweredApplication, LoweredRole } from './lowered-state.ts';

/**
 * A role as every target lowers it.
 *
 * @param pins the accounts of all people who are declared by address, from `resolveAccounts`
 * @throws Error if one of them is missing
 */
export function lowerRole(application: DesiredApplication, role: DesiredRole, pins: Pins): LoweredRole {
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

/** The scopes of an application as every target lowers them. */
export function lowerScopes({ scopes }: DesiredApplication): Pick<LoweredApplication, 'scopes' | 'formerScopes'> {
  return {
    scopes: scopes
      .map(({ value, description }) => ({ name: value, description }))
      .sort((a, b) => byCodePoint(a.name, b.name)),
    formerScopes: Object.fromEntries(
      scopes.flatMap(({ value, formerly = [] }) => (formerly.length === 0 ? [] : [[value, formerly]])),
    ),
  };
}
