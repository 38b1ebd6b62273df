import type { Emulator } from '../../../src/emulator/start-emulator.ts';
import { loadRepository } from '../../../src/language/load-repository.ts';
import { buildRepository } from '../../../src/pipeline.ts';
import { tenantCall } from '../../support/tenant-call.ts';

/** A tenant that is being filled through the Management API, as somebody with the dashboard would. */
export interface FilledTenant {
  /** Ids of roles, by title. */
  readonly roleIds: ReadonlyMap<string, string>;
  /** Makes a person of the connection "staff", with these roles by title; its id is `auth0|<name>`. */
  readonly person: (name: string, roles: readonly string[], profile?: object) => Promise<string>;
  readonly permit: (kind: 'roles' | 'users', id: string, scopes: readonly string[]) => Promise<void>;
  readonly role: (title: string) => Promise<string>;
  readonly call: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

/** Gives a tenant the API and the roles that a repository declares for its environment "dev", but for some. */
export async function fillTenant(
  emulator: Emulator,
  root: string,
  without: readonly string[] = [],
): Promise<FilledTenant> {
  const [desired] = buildRepository(await loadRepository(root), 'dev', '2026-11-22');
  const [application] = desired?.applications ?? [];
  if (application === undefined) throw new Error('nothing to fill the tenant with');
  const { audience, title, scopes } = application;
  const call: FilledTenant['call'] = (method, path, body) => tenantCall(emulator, method, path, body);
  const roleIds = new Map<string, string>();
  const permit: FilledTenant['permit'] = async (kind, id, names) => {
    const permissions = names.map((name) => ({ resource_server_identifier: audience, permission_name: name }));
    await call('POST', `/${kind}/${encodeURIComponent(id)}/permissions`, { permissions });
  };
  const role: FilledTenant['role'] = async (name) => {
    const { id } = (await call('POST', '/roles', { name, description: `The ${name}` })) as { id: string };
    roleIds.set(name, id);
    return id;
  };
  await call('POST', '/resource-servers', {
    identifier: audience,
    name: title,
    enforce_policies: true,
    token_dialect: 'access_token_authz',
    scopes: scopes.map(({ value, description }) => ({ value, description })),
  });
  for (const declared of application.roles.filter(({ name }) => !without.includes(name))) {
    await permit('roles', await role(declared.title), declared.scopes);
  }
  const person: FilledTenant['person'] = async (name, roles, profile = {}) => {
    const email = `${name}@example.com`;
    const body = { connection: 'staff', user_id: name, email, email_verified: true, ...profile };
    const { user_id: id } = (await call('POST', '/users', body)) as { user_id: string };
    const ids = roles.map((title_) => roleIds.get(title_));
    if (ids.length > 0) await call('POST', `/users/${encodeURIComponent(id)}/roles`, { roles: ids });
    return id;
  };
  return { roleIds, person, permit, role, call };
}
