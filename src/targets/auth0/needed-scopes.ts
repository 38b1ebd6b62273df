/**
 * What the machine that Rolewright runs as may have to do at the Management API. Auth0's own list contradicts itself on where
 * one scope of several is enough; all of them are enough everywhere.
 */

/** What makes a scope necessary: every stack; one that gives people roles; one that gives roles at sign-in; only `audit`. */
export type ScopeUse = 'always' | 'assignments' | 'provisioning' | 'audit';

export interface ScopeNeed {
  readonly scope: string;
  readonly use: ScopeUse;
  /** What it is for, after "to". */
  readonly to: string;
}

/** Every scope that any verb needs, in the order in which they are explained. */
export const scopeNeeds: readonly ScopeNeed[] = [
  { scope: 'read:resource_servers', use: 'always', to: 'compare the APIs with the catalogs' },
  { scope: 'create:resource_servers', use: 'always', to: 'create the API of an application' },
  { scope: 'update:resource_servers', use: 'always', to: 'offer scopes and withdraw them' },
  {
    scope: 'delete:resource_servers',
    use: 'always',
    to: 'remove the API of an application that is no longer declared',
  },
  { scope: 'read:roles', use: 'always', to: 'compare the roles and what they may do' },
  { scope: 'create:roles', use: 'always', to: 'create roles' },
  { scope: 'update:roles', use: 'always', to: 'give and take the permissions of roles, and retitle them' },
  { scope: 'delete:roles', use: 'always', to: 'remove roles that are no longer declared' },
  { scope: 'read:users', use: 'always', to: 'find the people whom assignments name, and count who holds a role' },
  { scope: 'read:role_members', use: 'always', to: 'count who holds a role, before it is changed' },
  { scope: 'update:users', use: 'assignments', to: 'give people their roles and take them back' },
  { scope: 'create:role_members', use: 'assignments', to: 'give people their roles' },
  { scope: 'delete:role_members', use: 'assignments', to: 'take roles back' },
  { scope: 'read:actions', use: 'provisioning', to: 'compare the action that gives roles at sign-in' },
  { scope: 'create:actions', use: 'provisioning', to: 'create and deploy it' },
  { scope: 'update:actions', use: 'provisioning', to: 'change it and bind it to the sign-in' },
  { scope: 'delete:actions', use: 'provisioning', to: 'remove it' },
  { scope: 'read:organizations', use: 'audit', to: 'find roles that people hold in organizations' },
  { scope: 'read:organization_members', use: 'audit', to: 'find roles that people hold in organizations' },
  { scope: 'read:organization_member_roles', use: 'audit', to: 'find roles that people hold in organizations' },
];

/** What a scope does that this machine is better without, unless it is needed; after "it can". */
export const dangerousScopes: Readonly<Record<string, string>> = {
  'create:client_grants': 'grant itself every other scope',
  'update:client_grants': 'grant itself every other scope',
  'create:clients': 'make machines of its own',
  'update:clients': 'change who signs in where',
  'read:client_keys': 'read the secrets of other machines',
  'update:client_keys': 'change the secrets of other machines',
  'read:client_credentials': 'read the keys of other machines',
  'create:client_credentials': 'give itself the keys of other machines',
  'create:connections': 'let anybody sign in as anybody',
  'update:connections': 'let anybody sign in as anybody',
  'create:user_tickets': 'take over accounts by resetting passwords',
  'create:users': 'make people who can sign in',
  'update:users': "set anybody's password",
  'delete:users': 'delete people',
  'read:user_idp_tokens': "read people's tokens of other providers",
  'create:actions': 'run code whenever somebody signs in',
  'update:actions': 'run code whenever somebody signs in',
  'update:tenant_settings': 'change the settings of the tenant',
};

/** How the scopes of a token compare with what is needed. Lists are in the order of the tables. */
export interface ScopeComparison {
  readonly needed: readonly ScopeNeed[];
  /** Needed, and not granted. */
  readonly missing: readonly ScopeNeed[];
  /** Whether nothing that writes is granted: enough to look, and safer than more. */
  readonly onlyReads: boolean;
  /** Granted, needed for nothing, and dangerous. */
  readonly dangerous: readonly { readonly scope: string; readonly can: string }[];
}

/** @param uses what the stacks do besides what all of them do */
export function compareScopes(granted: readonly string[], uses: readonly ScopeUse[]): ScopeComparison {
  const needed = scopeNeeds.filter(({ use }) => use === 'always' || uses.includes(use));
  const isNeeded = (scope: string) => needed.some((need) => need.scope === scope);
  return {
    needed,
    missing: needed.filter(({ scope }) => !granted.includes(scope)),
    onlyReads: scopeNeeds.every(({ scope }) => isReading(scope) || !granted.includes(scope)),
    dangerous: Object.entries(dangerousScopes).flatMap(([scope, can]) =>
      granted.includes(scope) && !isNeeded(scope) ? [{ scope, can }] : [],
    ),
  };
}

/** Whether a scope lets nothing be changed. */
export function isReading(scope: string): boolean {
  return scope.startsWith('read:');
}
