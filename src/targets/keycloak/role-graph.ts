import { path } from './provider/kind.ts';
import type { Realm, RoleAnswer } from './realm-reader.ts';

/** What roles are composed of, each read once. */
export interface RoleGraph {
  /** What a role consists of at once: roles of the realm and of clients. Null for one that is gone. */
  readonly partsOf: (role: RoleAnswer) => Promise<readonly RoleAnswer[] | null>;
  /** The clients' roles that whoever holds a role holds by it, at whatever depth, itself among them. Null for one that is gone. */
  readonly clientRolesOf: (role: RoleAnswer) => Promise<readonly RoleAnswer[] | null>;
}

/**
 * Reads what roles are composed of as it is asked: a call for each that is composed of others, however many, and none for the rest.
 * Compositions may meet again, and go in circles.
 *
 * @throws TenantError by its functions
 */
export function roleGraph({ client, name }: Pick<Realm, 'client' | 'name'>): RoleGraph {
  const read = new Map<string, Promise<readonly RoleAnswer[] | null>>();

  const partsOf: RoleGraph['partsOf'] = ({ id, composite }) => {
    if (!composite) return Promise.resolve([]);
    const known = read.get(id);
    if (known !== undefined) return known;
    const asked = client.get(path(name, 'roles-by-id', id, 'composites')) as Promise<readonly RoleAnswer[] | null>;
    read.set(id, asked);
    return asked;
  };

  const clientRolesOf: RoleGraph['clientRolesOf'] = async (role) => {
    const reached = new Map([[role.id, role]]);
    // A Map goes on to what is added while it is gone through.
    for (const one of reached.values()) {
      const parts = await partsOf(one);
      if (parts === null && one === role) return null;
      for (const part of parts ?? []) if (!reached.has(part.id)) reached.set(part.id, part);
    }
    return [...reached.values()].filter(({ clientRole }) => clientRole);
  };

  return { partsOf, clientRolesOf };
}
