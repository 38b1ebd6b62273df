import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { byCodePoint } from '../../src/language/source.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { ObservedState } from '../../src/model/observed-state.ts';
import { tenantCall } from './tenant-call.ts';

/** A tenant that holds exactly what is declared for it. The ids are made of the names. */
export function observedAsDeclared({ applications }: DesiredState): ObservedState {
  const roles = applications.flatMap(({ name, audience, roles: declared }) =>
    declared.map((role) => ({
      id: `rol_${name}_${role.name}`,
      title: role.title,
      description: role.description,
      grants: role.scopes.map((scope) => ({ audience, scope })),
    })),
  );
  const apis = applications.map(({ name, audience, title, tokenLifetimeSeconds, scopes }) => ({
    id: `api_${name}`,
    audience,
    title,
    system: false,
    enforced: true,
    tokenLifetimeSeconds,
    scopes: scopes.map(({ value, description }) => ({ value, description })),
  }));
  return {
    tenant: 'loopback',
    apis: apis.toSorted((a, b) => byCodePoint(a.audience, b.audience)),
    roles: roles.toSorted((a, b) => byCodePoint(a.title, b.title)),
  };
}

/** Makes an empty loopback tenant hold the same, without the engine. Returns the ids of its roles by their titles. */
export async function layOutTenant(
  emulator: Emulator,
  { apis, roles }: Pick<ObservedState, 'apis' | 'roles'>,
): Promise<ReadonlyMap<string, string>> {
  for (const { audience, title, enforced, tokenLifetimeSeconds, scopes } of apis) {
    await tenantCall(emulator, 'POST', '/resource-servers', {
      identifier: audience,
      name: title,
      enforce_policies: enforced,
      token_dialect: 'access_token_authz',
      ...(tokenLifetimeSeconds === null ? {} : { token_lifetime: tokenLifetimeSeconds }),
      scopes,
    });
  }
  const ids = new Map<string, string>();
  for (const { title, description, grants } of roles) {
    const made = await tenantCall(emulator, 'POST', '/roles', { name: title, description });
    const { id } = made as { readonly id: string };
    ids.set(title, id);
    if (grants.length === 0) continue;
    const permissions = grants.map(({ audience, scope }) => ({
      resource_server_identifier: audience,
      permission_name: scope,
    }));
    await tenantCall(emulator, 'POST', `/roles/${id}/permissions`, { permissions });
  }
  return ids;
}
