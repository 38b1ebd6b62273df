import type { ClientAnswer } from '../realm-reader.ts';
import { claimOf, lifespan } from '../token-claim.ts';
import { findClient } from './directory.ts';
import { joinId, splitId } from './ids.ts';
import type { Kind, Properties, Server } from './kind.ts';
import { gone, path, text, unlessGone } from './kind.ts';
import { missingMappers, strayMappers, tokenMappers } from './mappers.ts';
import { keyIn, keySchema, makeOrTakeOver, ourKey } from './ownership.ts';

/**
 * An application: its permissions are roles of this client, and people sign in to it. Its tokens carry the permissions and
 * name it alone as their audience, by whichever mappers.
 */
export const client: Kind = {
  description:
    'An application as a client of a realm. Its access tokens carry in a claim what people may do, and name it alone as their audience. Flows, redirect addresses and whatever else the client has are left as they are; a new one has no flow switched on.',
  importedBy: '`<realm>/<uuid of the client>`',
  inputs: {
    realm: { type: 'string', description: 'The realm, which must exist.' },
    clientId: { type: 'string', description: 'As tokens name their audience.' },
    name: { type: 'string', description: 'What people are shown.' },
    accessTokenLifespan: {
      type: 'integer',
      description: 'How long an access token counts, in seconds.',
      least: 1,
    },
    claim: {
      type: 'string',
      description:
        'The claim of access tokens that carries the permissions; read as empty where they do not as they should.',
    },
    key: keySchema,
  },
  replacedBy: ['realm', 'clientId'],

  create: async (server, inputs) => {
    const [realm, clientId] = [text(inputs, 'realm'), text(inputs, 'clientId')];
    const declared = { ...newClient(inputs), ...(await clientScopes(server, realm)) };
    const made = await makeOrTakeOver<ClientAnswer>({
      what: `client ${clientId}`,
      key: keyIn(text(inputs, 'key')).key,
      make: () => server.api.send('POST', path(realm, 'clients'), declared),
      find: () => findClient(server.api, realm, clientId),
      mend: (there) => mend(server, realm, there, inputs),
    });
    return joinId(realm, made);
  },

  read: async (server, id) => {
    const { realm, uuid } = splitId(id);
    const held = await heldClient(server, realm, uuid);
    return held === null ? null : propertiesOf(server, realm, held);
  },

  update: async (server, id, { after }) => {
    const { realm, uuid } = splitId(id);
    const held = await heldClient(server, realm, uuid);
    if (held === null) throw gone(`client ${text(after, 'clientId')}`);
    await mend(server, realm, held, after);
  },

  remove: async ({ api }, id) => {
    const { realm, uuid } = splitId(id);
    await api.send('DELETE', path(realm, 'clients', uuid)).catch(unlessGone);
  },
};

async function heldClient({ api }: Server, realm: string, uuid: string): Promise<ClientAnswer | null> {
  return (await api.get(path(realm, 'clients', uuid))) as ClientAnswer | null;
}

async function propertiesOf(server: Server, realm: string, held: ClientAnswer): Promise<Properties> {
  const { clientId, name = '', attributes = {} } = held;
  const seconds = Number(attributes[lifespan] ?? '');
  return {
    ...{ realm, clientId, name, claim: claimOf(held), ...keyIn(attributes[ourKey]) },
    // Nothing, and what is no number of seconds, leave it to the realm.
    accessTokenLifespan: seconds > 0 ? seconds : await lifespanOfRealm(server, realm),
  };
}

async function lifespanOfRealm({ api }: Server, realm: string): Promise<number> {
  const settings = (await api.get(path(realm))) as { readonly accessTokenLifespan?: number } | null;
  // Whoever may not see the settings of the realm is not told them.
  return settings?.accessTokenLifespan ?? 0;
}

/**
 * The client scopes that the realm gives to new clients, without Keycloak's own `roles`: that one says all that a person may do again, in
 * `resource_access`, and a token of a hundred permissions then no longer fits into a header.
 */
async function clientScopes({ api }: Server, realm: string): Promise<object> {
  const namesOf = async (list: string) =>
    ((await api.get(path(realm, list))) as readonly { readonly name: string }[] | null)?.map(({ name }) => name) ?? [];
  const usual = await namesOf('default-default-client-scopes');
  return {
    defaultClientScopes: usual.filter((name) => name !== 'roles'),
    optionalClientScopes: await namesOf('default-optional-client-scopes'),
  };
}

function newClient(inputs: Properties) {
  const { key } = keyIn(text(inputs, 'key'));
  const clientId = text(inputs, 'clientId');
  return {
    ...{ clientId, name: text(inputs, 'name'), publicClient: true, fullScopeAllowed: false },
    ...{ standardFlowEnabled: false, directAccessGrantsEnabled: false },
    attributes: { [lifespan]: text(inputs, 'accessTokenLifespan'), ...(key === undefined ? {} : { [ourKey]: key }) },
    protocolMappers: tokenMappers(clientId, text(inputs, 'claim')),
  };
}

/** Settings and mappers have calls of their own: Keycloak takes no notice of mappers when a client is written again. */
async function mend(server: Server, realm: string, held: ClientAnswer, wanted: Properties): Promise<void> {
  const now = await propertiesOf(server, realm, held);
  const { id } = held;
  const differs = (property: string) => wanted[property] !== undefined && wanted[property] !== now[property];
  const claim = text(wanted, 'claim');
  // Empty where a program leaves a claim alone that is wrong.
  const isClaimWrong = differs('claim') && claim !== '';
  const attributes = {
    ...held.attributes,
    ...(differs('accessTokenLifespan') ? { [lifespan]: text(wanted, 'accessTokenLifespan') } : {}),
    ...(differs('key') ? { [ourKey]: text(wanted, 'key') } : {}),
  };
  const settings = {
    ...(differs('name') ? { name: text(wanted, 'name') } : {}),
    ...(isClaimWrong && held.fullScopeAllowed !== false ? { fullScopeAllowed: false } : {}),
    ...(differs('accessTokenLifespan') || differs('key') ? { attributes } : {}),
  };
  if (Object.keys(settings).length > 0)
    await server.api.send('PUT', path(realm, 'clients', id), { ...untouched(held), ...settings });
  if (!isClaimWrong) return;
  const models = path(realm, 'clients', id, 'protocol-mappers', 'models');
  for (const stray of strayMappers(held, claim))
    await server.api.send('DELETE', `${models}${path(stray.id)}`).catch(unlessGone);
  for (const mapper of missingMappers(held, claim)) {
    if (mapper.id === undefined) await server.api.send('POST', models, mapper);
    else await server.api.send('PUT', `${models}${path(mapper.id)}`, mapper);
  }
}

/**
 * All that a client has, to be written back as it is: of what a write does not name, Keycloak decides some things anew. It switches
 * authorization services off, and fills the web origins in. Secrets it keeps, and mappers have calls of their own.
 */
function untouched(held: ClientAnswer): object {
  const { secret: _, registrationAccessToken: __, protocolMappers: ___, ...rest } = held as ClientAnswer & Secrets;
  return rest;
}

interface Secrets {
  readonly secret?: string;
  readonly registrationAccessToken?: string;
}
