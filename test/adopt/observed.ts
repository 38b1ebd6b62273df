import type { AdoptRequest } from '../../src/adopt/adopt.ts';
import { adopt } from '../../src/adopt/adopt.ts';
import { withChanges } from '../../src/adopt/edited-files.ts';
import type { SourceFile } from '../../src/language/source.ts';
import { byCodePoint } from '../../src/language/source.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { ObservedApi, ObservedGrant, ObservedRole, ObservedState } from '../../src/model/observed-state.ts';

export const tenant = 'acme.eu.auth0.com';

/** Everything of a tenant, into an environment `production`. */
export function request(observed: ObservedState, more: Partial<AdoptRequest> = {}): AdoptRequest {
  return {
    files: [],
    folder: 'roles',
    observed,
    environment: { name: 'production', purpose: 'production', target: 'auth0', tenant },
    choice: { include: [], exclude: [], audiences: [] },
    ofEmpty: null,
    again: [],
    asOf: '2026-11-22',
    ...more,
  };
}

/** The files of a repository after a tenant has been adopted, and what was told. */
export function adopted(given: AdoptRequest): {
  readonly files: readonly SourceFile[];
  readonly changed: readonly string[];
  readonly told: readonly string[];
} {
  const [result, told] = adopt(given);
  const changes = result?.changes ?? [];
  return {
    files: withChanges(given.files, changes),
    changed: changes.map(({ path }) => path),
    told: told.map(({ code, message }) => `${code} ${message}`),
  };
}

/** A tenant that holds just what is desired. */
export function observedOf({ applications }: Pick<DesiredState, 'applications'>): ObservedState {
  return {
    tenant,
    apis: applications
      .map(({ name, title, audience, tokenLifetimeSeconds, scopes }) => ({
        ...{ id: `api_${name}`, audience, title, system: false, enforced: true, tokenLifetimeSeconds },
        scopes: scopes.map(({ value, description }) => ({ value, description })),
      }))
      .toSorted((a, b) => byCodePoint(a.audience, b.audience)),
    roles: applications
      .flatMap(({ audience, name: application, roles }) =>
        roles.map(({ name, title, description, scopes }) => ({
          ...{ id: `rol_${application}_${name}`, title, description },
          grants: scopes.map((scope) => ({ audience, scope })),
        })),
      )
      .toSorted((a, b) => byCodePoint(a.title, b.title)),
  };
}

/** An API as a test writes it: scopes with their descriptions. */
export function api(
  audience: string,
  scopes: Readonly<Record<string, string>>,
  more: Partial<ObservedApi> = {},
): ObservedApi {
  return {
    ...{ id: audience, audience, title: 'Shop', system: false, enforced: true, tokenLifetimeSeconds: 3600 },
    scopes: Object.entries(scopes)
      .map(([value, description]) => ({ value, description }))
      .toSorted((a, b) => byCodePoint(a.value, b.value)),
    ...more,
  };
}

/** A role as a test writes it: what it holds of one API. */
export function role(
  title: string,
  audience: string,
  scopes: readonly string[],
  more: Partial<ObservedRole> = {},
): ObservedRole {
  const grants: readonly ObservedGrant[] = scopes.toSorted(byCodePoint).map((scope) => ({ audience, scope }));
  return { id: `rol_${title}`, title, description: `${title} of Shop`, grants, ...more };
}

export function observed(apis: readonly ObservedApi[], roles: readonly ObservedRole[]): ObservedState {
  return { tenant, apis, roles: roles.toSorted((a, b) => byCodePoint(a.title, b.title)) };
}
