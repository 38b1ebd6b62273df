import type { Diagnostic } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Access, HolderChange, Plan, ProvisioningChange, RoleChange } from '../model/plan.ts';
import type { Refusal } from './refusal.ts';
import { refusal } from './refusal.ts';

/** A limit on a plan that is asked for by name, for one run. */
export type Gate =
  | { readonly kind: 'no-new-access' | 'no-sensitive' | 'no-emptied-role' }
  | { readonly kind: 'max-removal' /** 0 to 1. */; readonly share: number };

/** How a gate is written, for messages. */
export const gateForms = 'no-new-access, no-sensitive, no-emptied-role, max-removal=25%';

/** The gate of a text such as `max-removal=25%`; null if there is none: a misspelt one must not pass for a silent one. */
export function parseGate(text: string): Gate | null {
  if (text === 'no-new-access' || text === 'no-sensitive' || text === 'no-emptied-role') return { kind: text };
  const percent = /^max-removal=(\d{1,3})%$/.exec(text)?.[1];
  return percent === undefined || Number(percent) > 100 ? null : { kind: 'max-removal', share: Number(percent) / 100 };
}

/** A gate as it is written. */
export function gateText(gate: Gate): string {
  return gate.kind === 'max-removal' ? `max-removal=${Math.round(gate.share * 100)}%` : gate.kind;
}

/** Every gate that is closed to the plan, role by role, each with its own override. `max-removal` is one of the guards. */
export function closedGates(gates: readonly Gate[], plan: Plan, desired: DesiredState): readonly Refusal[] {
  const asked = new Set(gates.map(({ kind }) => kind));
  return [
    ...(asked.has('no-new-access') ? newAccess(plan) : []),
    ...(asked.has('no-sensitive') ? newSensitive(plan, desired) : []),
    ...(asked.has('no-emptied-role') ? emptied(plan, desired) : []),
  ];
}

/** A refusal that nothing overrides, where a plan widens although it may only take away; empty where it does not. */
export function widensAgainst(plan: Plan): readonly Diagnostic[] {
  const roles = [...byRole(plan.changes.filter(isWidening)).keys()];
  if (roles.length === 0) return [];
  const help = 'mend what the exceptions excepted, or have their owners set a later day; see `rolewright check`';
  return [diagnostic('RW6423', null, { roles: listed(roles) }, { help })];
}

type Widening = RoleChange | HolderChange | ProvisioningChange;

function isWidening(change: Plan['changes'][number]): change is Widening {
  return change.direction === 'widening' && 'role' in change;
}

function newAccess(plan: Plan): readonly Refusal[] {
  return refusedByRole('no-new-access', 'RW6424', plan.changes.filter(isWidening), ({ gains }) => gains);
}

function newSensitive(plan: Plan, desired: DesiredState): readonly Refusal[] {
  const isSensitive = (change: Widening) => holdsSensitive(change, desired);
  const widening = plan.changes
    .filter((change) => change.subject === 'role' || isWidening(change))
    .filter((change) =>
      change.subject !== 'role'
        ? isSensitive(change)
        : // What is sensitive for one app more is new there.
          change.gains.some(({ sensitive }) => sensitive) ||
          (isWidening(change) && reachesMore(change) && isSensitive(change)),
    );
  const gained = (change: RoleChange) => change.gains.filter(({ sensitive, kind }) => sensitive || isReach(kind));
  return refusedByRole('no-sensitive', 'RW6425', widening, gained);
}

function emptied(plan: Plan, desired: DesiredState): readonly Refusal[] {
  return plan.changes.flatMap((change) => {
    if (change.subject !== 'role' || change.action !== 'update') return [];
    const loses = change.loses.some(({ kind }) => kind === 'permission' || kind === 'unknown');
    if (!loses || scopesOf(change, desired).some(({ kind }) => kind === 'permission')) return [];
    const role = nameOf(change);
    return [refusal('no-emptied-role', role, (help) => diagnostic('RW6426', null, { role }, { help }))];
  });
}

function refusedByRole(
  gate: 'no-new-access' | 'no-sensitive',
  code: 'RW6424' | 'RW6425',
  changes: readonly Widening[],
  gained: (change: RoleChange) => readonly Access[],
): readonly Refusal[] {
  return [...byRole(changes)].map(([role, some]) => {
    const names = some.flatMap((change) => (change.subject === 'role' ? gained(change).map(accessName) : []));
    const people = some.flatMap((change) =>
      change.subject === 'holder' ? [change.account] : change.subject === 'provisioning' ? [newcomers(change)] : [],
    );
    const gains = [
      ...(names.length > 0 ? [`gains ${listed(names)}`] : []),
      ...(people.length > 0 ? [`is given to ${listed(people)}`] : []),
    ].join(' and ');
    return refusal(gate, role, (help) => diagnostic(code, null, { role, gains }, { help }));
  });
}

function newcomers({ reach, domain }: ProvisioningChange): string {
  if (reach === 'everybody') return 'everybody';
  return domain === null ? 'people at their first sign-in' : `people of ${domain} at their first sign-in`;
}

function byRole<T extends Widening>(changes: readonly T[]): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(changes, nameOf);
}

function nameOf({ application, role }: Widening): string {
  return `${application}/${role}`;
}

function scopesOf({ application, role }: Widening, { applications }: DesiredState) {
  const declared = applications.find(({ name }) => name === application);
  const held = declared?.roles.find(({ name }) => name === role)?.scopes ?? [];
  return (declared?.scopes ?? []).filter(({ value }) => held.includes(value));
}

function holdsSensitive(change: Widening, desired: DesiredState): boolean {
  return scopesOf(change, desired).some(({ sensitive }) => sensitive);
}

function reachesMore({ gains }: RoleChange): boolean {
  return gains.some(({ kind }) => isReach(kind));
}

function isReach(kind: Access['kind']): boolean {
  return kind !== 'permission' && kind !== 'unknown';
}

function accessName({ kind, reference, scopes }: Access): string {
  if (kind === 'permission') return reference ?? scopes.join(', ');
  return kind === 'unknown' || kind === 'restriction' ? scopes.join(', ') : `${kind} ${reference}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
