import type { Violation } from '../../invariants/invariants.ts';
import type { Model, Pair } from '../../invariants/pair.ts';
import { keycloakPrices } from '../../invariants/rules/prices.ts';
import { startRecordingProxy } from '../../support/recording-proxy.ts';
import type { TestRealm } from '../realm.ts';
import { administrator, makeRealm } from '../realm.ts';
import { censusOf, pairInRealm } from './pair-in-realm.ts';
import { plantByHand, realmToPlant } from './plant.ts';
import { ourMark, readRealm } from './read-realm.ts';
import { stateOf } from './realm-state.ts';
import { violationsInRealm } from './rules.ts';
import { watchRealm } from './watch-realm.ts';

/** What calls of our own do to a realm, in the place of the product. All names are those of the realm. */
export interface Hands {
  /** A call that is watched; paths begin behind the realm. */
  readonly call: TestRealm['call'];
  /** Of a role, a client, a group or a person. */
  readonly id: (kind: 'roles' | 'clients' | 'groups' | 'users', name: string) => Promise<string>;
  readonly grant: (role: string, ...scopes: readonly string[]) => Promise<unknown>;
  readonly take: (role: string, ...scopes: readonly string[]) => Promise<unknown>;
  readonly retitle: (role: string, name: string) => Promise<unknown>;
  readonly leave: (person: string, role: string) => Promise<unknown>;
  readonly offer: (...scopes: readonly string[]) => Promise<unknown>;
  readonly withdraw: (scope: string) => Promise<unknown>;
}

const audience = 'https://shop.example';

/** A realm that is made by hand as it is declared before a change. */
export interface RealmByHand {
  /** What calls break, by what the realm was just before them. */
  readonly violationsBy: (calls: (hands: Hands) => Promise<unknown>) => Promise<readonly Violation[]>;
  readonly remove: () => Promise<void>;
}

/** Makes it, with what other people have in it. */
export async function realmByHand(declared: Pair): Promise<RealmByHand> {
  const census = censusOf(declared);
  const realm = await makeRealm(realmToPlant(declared, census));
  const proxy = await startRecordingProxy(administrator.KEYCLOAK_URL ?? '');
  const pair = pairInRealm(declared, realm, census);
  await plantModel(realm, pair.before);
  await plantByHand(realm, pair);
  const watch = watchRealm({ realm, proxy });
  return {
    violationsBy: async (calls) => {
      const first = stateOf(await readRealm(realm));
      await calls(handsOn({ call: realm.callBy(proxy.url) }));
      const run = { kind: 'undisturbed', instants: watch.take(), problems: [] } as const;
      return violationsInRealm({ pair, prices: keycloakPrices, first, runs: [run] });
    },
    remove: async () => {
      await proxy.stop();
      await realm.remove();
    },
  };
}

/** Makes what a model declares, marked as the product marks it. */
async function plantModel(realm: TestRealm, { desired }: Model): Promise<void> {
  const attributes = { [ourMark]: ['by hand'] };
  const { call, id, offer, grant } = handsOn(realm);
  for (const { title, scopes, roles } of desired.applications) {
    const access = { 'access.token.claim': 'true' };
    const claim = { 'claim.name': 'permissions', multivalued: 'true', 'jsonType.label': 'String' };
    const mappers = [
      ['oidc-usermodel-client-role-mapper', { ...claim, 'usermodel.clientRoleMapping.clientId': audience }],
      ['oidc-audience-mapper', { 'included.client.audience': audience }],
    ] as const;
    await call('POST', '/clients', {
      ...{ clientId: audience, name: title, publicClient: true, fullScopeAllowed: false },
      attributes: { [ourMark]: 'by hand' },
      protocolMappers: mappers.map(([protocolMapper, config]) => ({
        ...{ name: `rolewright ${protocolMapper}`, protocol: 'openid-connect', protocolMapper },
        config: { ...access, ...config },
      })),
    });
    await offer(...scopes.map(({ value }) => value));
    for (const role of roles) {
      await call('POST', '/roles', { name: role.title, description: role.description, attributes });
      await grant(role.title, ...role.scopes);
    }
    for (const { role, account } of desired.applications.flatMap(({ holders }) => holders)) {
      const name = roles.find((one) => one.name === role)?.title ?? '';
      if (account.by === 'id') {
        await call('POST', `/users/${account.id}/role-mappings/realm`, [{ id: await id('roles', name), name }]);
      }
    }
  }
}

function handsOn({ call }: Pick<Hands, 'call'>): Hands {
  const id: Hands['id'] = async (kind, name) => {
    const found = (await call('GET', `/${kind}?max=1000`)) as readonly Readonly<Record<string, string>>[];
    return found.find((one) => [one.name, one.clientId, one.username].includes(name))?.id ?? `no ${name}`;
  };
  const named = async (scopes: readonly string[]) => {
    const offered = (await call('GET', `/clients/${await id('clients', audience)}/roles`)) as readonly Role[];
    return offered.filter(({ name }) => scopes.includes(name));
  };
  return {
    ...{ call, id },
    grant: async (role, ...scopes) =>
      call('POST', `/roles-by-id/${await id('roles', role)}/composites`, await named(scopes)),
    take: async (role, ...scopes) =>
      call('DELETE', `/roles-by-id/${await id('roles', role)}/composites`, await named(scopes)),
    retitle: async (role, name) =>
      call('PUT', `/roles-by-id/${await id('roles', role)}`, { name, description: `${name} of Shop` }),
    leave: async (person, role) =>
      call('DELETE', `/users/${await id('users', person)}/role-mappings/realm`, [
        { id: await id('roles', role), name: role },
      ]),
    offer: (...scopes) => {
      const roles = scopes.map((name) => ({ name, attributes: { [ourMark]: ['by hand'] } }));
      return call('POST', '/partialImport', { ifResourceExists: 'SKIP', roles: { client: { [audience]: roles } } });
    },
    withdraw: async (scope) => {
      for (const role of await named([scope])) await call('DELETE', `/roles-by-id/${role.id}`);
    },
  };
}

interface Role {
  readonly id: string;
  readonly name: string;
}
