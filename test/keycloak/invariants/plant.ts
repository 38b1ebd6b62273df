import type { Pair } from '../../invariants/pair.ts';
import { applicationChanges, roleChanges } from '../../invariants/pair.ts';
import { foreignAudience, foreignRole, stayingScope } from '../../invariants/plant.ts';
import type { TestRealm } from '../realm.ts';
import type { Census } from './pair-in-realm.ts';

const nestingRole = 'Everybody at Acme';
const group = 'staff';
/** The same name as a permission of the pairs has, in another client: it must not count in ours. */
const theirs = ['theirs', 'view:spend'];

/**
 * A realm as a company has it before the product comes: a client of another team with roles of its own, a role that is
 * composed of them, a group, and people, among them everybody whom a pair declares. It issues no tokens, so it needs none
 * of the keys that take long to make.
 */
export function realmToPlant(pair: Pair, census: Census): object {
  const byHand = roleChanges(pair).map((_, index) => ({ username: `by-hand-${index}` }));
  const declared = [...census].map(([known, id]) => ({ id, username: known.slice('auth0|'.length) }));
  const others = [{ username: 'stranger' }, { username: 'in-group', groups: [`/${group}`] }, { username: 'nested' }];
  const hmac = { name: 'hmac', providerId: 'hmac-generated', config: { algorithm: ['HS512'] }, subComponents: {} };
  return {
    components: { 'org.keycloak.keys.KeyProvider': [hmac] },
    clients: [{ clientId: foreignAudience, redirectUris: ['https://foreign.example/*'] }],
    roles: {
      realm: [
        { name: foreignRole, composites: { client: { [foreignAudience]: theirs } } },
        { name: nestingRole, composites: { realm: [foreignRole] } },
      ],
      client: { [foreignAudience]: theirs.map((name) => ({ name })) },
    },
    groups: [{ name: group, realmRoles: [foreignRole] }],
    users: [...declared, ...others, ...byHand].map((person) => ({
      ...{ enabled: true, firstName: person.username, lastName: 'Acme', email: `${person.username}@example.com` },
      ...person,
    })),
  };
}

/**
 * What people do by hand with what the product has made: whoever may, gives a role of ours to somebody, to a group and within
 * a role of theirs; a permission of ours directly, by a group and by a role of theirs; a role of their own in our client, and
 * settings of it. Of applications, roles and scopes they chose those that stay.
 */
export async function plantByHand(realm: TestRealm, pair: Pair): Promise<void> {
  const finder = finderIn(realm);
  await giveOurRoles(realm, pair, finder);
  await useOurPermission(realm, pair, finder);
  await changeOurClients(realm, pair, finder);
}

async function giveOurRoles({ call }: TestRealm, pair: Pair, { role, person, staff }: Finder): Promise<void> {
  const [foreign, nesting] = [await role(foreignRole), await role(nestingRole)];
  await call('POST', `${await person('stranger')}/realm`, [foreign]);
  await call('POST', `${await person('nested')}/realm`, [nesting]);
  for (const [index, { before }] of roleChanges(pair).entries()) {
    const held = before === null ? undefined : await role(before.title);
    if (held !== undefined) await call('POST', `${await person(`by-hand-${index}`)}/realm`, [held, foreign]);
  }
  const stays = roleChanges(pair).find(({ before, after }) => before !== null && after !== null);
  const staying = stays?.before && (await role(stays.before.title));
  if (!staying) return;
  await call('POST', `/roles-by-id/${nesting?.id}/composites`, [staying]);
  await call('POST', `${await staff()}/realm`, [staying]);
  const whole = (await call('GET', `/roles-by-id/${staying.id}`)) as Found;
  await call('PUT', `/roles-by-id/${staying.id}`, { ...whole, attributes: { ...whole.attributes, note: ['by hand'] } });
}

async function useOurPermission({ call }: TestRealm, pair: Pair, finder: Finder): Promise<void> {
  const { role, client, clientRole, person, staff } = finder;
  const scope = stayingScope(pair);
  const api = scope && (await client(scope.audience));
  const permission = scope && api && (await clientRole(api, scope.scope));
  if (!permission) return;
  await call('POST', `/roles-by-id/${(await role(foreignRole))?.id}/composites`, [permission]);
  await call('POST', `${await staff()}/clients/${api.id}`, [permission]);
  await call('POST', `${await person('stranger')}/clients/${api.id}`, [permission]);
}

/** Whose application goes, loses with its client whatever others have put into that. */
async function changeOurClients(
  { call }: TestRealm,
  pair: Pair,
  { client, clientRole, person }: Finder,
): Promise<void> {
  for (const { audience, before, after } of applicationChanges(pair)) {
    const ours = before === null || after === null ? undefined : await client(audience);
    if (ours === undefined) continue;
    await call('POST', `/clients/${ours.id}/roles`, { name: 'by-hand', description: 'of another team' });
    const theirs = await clientRole(ours, 'by-hand');
    await call('POST', `${await person('stranger')}/clients/${ours.id}`, [theirs]);
    await call('PUT', `/clients/${ours.id}`, { ...ours, redirectUris: [`${audience}/*`], standardFlowEnabled: true });
  }
}

type Finder = ReturnType<typeof finderIn>;

/** Finds things by their names; of people and of the group, the path of the roles that they have been given. */
function finderIn({ call }: TestRealm) {
  const find = async (path: string, name: string) => {
    const found = ((await call('GET', path)) ?? []) as readonly Found[];
    return found.find((one) => [one.name, one.clientId, one.username].includes(name));
  };
  return {
    role: (title: string) => find('/roles', title),
    client: (audience: string) => find('/clients', audience),
    clientRole: ({ id }: Found, name: string) => find(`/clients/${id}/roles`, name),
    person: async (username: string) => `/users/${(await find('/users?max=1000', username))?.id}/role-mappings`,
    staff: async () => `/groups/${(await find('/groups', group))?.id}/role-mappings`,
  };
}

interface Found {
  readonly id: string;
  readonly name?: string;
  readonly clientId?: string;
  readonly username?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}
