import type { ObservedIdentity } from '../../model/observed-people.ts';
import type { TenantAccount } from '../../stack/tenant.ts';
import { path } from './provider/kind.ts';
import { statusOf } from './realm-client.ts';
import type { Realm } from './realm-reader.ts';
import { insistOnPeople } from './whole-lists.ts';

/** Somebody, as lists show them. */
export interface UserAnswer {
  readonly id: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly enabled?: boolean;
}

/** Somebody, as they are shown by themselves. */
export interface FullUserAnswer extends UserAnswer {
  readonly federatedIdentities?: readonly { readonly identityProvider: string }[];
}

/** The connection of whoever signs in to the realm itself. */
const local = 'local';

/**
 * The accounts behind somebody: one for each identity provider that the account is linked to, whose connection is the alias of that
 * identity provider in the realm; for somebody who is linked to none, and has a password of the realm or comes from a directory
 * behind it, one whose connection is `local`. The address is the one that the realm knows, and it is verified if the realm says so.
 */
export function identitiesIn(user: FullUserAnswer): readonly ObservedIdentity[] {
  const { email = '', emailVerified = false, federatedIdentities = [] } = user;
  const aliases = federatedIdentities.map(({ identityProvider }) => identityProvider);
  return (aliases.length === 0 ? [local] : aliases).map((connection) => ({
    ...{ connection, email, verified: emailVerified },
  }));
}

/**
 * Whether the realm has identity providers: where it has none, nobody is linked to one, and people need not be asked for one by one.
 * One call. Credentials that may not see them have it that there are some.
 */
export async function hasIdentityProviders({ client, name }: Pick<Realm, 'client' | 'name'>): Promise<boolean> {
  try {
    const some = await client.get(
      `${path(name, 'identity-provider', 'instances')}?briefRepresentation=true&first=0&max=1`,
    );
    return !Array.isArray(some) || some.length > 0;
  } catch (error) {
    if (statusOf(error) === 403) return true;
    throw error;
  }
}

/**
 * The accounts with one of these addresses, each once; Keycloak does not tell capitals apart. One call for each address, and one for
 * each account found in a realm that has identity providers; where there is none at all, one or two more.
 *
 * @throws TenantError also where the credentials may not see people
 */
export async function readAccounts(realm: Realm, addresses: readonly string[]): Promise<readonly TenantAccount[]> {
  const distinct = new Map(addresses.map((address) => [address.toLowerCase(), address]));
  const accounts = new Map<string, TenantAccount>();
  for (const address of distinct.values()) {
    const query = `email=${encodeURIComponent(address)}&exact=true&briefRepresentation=true`;
    const found = await realm.client.getAll(`${path(realm.name, 'users')}?${query}`);
    for (const user of found as readonly UserAnswer[]) {
      const whole = (await realm.isLinked()) ? await readUser(realm, user.id) : user;
      if (whole !== null) accounts.set(user.id, { id: user.id, identities: identitiesIn(whole) });
    }
  }
  if (accounts.size === 0 && distinct.size > 0) await insistOnPeople(realm);
  return [...accounts.values()];
}

/** Somebody with the identity providers that they are linked to; null where there is nobody of this id. One call. */
export async function readUser({ client, name }: Realm, id: string): Promise<FullUserAnswer | null> {
  return (await client.get(path(name, 'users', id))) as FullUserAnswer | null;
}
