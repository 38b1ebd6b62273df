import type { RoleAnswer } from '../realm-reader.ts';
import { splitId } from './ids.ts';
import type { Kind, Server } from './kind.ts';
import { gone, path, text, unlessGone } from './kind.ts';

/** One person and one role; whatever else the person holds is left alone. */
export const userRole: Kind = {
  description:
    'One person holds one role of a realm. Whatever else the person holds, by groups too, and whoever else holds the role is left alone.',
  importedBy: '`<id of the Role>|<id of the person>`',
  inputs: {
    userId: { type: 'string', description: "Keycloak's own id of the person." },
    roleId: { type: 'string', description: 'The id of the Role.' },
  },
  replacedBy: ['userId', 'roleId'],

  create: async (server, inputs) => {
    const [userId, roleId] = [text(inputs, 'userId'), text(inputs, 'roleId')];
    const role = await roleOf(server, roleId);
    if (role === null) throw gone(`role ${roleId}`);
    await server.api.send('POST', mappings(userId, roleId), [role]);
    return `${roleId}|${userId}`;
  },

  read: async ({ api }, id) => {
    const { roleId, userId } = partsOf(id);
    const held = (await api.get(mappings(userId, roleId))) as readonly RoleAnswer[] | null;
    return held?.some((one) => one.id === splitId(roleId).uuid) ? { userId, roleId } : null;
  },

  // Another person or another role is another resource.
  update: async () => {},

  remove: async (server, id) => {
    const { roleId, userId } = partsOf(id);
    const role = await roleOf(server, roleId);
    if (role !== null) await server.api.send('DELETE', mappings(userId, roleId), [role]).catch(unlessGone);
  },
};

/** As the server wants it named: by id and by the name that it has now. */
export async function roleOf({ api }: Server, roleId: string): Promise<Pick<RoleAnswer, 'id' | 'name'> | null> {
  const { realm, uuid } = splitId(roleId);
  const role = (await api.get(path(realm, 'roles-by-id', uuid))) as RoleAnswer | null;
  return role === null ? null : { id: role.id, name: role.name };
}

/** @throws Error if it is not one of ours */
function partsOf(id: string): { readonly roleId: string; readonly userId: string } {
  const bar = id.lastIndexOf('|');
  if (bar <= 0 || bar === id.length - 1) throw new Error(`"${id}" is no <realm>/<uuid of the role>|<id of the person>`);
  return { roleId: id.slice(0, bar), userId: id.slice(bar + 1) };
}

function mappings(userId: string, roleId: string): string {
  return path(splitId(roleId).realm, 'users', userId, 'role-mappings', 'realm');
}
