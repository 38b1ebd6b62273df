import { parse } from 'yaml';
import type { ObservedApi, ObservedGrant, ObservedRole, ObservedState } from '../../../src/model/observed-state.ts';

/** What somebody did to one role or API at the tenant; what is left out stays. */
interface Step {
  /** The title of a role, or the audience of an API. */
  readonly role?: string;
  readonly api?: string;
  /** Makes another role of this title. */
  readonly made?: boolean;
  readonly deleted?: boolean;
  readonly title?: string;
  readonly description?: string;
  /** Scopes; of the desk's API, unless `of` names another. */
  readonly gets?: readonly string[];
  readonly loses?: readonly string[];
  readonly of?: string;
  readonly enforced?: boolean;
  readonly lifetime?: number;
  /** Descriptions of scopes. */
  readonly offers?: Readonly<Record<string, string>>;
  readonly withdraws?: readonly string[];
}

/** The tenant after the steps of a `by-hand.yaml`. Whoever held a scope that an API withdraws holds it no longer. */
export function changedByHand(before: ObservedState, yaml: string): ObservedState {
  return ((parse(yaml) ?? []) as readonly Step[]).reduce(after, before);
}

function after(state: ObservedState, step: Step, index: number): ObservedState {
  if (step.made === true) {
    const { role: title = '', description = '' } = step;
    const made = { id: `rol_${index}`, title, description, grants: grantsAfter([], step) };
    return { ...state, roles: [...state.roles, made] };
  }
  if (step.role !== undefined) {
    const roles = state.roles.flatMap((role) => (role.title === step.role ? roleAfter(role, step) : [role]));
    if (!state.roles.some(({ title }) => title === step.role)) throw new Error(`there is no role ${step.role}`);
    return { ...state, roles };
  }
  const apis = state.apis.flatMap((api) => (api.audience === step.api ? apiAfter(api, step) : [api]));
  const isOffered = ({ audience, scope }: ObservedGrant) =>
    apis.find((api) => api.audience === audience)?.scopes.some(({ value }) => value === scope) === true;
  const roles = state.roles.map((role) => ({ ...role, grants: role.grants.filter(isOffered) }));
  return { ...state, apis, roles };
}

function roleAfter(role: ObservedRole, step: Step): readonly ObservedRole[] {
  if (step.deleted === true) return [];
  const { title = role.title, description = role.description } = step;
  return [{ ...role, title, description, grants: grantsAfter(role.grants, step) }];
}

function grantsAfter(grants: readonly ObservedGrant[], step: Step): readonly ObservedGrant[] {
  const { of: audience = 'https://desk.example', gets = [], loses = [] } = step;
  const left = grants.filter((grant) => grant.audience !== audience || !loses.includes(grant.scope));
  return [...left, ...gets.map((scope) => ({ audience, scope }))];
}

function apiAfter(api: ObservedApi, step: Step): readonly ObservedApi[] {
  if (step.deleted === true) return [];
  const { title = api.title, enforced = api.enforced, lifetime = api.tokenLifetimeSeconds } = step;
  const { offers = {}, withdraws = [] } = step;
  const kept = api.scopes.filter(({ value }) => !withdraws.includes(value) && !(value in offers));
  const offered = Object.entries(offers).map(([value, description]) => ({ value, description }));
  return [{ ...api, title, enforced, tokenLifetimeSeconds: lifetime, scopes: [...kept, ...offered] }];
}
