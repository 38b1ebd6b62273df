import { statusOf } from '../realm-client.ts';
import type { Grant, GrantedRole, Part } from './composition.ts';
import { bringNothingAlong, comesTo, findRoles, keyOf, keysOf, readParts } from './composition.ts';
import { splitId } from './ids.ts';
import type { Kind, Properties, Server } from './kind.ts';
import { gone, path, text } from './kind.ts';

/** What a role gives, of whichever client and however it is put together. */
export const rolePermissions: Kind = {
  description:
    'All that a role gives, of whichever client: what somebody adds by hand is shown by a refresh, however deep in nested roles, and taken away again. Roles that it is composed of stay as long as they give nothing else.',
  importedBy: 'the id of the Role',
  inputs: {
    roleId: { type: 'string', description: 'The id of the Role.' },
    permissions: {
      type: 'array',
      description: 'All of them, in any order.',
      entry: { name: 'Grant', description: 'A permission that a role gives.' },
      of: {
        name: { type: 'string', description: 'As it stands in tokens.' },
        clientId: { type: 'string', description: 'Of the client that offers it.' },
      },
    },
  },
  replacedBy: ['roleId'],

  create: async (server, inputs) => {
    const id = text(inputs, 'roleId');
    await rolePermissions.update(server, id, { before: {}, after: inputs });
    return id;
  },

  read: async (server, id) => {
    const { realm, uuid } = splitId(id);
    const parts = await readParts(server, realm, uuid);
    return parts === null ? null : { roleId: id, permissions: comesTo(parts) };
  },

  update: async (server, id, { after }) => {
    const { realm, uuid } = splitId(id);
    const parts = await readParts(server, realm, uuid);
    if (parts === null) throw gone(`role ${id}`);
    await compose(server, { realm, uuid, parts }, grantsIn(after));
  },

  // What the state does not know of is not ours to take away.
  remove: async (server, id, held) => {
    const { realm, uuid } = splitId(id);
    const parts = await readParts(server, realm, uuid);
    if (parts === null) return;
    const given = keysOf(grantsIn(held));
    const rest = comesTo(parts).filter((grant) => !given.has(keyOf(grant)));
    await compose(server, { realm, uuid, parts }, rest);
  },
};

interface Composed {
  readonly realm: string;
  readonly uuid: string;
  readonly parts: readonly Part[];
}

/**
 * Makes a role give these and nothing else, in three calls at most. A part that gives anything else goes as a whole, so what is to stay
 * of it is given beforehand by itself; then goes what is to go, and only then comes what is new: a role that turns from editing one app
 * to viewing two must never edit both.
 */
async function compose(server: Server, { realm, uuid, parts }: Composed, grants: readonly Grant[]): Promise<void> {
  const wanted = keysOf(grants);
  const fits = (part: Part) => part.grants.every((grant) => wanted.has(keyOf(grant)));
  const dropped = parts.filter((part) => !fits(part));
  const staying = keysOf(comesTo(parts.filter(fits)));
  const saved = dropped
    .flatMap((part) => part.grants)
    .filter((grant) => wanted.has(keyOf(grant)) && !staying.has(keyOf(grant)));
  const now = keysOf(comesTo(parts));
  const added = grants.filter((grant) => !now.has(keyOf(grant)));
  const find = async () => {
    const found = await findRoles(server, realm, added);
    await bringNothingAlong(server, realm, { grants: found, wanted });
    return found;
  };
  // Before the first write, so that what cannot be had whole is refused whole.
  await bringNothingAlong(server, realm, { grants: saved, wanted });
  const found = await find();

  const composites = path(realm, 'roles-by-id', uuid, 'composites');
  if (saved.length > 0) await server.api.send('POST', composites, named(saved));
  if (dropped.length > 0) await server.api.send('DELETE', composites, named(dropped));
  if (found.length === 0) return;
  await server.api.send('POST', composites, named(found)).catch(async (error: unknown) => {
    if (statusOf(error) !== 404) throw error;
    // One of them has been made anew since the directory was read.
    server.directory.forget();
    await server.api.send('POST', composites, named(await find()));
  });
}

function grantsIn({ permissions = [] }: Properties): readonly Grant[] {
  return permissions as readonly Grant[];
}

/** As the server wants roles named, each once. */
function named(held: readonly (GrantedRole | Part)[]) {
  return [...new Map(held.map(({ role: { id, name } }) => [id, { id, name }])).values()];
}
