import { diagnostic } from '../language/diagnostic.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Access, Plan, RoleChange } from '../model/plan.ts';
import { logicalName, namesOf } from '../stack/logical-name.ts';
import { kinds } from '../stack/resource-kinds.ts';
import type { Refusal } from './refusal.ts';
import { refusal } from './refusal.ts';
import type { StackState, StateResource } from './state.ts';
import { scopeNames } from './state.ts';

export interface GuardInput {
  readonly desired: DesiredState;
  readonly plan: Plan;
  readonly state: StackState;
  /** Protected resources that the plan deletes. */
  readonly leavers: readonly StateResource[];
  /** How many people hold a role, by logical name, as far as it has been asked. */
  readonly holders: ReadonlyMap<string, HolderCount>;
  /** The smallest share, 0 to 1, that the gates of this run allow to be removed; null: none was asked for. */
  readonly removalGate: number | null;
}

/** How many people hold a role at the tenant, and how many will when the plan is carried out. */
export interface HolderCount {
  readonly now: number;
  readonly afterwards: number;
}

/** Evaluates every guard of the environment over a plan. */
export function refusals(input: GuardInput): readonly Refusal[] {
  return [
    ...removal(input),
    ...removedRoles(input),
    ...requiredRoles(input),
    ...protection(input),
    ...minimumHolders(input),
  ];
}

/**
 * The roles whose holders must be known, with their ids: those with a minimum that stand at the tenant, and that the plan
 * changes, or takes from somebody.
 */
export function rolesToCount({
  desired,
  plan,
  state,
}: Pick<GuardInput, 'desired' | 'plan' | 'state'>): ReadonlyMap<string, string> {
  const ids = new Map(state.resources.filter(({ type }) => type === kinds.role).map(({ name, id }) => [name, id]));
  const result = new Map<string, string>();
  for (const required of desired.environment.guards.requiredRoles) {
    if (required.minimumHolders === null) continue;
    const change = changeOf(plan, required.application, required.role);
    if (change?.action === 'create' || (change === undefined && !isTaken(plan, desired, required))) continue;
    const name = logicalName(required.application, required.role);
    const renamedFrom = change?.renamedFrom ?? null;
    const old = renamedFrom === null ? name : logicalName(required.application, renamedFrom);
    const id = ids.get(name) ?? ids.get(renamedFrom ?? '') ?? ids.get(old);
    if (id) result.set(name, id);
  }
  return result;
}

interface Required {
  readonly application: string;
  readonly role: string;
}

/** Whether somebody loses a role, or everybody does. */
function isTaken(plan: Plan, { applications }: DesiredState, { application, role }: Required): boolean {
  const roles = applications.find(({ name }) => name === application)?.roles ?? [];
  const title = roles.find(({ name }) => name === role)?.title;
  return plan.changes.some((change) => {
    if (change.application !== application) return false;
    const isOfRole = 'role' in change && change.role === role && change.action === 'remove';
    if (change.subject === 'holder') return isOfRole;
    if (change.subject !== 'provisioning' || change.reach !== 'everybody') return false;
    return isOfRole || (change.formerTitle !== null && change.formerTitle === title);
  });
}

function removal(input: GuardInput): readonly Refusal[] {
  const { plan, state } = input;
  const limit = largestRemoval(input);
  if (limit === null) return [];
  const held = state.resources
    .filter(({ type }) => type === kinds.grants)
    .reduce((sum, { holds }) => sum + (scopeNames(holds)?.length ?? 0), 0);
  const removed = plan.changes.reduce(
    (sum, change) => sum + (change.subject === 'role' ? scopesIn(change.loses) : 0),
    0,
  );
  if (held === 0 || removed / held <= limit) return [];
  return [refusal('maximum-removal', null, (help) => diagnostic('RW6401', null, { removed, held, limit }, { help }))];
}

/** Roles with few grants weigh little among all grants, and their holders lose them all the same. */
function removedRoles(input: GuardInput): readonly Refusal[] {
  const { plan, state } = input;
  const limit = largestRemoval(input);
  if (limit === null) return [];
  const held = state.resources.filter(({ type }) => type === kinds.role).length;
  const removed = plan.changes.filter(({ subject, action }) => subject === 'role' && action === 'remove').length;
  if (held === 0 || removed / held <= limit) return [];
  const parameters = { removed, held, limit };
  return [refusal('maximum-removed-roles', null, (help) => diagnostic('RW6422', null, parameters, { help }))];
}

function largestRemoval({ desired, removalGate }: GuardInput): number | null {
  const limits = [desired.environment.guards.maximumRemoval, removalGate].filter((limit) => limit !== null);
  return limits.length === 0 ? null : Math.min(...limits);
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
    .filter(({ type }) => type === kinds.role || type === kinds.api)
    .map(({ type, name }) => {
      const { application, role } = namesOf(name);
      const subject = role === null ? application : `${application}/${role}`;
      const what = `${type === kinds.role ? 'role' : 'application'} ${subject}`;
      return refusal('protected', subject, (help) => diagnostic('RW6404', null, { what }, { help }));
    });
}

function minimumHolders({ desired, holders }: GuardInput): readonly Refusal[] {
  return desired.environment.guards.requiredRoles.flatMap(({ application, role, minimumHolders: minimum }) => {
    const count = holders.get(logicalName(application, role));
    if (minimum === null || count === undefined || count.afterwards >= minimum) return [];
    const subject = `${application}/${role}`;
    const parameters = { role: subject, holders: count.afterwards, minimum, changes: count.now !== count.afterwards };
    return [refusal('minimum-holders', subject, (help) => diagnostic('RW6405', null, parameters, { help }))];
  });
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
