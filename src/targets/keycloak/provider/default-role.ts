import type { RoleAnswer } from '../realm-reader.ts';
import { readSettings } from '../realm-reader.ts';
import { splitId } from './ids.ts';
import type { Kind, Server } from './kind.ts';
import { gone, path, text, unlessGone } from './kind.ts';
import { roleOf } from './user-role.ts';

/** One of the roles that a realm's default role is composed of. */
export const defaultRole: Kind = {
  description:
    'A role that everybody in its realm holds, who is there already too: one of those that the default role of the realm is composed of. The others are left alone.',
  importedBy: 'the id of the Role',
  inputs: { roleId: { type: 'string', description: 'The id of the Role.' } },
  replacedBy: ['roleId'],

  create: async (server, inputs) => {
    const roleId = text(inputs, 'roleId');
    const role = await roleOf(server, roleId);
    if (role === null) throw gone(`role ${roleId}`);
    await server.api.send('POST', await composites(server, roleId), [role]);
    return roleId;
  },

  read: async (server, id) => {
    const { uuid } = splitId(id);
    const held = (await server.api.get(await composites(server, id))) as readonly RoleAnswer[] | null;
    return held?.some((one) => one.id === uuid) ? { roleId: id } : null;
  },

  // Another role is another resource.
  update: async () => {},

  remove: async (server, id) => {
    const role = await roleOf(server, id);
    if (role !== null) await server.api.send('DELETE', await composites(server, id), [role]).catch(unlessGone);
  },
};

/** The realm says which it is: its name can be changed. */
async function composites({ api }: Server, roleId: string): Promise<string> {
  const { realm } = splitId(roleId);
  const { defaultRole: whole } = await readSettings({ client: api, name: realm });
  return path(realm, 'roles-by-id', whole.id, 'composites');
}
