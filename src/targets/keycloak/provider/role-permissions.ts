import { byCodePoint } from '../../../language/source.ts';
import { TenantError } from '../../../stack/tenant-error.ts';
import { statusOf } from '../realm-client.ts';
import type { RoleAnswer } from '../realm-reader.ts';
import { roleGraph } from '../role-graph.ts';
import { splitId } from './ids.ts';
import type { Kind, Properties, Server } from './kind.ts';
import { gone, path, text } from './kind.ts';

interface Grant {
  readonly name: string;
  readonly clientId: string;
}

/** What a role is composed of at once, and what each part of it comes to. */
interface Part {
  readonly role: RoleAnswer;
  readonly grants: readonly GrantedRole[];
}

/** A role of a client as a grant, with what the server knows it by. */
interface GrantedRole extends Grant {
  readonly role: RoleAnswer;
}

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
    return parts === null ? null : { roleId: id, permissions: distinct(parts) };
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
    const given = new Set(grantsIn(held).map(keyOf));
    const rest = distinct(parts ?? []).filter((grant) => !given.has(keyOf(grant)));
    if (parts !== null) await compose(server, { realm, uuid, parts }, rest);
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
async function compose(server: Server, composed: Composed, wanted: readonly Grant[]): Promise<void> {
  const { realm, uuid, parts } = composed;
  const isWanted = new Set(wanted.map(keyOf));
  const fits = ({ grants }: Part) => grants.every((grant) => isWanted.has(keyOf(grant)));
  const [kept, dropped] = [parts.filter(fits), parts.filter((part) => !fits(part))];
  const [now, staying] = [keysOf(parts), keysOf(kept)];
  const saved = dropped
    .flatMap(({ grants }) => grants)
    .filter((grant) => isWanted.has(keyOf(grant)) && !staying.has(keyOf(grant)));
  const added = wanted.filter((grant) => !now.has(keyOf(grant)));
  await giveNothingElse(server, realm, saved, isWanted);

  const composites = path(realm, 'roles-by-id', uuid, 'composites');
  const found = await find(server, realm, added, isWanted);
  if (saved.length > 0) await server.api.send('POST', composites, named(saved.map(({ role }) => role)));
  if (dropped.length > 0) await server.api.send('DELETE', composites, named(dropped.map(({ role }) => role)));
  if (found.length === 0) return;
  await server.api.send('POST', composites, named(found)).catch(async (error: unknown) => {
    if (statusOf(error) !== 404) throw error;
    // One of them has been made anew since the directory was read.
    server.directory.forget();
    await server.api.send('POST', composites, named(await find(server, realm, added, isWanted)));
  });
}

async function readParts(server: Server, realm: string, uuid: string): Promise<readonly Part[] | null> {
  const graph = roleGraph({ client: server.api, name: realm });
  const whole = { id: uuid, name: '', composite: true, clientRole: false, containerId: '' };
  const parts = await graph.partsOf(whole);
  if (parts === null) return null;
  return Promise.all(
    parts.map(async (role) => {
      // One that leads back to the whole gives what the others give, and nothing of its own for that.
      const reached = (await graph.clientRolesOf(role)) ?? [];
      return { role, grants: await asGrants(server, realm, reached) };
    }),
  );
}

async function asGrants(server: Server, realm: string, roles: readonly RoleAnswer[]): Promise<readonly GrantedRole[]> {
  const grants = roles.map(async (role) => {
    const clientId = await server.directory.clientIdOf(realm, role.containerId);
    return clientId === null ? [] : [{ name: role.name, clientId, role }];
  });
  return (await Promise.all(grants)).flat();
}

/** The roles of clients by their names, none of which gives more than it says. */
async function find(
  server: Server,
  realm: string,
  grants: readonly Grant[],
  isWanted: ReadonlySet<string>,
): Promise<readonly RoleAnswer[]> {
  const byClient = Map.groupBy(grants, ({ clientId }) => clientId);
  const found = await Promise.all(
    [...byClient].map(async ([clientId, ofClient]) => {
      const names = ofClient.map(({ name }) => name);
      const roles = await server.directory.rolesOf(realm, clientId, names);
      return roles.map((role) => ({ name: role.name, clientId, role }));
    }),
  );
  await giveNothingElse(server, realm, found.flat(), isWanted);
  return found.flat().map(({ role }) => role);
}

/**
 * Sees to it that permissions, which people can put together as well as roles, bring nothing along.
 *
 * @throws TenantError for one that does: it is not this role's to take it apart
 */
async function giveNothingElse(
  server: Server,
  realm: string,
  grants: readonly GrantedRole[],
  isWanted: ReadonlySet<string>,
): Promise<void> {
  const graph = roleGraph({ client: server.api, name: realm });
  for (const { role, name, clientId } of grants.filter(({ role: { composite } }) => composite)) {
    const reached = await asGrants(server, realm, (await graph.clientRolesOf(role)) ?? []);
    const more = reached.find((grant) => !isWanted.has(keyOf(grant)));
    if (more === undefined) continue;
    throw new TenantError(
      `409 ${name} of ${clientId} is itself composed of ${more.name} of ${more.clientId}: take it apart, or grant that as well`,
    );
  }
}

function grantsIn({ permissions = [] }: Properties): readonly Grant[] {
  return permissions as readonly Grant[];
}

/** Each once, sorted. */
function distinct(parts: readonly Part[]): readonly Grant[] {
  const all = parts.flatMap(({ grants }) => grants.map(({ name, clientId }) => ({ name, clientId })));
  const once = new Map(all.map((grant) => [keyOf(grant), grant]));
  return [...once.values()].sort((a, b) => byCodePoint(a.clientId, b.clientId) || byCodePoint(a.name, b.name));
}

function keysOf(parts: readonly Part[]): ReadonlySet<string> {
  return new Set(parts.flatMap(({ grants }) => grants.map(keyOf)));
}

function keyOf({ name, clientId }: Grant): string {
  return JSON.stringify([clientId, name]);
}

/** As the server wants roles named, each once. */
function named(roles: readonly RoleAnswer[]) {
  return [...new Map(roles.map(({ id, name }) => [id, { id, name }])).values()];
}
