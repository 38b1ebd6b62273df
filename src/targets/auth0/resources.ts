import { justInTimeName } from '../../stack/lowered-just-in-time.ts';
import type { Kind } from '../../stack/resource-kinds.ts';
import { kinds } from '../../stack/resource-kinds.ts';

const kindsByType: Readonly<Record<string, Kind>> = {
  'auth0:index/resourceServer:ResourceServer': kinds.api,
  'auth0:index/resourceServerScopes:ResourceServerScopes': kinds.scopes,
  'auth0:index/role:Role': kinds.role,
  'auth0:index/rolePermissions:RolePermissions': kinds.grants,
  'auth0:index/userRole:UserRole': kinds.holder,
  'auth0:index/action:Action': kinds.action,
  'auth0:index/triggerAction:TriggerAction': kinds.binding,
};

/** What a resource of the provider is. Other actions than the one at sign-in come from other programs. */
export function kindOf(type: string, name: string): Kind | null {
  const kind = kindsByType[type] ?? null;
  const ofSignIn = kind === kinds.action || kind === kinds.binding;
  return ofSignIn && name !== justInTimeName ? null : kind;
}
