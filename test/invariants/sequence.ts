import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { tenantCall } from '../support/tenant-call.ts';
import type { Violation } from './invariants.ts';
import { violationsOf } from './invariants.ts';
import type { Pair } from './pair.ts';
import { plantForeign, plantModel, plantPeople } from './plant.ts';
import { auth0Prices } from './rules/prices.ts';
import type { Shop, ShopRole } from './shop.ts';
import { startWatched } from './watch.ts';

/** What calls of our own do to a tenant, in the place of the product. */
export interface Tenant {
  readonly id: (title: string) => string;
  readonly call: (method: string, path: string, body: object) => Promise<unknown>;
  readonly grant: (title: string, ...scopes: readonly string[]) => Promise<unknown>;
  readonly take: (title: string, ...scopes: readonly string[]) => Promise<unknown>;
  readonly retitle: (title: string, name: string) => Promise<unknown>;
  readonly join: (user: string, title: string) => Promise<unknown>;
  readonly leave: (user: string, title: string) => Promise<unknown>;
  readonly offer: (scopes: readonly { readonly value: string; readonly description?: string }[]) => Promise<unknown>;
}

export interface Sequence {
  readonly pair: Pair;
  /** What is done before anybody looks. */
  readonly beforehand?: (tenant: Tenant) => Promise<unknown>;
  readonly calls: (tenant: Tenant) => Promise<unknown>;
  /** What the run is to have complained of. */
  readonly problems?: readonly string[];
}

const audience = 'https://shop.example';
const nothing = async () => {};

/** What a sequence of calls breaks, on a tenant that is as it is declared before and removes a scope from all who hold it. */
export async function violationsIn({
  pair,
  beforehand = nothing,
  calls,
  problems = [],
}: Sequence): Promise<readonly Violation[]> {
  const emulator = await startWatched({ scopeRemoval: 'cascade' });
  try {
    await plantModel(emulator, pair.before);
    await plantPeople(emulator, pair);
    await plantForeign(emulator, pair);
    await beforehand(tenantOf(emulator));
    emulator.watch.take();
    const first = emulator.snapshot();
    await calls(tenantOf(emulator));
    const run = { kind: 'undisturbed', instants: emulator.watch.take(), problems } as const;
    return violationsOf({ pair, prices: auth0Prices, first, runs: [run] });
  } finally {
    await emulator.stop();
  }
}

/** The numbers of the invariants that it breaks. */
export async function brokenBy(sequence: Sequence): Promise<readonly number[]> {
  return [...new Set((await violationsIn(sequence)).map(({ number }) => number))];
}

function tenantOf(emulator: Emulator): Tenant {
  const call = (method: string, path: string, body: object) => tenantCall(emulator, method, path, body);
  const id = (title: string) => emulator.snapshot().roles.find(({ name }) => name === title)?.id ?? '';
  const pairs = (scopes: readonly string[]) => ({
    permissions: scopes.map((scope) => ({ resource_server_identifier: audience, permission_name: scope })),
  });
  const rolesOf = (user: string) => `/users/${encodeURIComponent(`auth0|${user}`)}/roles`;
  return {
    ...{ id, call },
    grant: (title, ...scopes) => call('POST', `/roles/${id(title)}/permissions`, pairs(scopes)),
    take: (title, ...scopes) => call('DELETE', `/roles/${id(title)}/permissions`, pairs(scopes)),
    retitle: (title, name) => call('PATCH', `/roles/${id(title)}`, { name, description: `${name} of Shop` }),
    join: (user, title) => call('POST', rolesOf(user), { roles: [id(title)] }),
    leave: (user, title) => call('DELETE', rolesOf(user), { roles: [id(title)] }),
    offer: (scopes) => call('PATCH', `/resource-servers/${encodeURIComponent(audience)}`, { scopes }),
  };
}

const permissions = [
  { name: 'spend', levels: ['view', 'edit'], isRestricted: true },
  { name: 'contracts', isRestricted: true },
  { name: 'reports' },
];

/** The application of these sequences. */
export const shop = (roles: readonly ShopRole[], more: Partial<Shop> = {}): readonly Shop[] => [
  { permissions, apps: ['slack', 'zoom'], roles, ...more },
];

/** The same without a permission, or with another one in its place. */
export function shopWithout(
  name: string,
  roles: readonly ShopRole[],
  instead: Shop['permissions'] = [],
): readonly Shop[] {
  return shop(roles, { permissions: [...permissions.filter((one) => one.name !== name), ...instead] });
}

export const admin = { name: 'admin', grants: ['contracts', 'reports', 'spend:view'] };
export const widerAdmin = { ...admin, grants: ['contracts', 'reports', 'spend:edit'] };

/** The scopes that are declared after a change. */
export function offeredAfter({ after }: Pair): readonly { readonly value: string; readonly description: string }[] {
  return after.desired.applications[0]?.scopes.map(({ value, description }) => ({ value, description })) ?? [];
}
