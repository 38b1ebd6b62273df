import type { Diagnostic } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Access, Plan, RoleChange } from '../model/plan.ts';
import { logicalName, namesOf } from '../targets/auth0/lower.ts';
import type { StackState, StateResource } from './state.ts';
import { scopeNames, types } from './state.ts';

/** A refusal, and the one override that goes past it. */
export interface Refusal {
  readonly override: string;
  readonly diagnostic: Diagnostic;
}

export interface GuardInput {
  readonly desired: DesiredState;
  readonly plan: Plan;
  readonly state: StackState;
  /** Protected resources that the plan deletes. */
  readonly leavers: readonly StateResource[];
  /** How many people hold a role, by logical name, as far as it has been asked. */
  readonly holders: ReadonlyMap<string, number>;
}

const guardNames = ['maximum-removal', 'required-role', 'emptied-role', 'protected', 'minimum-holders'] as const;
type GuardName = (typeof guardNames)[number];

/** Evaluates every guard of the environment over a plan. */
export function refusals(input: GuardInput): readonly Refusal[] {
  return [...removal(input), ...requiredRoles(input), ...protection(input), ...minimumHolders(input)];
}

/** Problems for overrides that name no guard: a misspelt one must not pass for a silent one. */
export function unknownOverrides(overrides: readonly string[]): readonly Diagnostic[] {
  const known: readonly string[] = guardNames;
  return overrides
    .filter((override) => !known.includes(override.split(':')[0] ?? ''))
    .map((override) => diagnostic('RW6409', null, { override }, { expected: guardNames.join(', ') }));
}

/** The roles whose holders must be known: those with a minimum that stand at the tenant and that the plan touches. */
export function rolesToCount({
  desired,
  plan,
  state,
}: Pick<GuardInput, 'desired' | 'plan' | 'state'>): ReadonlyMap<string, string> {
  const ids = new Map(state.resources.filter(({ type }) => type === types.role).map(({ name, id }) => [name, id]));
  const result = new Map<string, string>();
  for (const required of desired.environment.guards.requiredRoles) {
    if (required.minimumHolders === null) continue;
    const change = changeOf(plan, required.application, required.role);
    if (change === undefined || change.action === 'create') continue;
    const name = logicalName(required.application, required.role);
    const old = change.renamedFrom === null ? name : logicalName(required.application, change.renamedFrom);
    const id = ids.get(name) ?? ids.get(change.renamedFrom ?? '') ?? ids.get(old);
    if (id) result.set(name, id);
  }
  return result;
}

function removal({ desired, plan, state }: GuardInput): readonly Refusal[] {
  const limit = desired.environment.guards.maximumRemoval;
  if (limit === null) return [];
  const held = state.resources
    .filter(({ type }) => type === types.rolePermissions)
    .reduce((sum, { holds }) => sum + (scopeNames(holds)?.length ?? 0), 0);
  const removed = plan.changes.reduce(
    (sum, change) => sum + (change.subject === 'role' ? scopesIn(change.loses) : 0),
    0,
  );
  if (held === 0 || removed / held <= limit) return [];
  return [refusal('maximum-removal', null, (help) => diagnostic('RW6401', null, { removed, held, limit }, { help }))];
}

function requiredRoles({ desired, plan }: GuardInput): readonly Refusal[] {
  return desired.environment.guards.requiredRoles.flatMap(({ application, role }) => {
    const subject = `${application}/${role}`;
    const declared = desired.applications
      .find(({ name }) => name === application)
      ?.roles.find(({ name }) => name === role);
    if (declared === undefined) {
      return [refusal('required-role', subject, (help) => diagnostic('RW6402', null, { role: subject }, { help }))];
    }
    const change = changeOf(plan, application, role);
    if (change === undefined || change.loses.length === 0 || holdsPermissions(declared.scopes, desired, application))
      return [];
    return [refusal('emptied-role', subject, (help) => diagnostic('RW6403', null, { role: subject }, { help }))];
  });
}

function protection({ leavers }: GuardInput): readonly Refusal[] {
  return leavers
    .filter(({ type }) => type === types.role || type === types.resourceServer)
    .map(({ type, name }) => {
      const { application, role } = namesOf(name);
      const subject = role === null ? application : `${application}/${role}`;
      const what = `${type === types.role ? 'role' : 'application'} ${subject}`;
      return refusal('protected', subject, (help) => diagnostic('RW6404', null, { what }, { help }));
    });
}

function minimumHolders({ desired, holders }: GuardInput): readonly Refusal[] {
  return desired.environment.guards.requiredRoles.flatMap(({ application, role, minimumHolders: minimum }) => {
    const count = holders.get(logicalName(application, role));
    if (minimum === null || count === undefined || count >= minimum) return [];
    const subject = `${application}/${role}`;
    const parameters = { role: subject, holders: count, minimum };
    return [refusal('minimum-holders', subject, (help) => diagnostic('RW6405', null, parameters, { help }))];
  });
}

function refusal(guard: GuardName, subject: string | null, make: (help: string) => Diagnostic): Refusal {
  const override = subject === null ? guard : `${guard}:${subject}`;
  return { override, diagnostic: make(`to go ahead all the same: --override ${override}`) };
}

function changeOf(plan: Plan, application: string, role: string): RoleChange | undefined {
  return plan.changes.find(
    (change): change is RoleChange =>
      change.subject === 'role' && change.application === application && change.role === role,
  );
}

function holdsPermissions(scopes: readonly string[], desired: DesiredState, application: string): boolean {
  const declared = desired.applications.find(({ name }) => name === application)?.scopes ?? [];
  return declared.some(({ kind, value }) => kind === 'permission' && scopes.includes(value));
}

function scopesIn(access: readonly Access[]): number {
  return access.reduce((sum, { scopes }) => sum + scopes.length, 0);
}
