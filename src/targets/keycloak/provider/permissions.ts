import { byCodePoint } from '../../../language/source.ts';
import type { RealmClient } from '../realm-client.ts';
import type { RoleAnswer } from '../realm-reader.ts';
import { rolesOfClient } from './directory.ts';
import { splitId } from './ids.ts';
import type { Kind, Properties, Server } from './kind.ts';
import { gone, path, text, unlessGone } from './kind.ts';
import { keyIn, ourKey } from './ownership.ts';

interface Permission {
  readonly name: string;
  readonly description: string;
}

/** All permissions of an application, with the scopes of its apps and the markers of its restrictions: the roles of its client. */
export const permissions: Kind = {
  description:
    'The permissions that an application offers, as roles of its client. An import takes all that are there; what others add later is left alone.',
  importedBy: 'the id of the Client',
  inputs: {
    client: { type: 'string', description: 'The id of the Client.' },
    clientId: { type: 'string', description: 'Its clientId.' },
    permissions: {
      type: 'array',
      description: 'All of them, in any order.',
      entry: { name: 'Permission', description: 'One thing that people may do.' },
      of: {
        name: { type: 'string', description: 'As it stands in tokens.' },
        description: { type: 'string', description: 'For people.', mayBeEmpty: true },
      },
    },
  },
  replacedBy: ['client'],

  create: async (server, inputs) => {
    const id = text(inputs, 'client');
    await permissions.update(server, id, { before: {}, after: inputs });
    return id;
  },

  read: async ({ api, directory }, id, known) => {
    const { realm, uuid } = splitId(id);
    const [there, clientId] = await Promise.all([markedRoles(api, realm, uuid), directory.clientIdOf(realm, uuid)]);
    if (there === null || clientId === null) return null;
    const names = known && new Set(known.flatMap(entries).map(({ name }) => name));
    // Of others, such as those that Keycloak itself adds to a client with authorization services, a refresh knows nothing.
    const ours = there.filter((role) => names?.has(role.name) !== false || keyIn(role.attributes?.[ourKey]).key);
    // In one order: the engine takes another one for a change of the state.
    const permissions = ours.map(({ name, description = '' }) => ({ name, description }));
    return { client: id, clientId, permissions: permissions.toSorted((a, b) => byCodePoint(a.name, b.name)) };
  },

  update: async (server, id, { before, after }) => {
    const { realm, uuid } = splitId(id);
    const held = await rolesOfClient(server.api, realm, uuid);
    if (held === null) throw gone(`client ${text(after, 'clientId')}`);
    const there = new Map(held.map((role) => [role.name, role]));
    const wanted = entries(after);
    const missing = wanted.filter(({ name }) => !there.has(name));
    await addAll(server, realm, text(after, 'clientId'), missing);
    for (const { name, description } of wanted) {
      const role = there.get(name);
      if (role === undefined || (role.description ?? '') === description) continue;
      await server.api.send('PUT', path(realm, 'roles-by-id', role.id), { name, description });
    }
    // Last: nobody is to lose one before its successor is there. And only what the state knows: nothing goes that no plan has named.
    const names = new Set(wanted.map(({ name }) => name));
    const withdrawn = entries(before).filter(({ name }) => !names.has(name));
    await removeAll(
      server,
      realm,
      withdrawn.flatMap(({ name }) => there.get(name) ?? []),
    );
  },

  remove: async (server, id, held) => {
    const { realm, uuid } = splitId(id);
    const given = new Set(entries(held).map(({ name }) => name));
    const there = (await rolesOfClient(server.api, realm, uuid)) ?? [];
    await removeAll(
      server,
      realm,
      there.filter(({ name }) => given.has(name)),
    );
  },
};

type MarkedRole = RoleAnswer & { readonly attributes?: Readonly<Record<string, readonly string[]>> };

/** All roles of a client, with the attribute that says which are ours; null where it is gone. */
async function markedRoles(api: RealmClient, realm: string, uuid: string): Promise<readonly MarkedRole[] | null> {
  const listed = `${path(realm, 'clients', uuid, 'roles')}?briefRepresentation=false`;
  return (await api.get(listed)) as readonly MarkedRole[] | null;
}

function entries(properties: Properties): readonly Permission[] {
  return Array.isArray(properties.permissions) ? (properties.permissions as readonly Permission[]) : [];
}

/** One call for all, where a call for each is what the admin API is made for. What has come to be there meanwhile is left alone. */
async function addAll({ api }: Server, realm: string, clientId: string, missing: readonly Permission[]): Promise<void> {
  if (missing.length === 0) return;
  const roles = missing.map(({ name, description }) => ({ name, description, attributes: { [ourKey]: [clientId] } }));
  await api.send('POST', path(realm, 'partialImport'), {
    ifResourceExists: 'SKIP',
    roles: { client: { [clientId]: roles } },
  });
}

async function removeAll({ api }: Server, realm: string, roles: readonly RoleAnswer[]): Promise<void> {
  for (const { id } of roles) await api.send('DELETE', path(realm, 'roles-by-id', id)).catch(unlessGone);
}
