import type { DesiredApplication } from '../../model/desired-state.ts';
import type { ApiDeviation, CatalogDeviation, DangerReason } from '../../model/drift.ts';
import type { ObservedApi } from '../../model/observed-state.ts';
import type { Direction } from '../../model/plan.ts';
import { accessOfGrants, without } from './access-of-grants.ts';
import { differ } from './compare-role.ts';
import { dangersOf } from './dangers.ts';

/** How an application's API differs from its declaration, and how the scopes differ that it offers. */
export function compareApi(
  application: DesiredApplication,
  api: ObservedApi | null,
): readonly (ApiDeviation | CatalogDeviation)[] {
  if (api !== null) return [...settingsOf(application, api), ...scopesOffered(application, api)];
  const none = { retitled: null, enforcement: null, tokenLifetimeSeconds: null };
  const dangers = dangersOf(['api-missing']);
  const { name, audience } = application;
  const common = { subject: 'api', situation: 'missing', application: name, audience } as const;
  return [{ ...common, ...none, direction: 'narrowing', dangers, repairs: ['up'] }];
}

function settingsOf(application: DesiredApplication, api: ObservedApi): readonly ApiDeviation[] {
  const { name, audience, title, tokenLifetimeSeconds: lifetime } = application;
  const retitled = differ(title, api.title);
  const enforcement = differ(true, api.enforced);
  const tokenLifetimeSeconds = api.tokenLifetimeSeconds === null ? null : differ(lifetime, api.tokenLifetimeSeconds);
  if (retitled === null && enforcement === null && tokenLifetimeSeconds === null) return [];
  const isLonger = tokenLifetimeSeconds !== null && tokenLifetimeSeconds.observed > tokenLifetimeSeconds.declared;
  const reasons: readonly DangerReason[] = [
    ...(enforcement === null ? [] : (['roles-not-enforced'] as const)),
    ...(isLonger ? (['longer-tokens'] as const) : []),
  ];
  const direction: Direction = reasons.length > 0 ? 'widening' : 'neutral';
  const common = { subject: 'api', situation: 'differs', application: name, audience } as const;
  const differing = { retitled, enforcement, tokenLifetimeSeconds };
  return [{ ...common, ...differing, direction, dangers: dangersOf(reasons), repairs: ['up'] }];
}

function scopesOffered(application: DesiredApplication, api: ObservedApi): readonly CatalogDeviation[] {
  const declared = new Map(application.scopes.map(({ value, description }) => [value, description]));
  const there = new Map(api.scopes.map(({ value, description }) => [value, description]));
  const access = (scopes: readonly string[]) => accessOfGrants(scopes, application, api);
  const more = access(without([...there.keys()], [...declared.keys()]));
  const less = access(without([...declared.keys()], [...there.keys()]));
  const redescribed = access(
    [...declared.keys()].filter(
      (value) => (there.get(value) ?? null) !== null && there.get(value) !== declared.get(value),
    ),
  );
  if (more.length + less.length + redescribed.length === 0) return [];
  // An API that offers a scope gives it to nobody; what it does not offer nobody can hold.
  const direction: Direction = less.length > 0 ? 'narrowing' : 'neutral';
  const found = { more, less, redescribed };
  return [{ subject: 'catalog', application: application.name, ...found, direction, dangers: [], repairs: ['up'] }];
}
