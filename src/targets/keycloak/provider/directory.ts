import { TenantError } from '../../../stack/tenant-error.ts';
import type { RealmClient } from '../realm-client.ts';
import type { ClientAnswer, RoleAnswer } from '../realm-reader.ts';
import { path } from './kind.ts';

/**
 * Which clients there are, and which roles they offer, by their names. What has been asked once is known for the rest of the run, for
 * each of hundreds of roles asks the same; and ids are never given twice, so that what has gone since is answered with a 404.
 *
 * All of it throws a TenantError where the server does not answer as it should.
 */
export interface Directory {
  /** As people know a client; null where it is gone. */
  readonly clientIdOf: (realm: string, uuid: string) => Promise<string | null>;
  /**
   * Roles of a client, in the order of their names.
   *
   * @throws TenantError also where there is no such client, or role of it
   */
  readonly rolesOf: (realm: string, clientId: string, names: readonly string[]) => Promise<readonly RoleAnswer[]>;
  /** Asks again for what clients offer, from now on. */
  readonly forget: () => void;
}

type Offer = ReadonlyMap<string, RoleAnswer>;

export function openDirectory(api: RealmClient): Directory {
  const clientIds = new Map<string, Promise<string | null>>();
  const offers = new Map<string, Promise<Offer>>();

  const offerOf = (realm: string, clientId: string, outdated: Promise<Offer> | null): Promise<Offer> => {
    const place = path(realm, clientId);
    const known = offers.get(place);
    // Whoever comes later, with the same outdated one in hand, shares what the first has asked for.
    if (known !== undefined && known !== outdated) return known;
    const asked = readOffer(api, realm, clientId);
    offers.set(place, asked);
    asked.catch(() => offers.delete(place));
    return asked;
  };

  return {
    clientIdOf: (realm, uuid) => {
      const place = path(realm, 'clients', uuid);
      const asked =
        clientIds.get(place) ?? api.get(place).then((held) => (held as ClientAnswer | null)?.clientId ?? null);
      clientIds.set(place, asked);
      asked.catch(() => clientIds.delete(place));
      return asked;
    },
    rolesOf: async (realm, clientId, names) => {
      if (names.length === 0) return [];
      const known = offerOf(realm, clientId, null);
      const isWhole = (offer: Offer) => names.every((name) => offer.has(name));
      const offer = isWhole(await known) ? await known : await offerOf(realm, clientId, known);
      return names.map((name) => {
        const role = offer.get(name);
        if (role === undefined)
          throw new TenantError(`404 client ${clientId} of ${realm} offers no permission ${name}`);
        return role;
      });
    },
    forget: () => offers.clear(),
  };
}

/** The client of this id, as people know it. */
export async function findClient(api: RealmClient, realm: string, clientId: string): Promise<ClientAnswer | null> {
  const query = `${path(realm, 'clients')}?clientId=${encodeURIComponent(clientId)}`;
  const found = (await api.get(query)) as readonly ClientAnswer[] | null;
  return found?.find((one) => one.clientId === clientId) ?? null;
}

/** All roles of a client, in one call; null where it is gone. */
export async function rolesOfClient(
  api: RealmClient,
  realm: string,
  uuid: string,
): Promise<readonly RoleAnswer[] | null> {
  return (await api.get(path(realm, 'clients', uuid, 'roles'))) as readonly RoleAnswer[] | null;
}

async function readOffer(api: RealmClient, realm: string, clientId: string): Promise<Offer> {
  const client = await findClient(api, realm, clientId);
  const roles = client === null ? null : await rolesOfClient(api, realm, client.id);
  if (roles === null) throw new TenantError(`404 there is no client ${clientId} in ${realm}`);
  return new Map(roles.map((role) => [role.name, role]));
}
