import type { TestRealm } from '../realm.ts';

/** A realm as its export has it, of which the parts that matter here have types. */
export interface ExportedRealm {
  readonly realm: string;
  readonly roles: {
    readonly realm: readonly ExportedRole[];
    readonly client?: Readonly<Record<string, readonly ExportedRole[]>>;
  };
  readonly clients: readonly ExportedClient[];
  readonly groups: readonly ExportedGroup[];
  readonly [other: string]: unknown;
}

export interface ExportedRole {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly composites?: RoleNames;
  readonly [other: string]: unknown;
}

/** Roles of the realm, and roles of clients by client id. */
export interface RoleNames {
  readonly realm?: readonly string[];
  readonly client?: Readonly<Record<string, readonly string[]>>;
}

export interface ExportedClient {
  readonly id: string;
  readonly clientId: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly protocolMappers?: readonly { readonly id?: string; readonly name: string }[];
  readonly [other: string]: unknown;
}

export interface ExportedGroup {
  readonly id: string;
  readonly name: string;
  readonly realmRoles?: readonly string[];
  readonly clientRoles?: RoleNames['client'];
  readonly [other: string]: unknown;
}

/** A person, with what they have been given themselves and the groups that they are in. */
export interface ExportedPerson {
  readonly account: { readonly id: string; readonly username: string };
  readonly roles: RoleNames;
  readonly groups: readonly string[];
  /** By the client id of each application of ours, what is in an access token that they would be given now. */
  readonly tokens: Readonly<Record<string, TokenClaims>>;
}

export interface TokenClaims {
  readonly aud?: string | readonly string[];
  readonly permissions?: readonly string[];
}

export interface WholeRealm {
  readonly exported: ExportedRealm;
  readonly people: readonly ExportedPerson[];
}

/** The attribute by which the product marks what is its own. */
export const ourMark = 'rolewright';

/** Reads all of a realm, people and their tokens included. Nothing may be written meanwhile. */
export async function readRealm(realm: TestRealm): Promise<WholeRealm> {
  const [exported, accounts] = (await Promise.all([
    realm.call('POST', '/partial-export?exportClients=true&exportGroupsAndRoles=true'),
    realm.call('GET', '/users?briefRepresentation=false&max=1000'),
  ])) as [ExportedRealm, readonly (ExportedPerson['account'] & { readonly userProfileMetadata?: unknown })[]];
  const ours = exported.clients.filter(({ attributes }) => attributes?.[ourMark] !== undefined);
  // What attributes people may have is the realm's, and not theirs.
  const people = await Promise.all(
    accounts.map(({ userProfileMetadata: _, ...account }) => readPerson(realm, account, ours)),
  );
  return { exported, people };
}

async function readPerson(
  realm: TestRealm,
  account: ExportedPerson['account'],
  clients: readonly ExportedClient[],
): Promise<ExportedPerson> {
  const person = `/users/${account.id}`;
  const [mappings, groups, ...tokens] = (await Promise.all([
    realm.call('GET', `${person}/role-mappings`),
    realm.call('GET', `${person}/groups`),
    ...clients.map(({ id }) =>
      realm.call('GET', `/clients/${id}/evaluate-scopes/generate-example-access-token?userId=${account.id}`),
    ),
  ])) as [RoleMappings, readonly { readonly path: string }[], ...TokenClaims[]];
  return {
    account,
    roles: {
      realm: namesOf(mappings.realmMappings),
      client: Object.fromEntries(
        Object.entries(mappings.clientMappings ?? {}).map(([clientId, one]) => [clientId, namesOf(one.mappings)]),
      ),
    },
    groups: groups.map(({ path }) => path),
    tokens: Object.fromEntries(clients.map(({ clientId }, index) => [clientId, tokens[index] ?? {}])),
  };
}

interface RoleMappings {
  readonly realmMappings?: readonly { readonly name: string }[];
  readonly clientMappings?: Readonly<Record<string, { readonly mappings: readonly { readonly name: string }[] }>>;
}

function namesOf(roles: readonly { readonly name: string }[] = []): readonly string[] {
  return roles.map(({ name }) => name);
}

/** What a realm is made of again as it was read, every id included. */
export function representationOf({ exported, people }: WholeRealm): object {
  const users = people.map(({ account, roles, groups }) => ({
    ...account,
    ...{ realmRoles: roles.realm, clientRoles: roles.client, groups },
  }));
  return { ...exported, users };
}
