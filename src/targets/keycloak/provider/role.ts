import type { RoleAnswer } from '../realm-reader.ts';
import { joinId, splitId } from './ids.ts';
import type { Kind, Properties, Server } from './kind.ts';
import { gone, path, text, unlessGone } from './kind.ts';
import { keyIn, keySchema, makeOrTakeOver, ourKey } from './ownership.ts';

interface HeldRole extends RoleAnswer {
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
}

/** A role, custom role or restricted assignment: a role of the realm, whose permissions are another resource. */
export const role: Kind = {
  description: 'A role of a realm. What it gives is a RolePermissions, who holds it are UserRoles.',
  importedBy: '`<realm>/<uuid of the role>`',
  inputs: {
    realm: { type: 'string', description: 'The realm, which must exist.' },
    name: { type: 'string', description: 'What people are shown; it may change, and the role stays the same.' },
    description: { type: 'string', description: 'What it is for.', mayBeEmpty: true },
    key: keySchema,
  },
  replacedBy: ['realm'],

  create: async (server, inputs) => {
    const [realm, name] = [text(inputs, 'realm'), text(inputs, 'name')];
    const made = await makeOrTakeOver<HeldRole>({
      what: `role ${name}`,
      key: keyIn(text(inputs, 'key')).key,
      make: () => server.api.send('POST', path(realm, 'roles'), newRole(inputs)),
      find: async () => (await server.api.get(path(realm, 'roles', name))) as HeldRole | null,
      mend: (there) => mend(server, realm, there, inputs),
    });
    return joinId(realm, made);
  },

  read: async (server, id) => {
    const { realm, uuid } = splitId(id);
    const held = await heldRole(server, realm, uuid);
    return held === null ? null : propertiesOf(realm, held);
  },

  update: async (server, id, { after }) => {
    const { realm, uuid } = splitId(id);
    const held = await heldRole(server, realm, uuid);
    if (held === null) throw gone(`role ${text(after, 'name')}`);
    await mend(server, realm, held, after);
  },

  remove: async ({ api }, id) => {
    const { realm, uuid } = splitId(id);
    await api.send('DELETE', path(realm, 'roles-by-id', uuid)).catch(unlessGone);
  },
};

async function heldRole({ api }: Server, realm: string, uuid: string): Promise<HeldRole | null> {
  return (await api.get(path(realm, 'roles-by-id', uuid))) as HeldRole | null;
}

function propertiesOf(realm: string, { name, description = '', attributes }: HeldRole): Properties {
  return { realm, name, description, ...keyIn(attributes?.[ourKey]) };
}

function newRole(inputs: Properties) {
  const { key } = keyIn(text(inputs, 'key'));
  return {
    ...{ name: text(inputs, 'name'), description: text(inputs, 'description') },
    ...(key === undefined ? {} : { attributes: { [ourKey]: [key] } }),
  };
}

/** A role is written whole, but for its attributes: those that are not sent stay, and those that are sent are all. */
async function mend({ api }: Server, realm: string, held: HeldRole, wanted: Properties): Promise<void> {
  const now = propertiesOf(realm, held);
  const differs = (property: string) => wanted[property] !== undefined && wanted[property] !== now[property];
  if (!['name', 'description', 'key'].some(differs)) return;
  await api.send('PUT', path(realm, 'roles-by-id', held.id), {
    ...{ name: text(wanted, 'name'), description: text(wanted, 'description') },
    ...(differs('key') ? { attributes: { ...held.attributes, [ourKey]: [text(wanted, 'key')] } } : {}),
  });
}
