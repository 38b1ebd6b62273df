import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { tenantCall } from '../support/tenant-call.ts';
import type { Pair } from './pair.ts';
import { applicationChanges, roleChanges } from './pair.ts';

export const foreignAudience = 'https://foreign.example';
export const foreignRole = 'Foreign';

/** Makes what a model declares by calls of our own, without the product; the other way to a tenant as it is before a change. */
export async function plantModel(emulator: Emulator, { desired }: Pair['before']): Promise<void> {
  for (const { audience, title, scopes, roles } of desired.applications) {
    const offered = scopes.map(({ value, description }) => ({ value, description }));
    await tenantCall(emulator, 'POST', '/resource-servers', { identifier: audience, name: title, scopes: offered });
    for (const role of roles) {
      const { id } = (await tenantCall(emulator, 'POST', '/roles', {
        name: role.title,
        description: role.description,
      })) as { id: string };
      if (role.scopes.length > 0) await grant(emulator, id, audience, role.scopes);
    }
  }
}

/**
 * Adds what other people have in the tenant, to see that it is left alone: an API, a role that holds a scope of ours
 * besides its own, somebody with that role who holds the scope directly as well, and for each role of ours somebody to
 * whom it was given by hand. The scope is one that stays.
 */
export async function plantForeign(emulator: Emulator, pair: Pair): Promise<void> {
  const create = async (path: string, body: object) => (await tenantCall(emulator, 'POST', path, body)) as Created;
  await create('/resource-servers', { identifier: foreignAudience, scopes: [{ value: 'theirs' }] });
  const { id } = await create('/roles', { name: foreignRole, description: 'of another team' });
  await grant(emulator, id, foreignAudience, ['theirs']);
  const stranger = await person(emulator, 'stranger');
  await hold(emulator, stranger, id);
  const staying = stayingScope(pair);
  if (staying !== undefined) {
    await grant(emulator, id, staying.audience, [staying.scope]);
    const permissions = [{ resource_server_identifier: staying.audience, permission_name: staying.scope }];
    await tenantCall(emulator, 'POST', `/users/${encodeURIComponent(stranger)}/permissions`, { permissions });
  }
  const { roles } = emulator.snapshot();
  for (const [index, { before }] of roleChanges(pair).entries()) {
    const role = roles.find(({ name }) => name === before?.title);
    if (role === undefined) continue;
    const byHand = await person(emulator, `by-hand-${index}`);
    await hold(emulator, byHand, role.id);
    await hold(emulator, byHand, id);
  }
}

/** Makes an account for everybody who is declared to hold a role, before or after. */
export async function plantPeople(emulator: Emulator, { before, after }: Pair): Promise<void> {
  const holders = [before, after].flatMap(({ desired }) => desired.applications.flatMap((one) => one.holders));
  const ids = new Set(holders.flatMap(({ account }) => (account.by === 'id' ? [account.id] : [])));
  for (const id of ids) await person(emulator, id.slice('auth0|'.length));
}

interface Created {
  readonly id: string;
}

async function person(emulator: Emulator, name: string): Promise<string> {
  const account = { connection: 'corporate-sso', email: `${name}@example.com`, password: 'a long password 1!' };
  await tenantCall(emulator, 'POST', '/users', { ...account, user_id: name, email_verified: true });
  return `auth0|${name}`;
}

async function hold(emulator: Emulator, user: string, role: string): Promise<void> {
  await tenantCall(emulator, 'POST', `/users/${encodeURIComponent(user)}/roles`, { roles: [role] });
}

async function grant(emulator: Emulator, role: string, audience: string, scopes: readonly string[]): Promise<void> {
  const permissions = scopes.map((scope) => ({ resource_server_identifier: audience, permission_name: scope }));
  await tenantCall(emulator, 'POST', `/roles/${role}/permissions`, { permissions });
}

/** A permission that is offered before and after under the same scope. */
export function stayingScope(pair: Pair): { readonly audience: string; readonly scope: string } | undefined {
  return applicationChanges(pair).flatMap(({ audience, before, after }) =>
    (before?.scopes ?? [])
      .filter(({ value, kind }) => kind === 'permission' && after?.scopes.some((scope) => scope.value === value))
      .map(({ value }) => ({ audience, scope: value })),
  )[0];
}
