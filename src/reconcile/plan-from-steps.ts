import type { StepEventMetadata } from '@pulumi/pulumi/automation/events.js';
import { byCodePoint } from '../language/source.ts';
import type { DesiredApplication, DesiredState } from '../model/desired-state.ts';
import type { ApplicationChange, CatalogChange, Change, Plan, ProvisioningChange, RoleChange } from '../model/plan.ts';
import { namesOf } from '../stack/logical-name.ts';
import { justInTimeName } from '../stack/lowered-just-in-time.ts';
import { kinds } from '../stack/resource-kinds.ts';
import { accessOf, directionOf } from './access.ts';
import { defaultRoleChanges } from './default-role-changes.ts';
import type { KnownAccounts } from './holder-changes.ts';
import { holderChanges } from './holder-changes.ts';
import { summarise } from './plan-summary.ts';
import { provisioningChanges } from './provisioning-changes.ts';
import type { StackState } from './state.ts';
import { grantNames, isAtTenant, nameOfUrn, scopeNames } from './state.ts';

/** The part of an engine's step that a plan is made of. */
export type Step = Pick<StepEventMetadata, 'op' | 'urn' | 'type'> & {
  readonly old?: StepSide | null;
  readonly new?: StepSide | null;
};
export interface StepSide {
  readonly urn: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/**
 * What a resource holds according to one side of a step. After a refresh the tenant's truth is in the outputs alone; the
 * inputs stay what the last update declared.
 */
export function heldBy({ inputs, outputs = {} }: StepSide): Readonly<Record<string, unknown>> {
  return { ...inputs, ...outputs };
}

/** The state as a preview has seen it, its old sides: after a refresh this is what the tenant holds. */
export function seenBy(steps: readonly Step[], state: StackState): StackState {
  const known = new Map(state.resources.map((resource) => [resource.urn, resource]));
  const resources = steps.flatMap(({ op, type, old }) => {
    if (!old || op === 'refresh' || !isAtTenant(type)) return [];
    const { id = null, protect = false } = known.get(old.urn) ?? {};
    return [{ urn: old.urn, type, name: nameOfUrn(old.urn), id, holds: heldBy(old), protect }];
  });
  return { ...state, resources };
}

/** What happens to one logical resource, whatever number of steps the engine takes for it. */
interface Movement {
  readonly action: 'create' | 'adopt' | 'update' | 'remove' | 'same';
  readonly name: string;
  readonly oldName: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/**
 * Turns the engine's steps into the plan in the language's words. What was held and what is declared
 * are compared as sets; the engine's own `detailedDiff` counts positions in a sorted set and says nothing about permissions. Scopes are looked up in the
 * desired state; one that nobody declares any more is known by its description alone.
 */
export function planFromSteps(
  steps: readonly Step[],
  desired: DesiredState,
  tenant: string,
  accounts: KnownAccounts = { before: {}, now: {} },
): Plan {
  const movements = new Map<string, Map<string, Movement>>();
  for (const type of Object.values(kinds)) movements.set(type, new Map());
  for (const step of steps) {
    const byName = movements.get(step.type);
    if (byName === undefined || step.op === 'refresh' || step.op === 'read') continue;
    const movement = movementOf(step, byName.get(nameOfUrn(step.urn)) ?? null);
    byName.set(movement.name, movement);
  }
  const of = (type: string) => movements.get(type) ?? new Map<string, Movement>();
  const titleOf = (name: string) => titleBefore(of(kinds.role).get(name));
  const changes = [
    ...applicationChanges(of(kinds.api)),
    ...catalogChanges(of(kinds.scopes), desired),
    ...roleChanges(of(kinds.role), of(kinds.grants), of(kinds.scopes), desired),
    ...holderChanges(of(kinds.holder).values(), desired, accounts, titleOf),
    ...provisioningChanges(
      { action: of(kinds.action).get(justInTimeName), binding: of(kinds.binding).get(justInTimeName) },
      desired,
    ),
    ...defaultRoleChanges(of(kinds.defaultRole).values(), desired, titleOf),
  ].sort(byPlaceInPlan);
  return { schemaVersion: 1, stack: desired.environment.name, tenant, changes, summary: summarise(changes) };
}

/** An import that is followed by an update of the same resource, and the two halves of a replacement, are one movement. */
function movementOf(step: Step, earlier: Movement | null): Movement {
  const name = nameOfUrn(step.urn);
  const before = earlier?.before ?? (step.old ? heldBy(step.old) : null);
  const after = step.new?.inputs ?? earlier?.after ?? null;
  const oldName = step.old === undefined || step.old === null ? (earlier?.oldName ?? null) : nameOfUrn(step.old.urn);
  return { action: actionOf(step, earlier), name, oldName, before, after };
}

function actionOf(step: Step, earlier: Movement | null): Movement['action'] {
  if (earlier?.action === 'adopt') return 'adopt';
  switch (step.op) {
    case 'create':
      return 'create';
    case 'import':
    case 'import-replacement':
      return 'adopt';
    case 'delete':
      return earlier === null ? 'remove' : earlier.action;
    case 'same':
      return earlier === null ? 'same' : earlier.action;
    default:
      return 'update';
  }
}

function applicationChanges(movements: ReadonlyMap<string, Movement>): ApplicationChange[] {
  return [...movements.values()]
    .filter(({ action, name, oldName }) => action !== 'same' || isRenamed(name, oldName))
    .map(({ action, name, oldName, before, after }) => ({
      subject: 'application',
      action: action === 'same' ? 'update' : action,
      application: name,
      title: String(after?.name ?? before?.name ?? name),
      direction: action === 'remove' ? 'narrowing' : 'neutral',
      details: action === 'update' || action === 'same' ? applicationDetails(name, oldName, before, after) : [],
    }));
}

const applicationProperties: readonly (readonly [string, string, (value: unknown) => string])[] = [
  ['name', 'title', String],
  ['identifier', 'audience', String],
  ['tokenLifetime', 'token lifetime', duration],
  ['tokenLifetimeForWeb', 'token lifetime in browsers', duration],
  ['enforcePolicies', 'enforcement of roles', (value) => (value === true ? 'on' : 'off')],
  ['tokenDialect', 'token dialect', (value) => String(value || 'not set')],
  ['claim', 'claim with the permissions', (value) => String(value || 'none')],
  ['realm', 'realm', String],
];

function applicationDetails(
  name: string,
  oldName: string | null,
  before: Movement['before'],
  after: Movement['after'],
): readonly string[] {
  const renamed = isRenamed(name, oldName) ? [`name ${name}, was ${oldName}`] : [];
  const changed = applicationProperties
    .filter(([property]) => before?.[property] !== after?.[property])
    .map(([property, words, format]) => `${words} ${format(after?.[property])}, was ${format(before?.[property])}`);
  return [...renamed, ...changed];
}

function catalogChanges(movements: ReadonlyMap<string, Movement>, desired: DesiredState): CatalogChange[] {
  return [...movements.values()].flatMap(({ action, name, before, after }) => {
    if (action === 'same') return [];
    const application = desired.applications.find((candidate) => candidate.name === name);
    const descriptions = new Map([...descriptionsOf(before), ...descriptionsOf(after)]);
    const access = (scopes: readonly string[]) => accessOf(scopes, application?.scopes ?? [], descriptions);
    const old = scopeNames(before ?? {}) ?? [];
    const now = action === 'remove' ? [] : (scopeNames(after ?? {}) ?? valuesOf(application));
    const added = access(without(now, old));
    const removed = access(without(old, now));
    const described = access(now.filter((scope) => old.includes(scope) && isDescribedAnew(scope, before, after)));
    if (action === 'update' && added.length + removed.length + described.length === 0) return [];
    const title = application?.title ?? name;
    // An API that offers a scope gives it to nobody; one that offers it no longer takes it from whoever held it.
    const direction = removed.length > 0 ? 'narrowing' : 'neutral';
    return [{ subject: 'catalog', action, application: name, title, direction, added, removed, described }];
  });
}

function roleChanges(
  roles: ReadonlyMap<string, Movement>,
  permissions: ReadonlyMap<string, Movement>,
  catalogs: ReadonlyMap<string, Movement>,
  desired: DesiredState,
): RoleChange[] {
  return [...roles.values()].flatMap((role) => {
    const names = namesOf(role.name);
    const application = desired.applications.find(({ name }) => name === names.application);
    const declared = application?.roles.find(({ name }) => name === names.role);
    const set = permissions.get(role.name) ?? null;
    const audience = application?.audience ?? null;
    const old = role.action === 'create' ? [] : (grantNames(set?.before ?? {}, audience) ?? []);
    const now =
      set === null || set.action === 'remove' ? [] : (grantNames(set.after ?? {}, audience) ?? declared?.scopes ?? []);
    const catalog = catalogs.get(names.application);
    const descriptions = new Map([
      ...descriptionsOf(catalog?.before ?? null),
      ...descriptionsOf(catalog?.after ?? null),
    ]);
    const access = (scopes: readonly string[]) => accessOf(scopes, application?.scopes ?? [], descriptions);
    const gains = access(role.action === 'remove' ? [] : without(now, old));
    const loses = access(role.action === 'remove' ? old : without(old, now));
    const title = String((role.action === 'remove' ? role.before : role.after)?.name ?? names.role);
    const updated = role.action === 'update' || role.action === 'same';
    const wasTitled = updated ? differing(role, 'name') : null;
    const renamedFrom = isRenamed(role.name, role.oldName) ? renamed(names.application, role.oldName) : null;
    const described = updated && differing(role, 'description') !== null;
    const quiet = gains.length + loses.length === 0 && wasTitled === null && renamedFrom === null && !described;
    if (updated && quiet) return [];
    return [
      {
        subject: 'role',
        action: role.action === 'same' ? 'update' : role.action,
        application: names.application,
        role: names.role ?? role.name,
        title,
        direction: directionOf(gains, loses),
        gains,
        loses,
        renamedFrom,
        retitledFrom: wasTitled,
        described,
      },
    ];
  });
}

/** The old name of a role; with its application, where that is another one. */
function renamed(application: string, oldName: string | null): string | null {
  if (oldName === null) return null;
  const old = namesOf(oldName);
  return old.application === application ? old.role : oldName;
}

/** The title that a role had; a removed one has no other. */
function titleBefore(role: Movement | undefined): string | null {
  return role?.before?.name === undefined ? null : String(role.before.name);
}

function isRenamed(name: string, oldName: string | null): boolean {
  return oldName !== null && oldName !== name;
}

function differing({ before, after }: Movement, property: string): string | null {
  if (before === null || after === null || before[property] === after[property]) return null;
  return String(before[property] ?? '');
}

function descriptionsOf(inputs: Movement['before']): readonly (readonly [string, string])[] {
  const scopes = inputs?.scopes;
  if (!Array.isArray(scopes)) return [];
  return scopes.map(({ name, description }: { name: string; description?: string }) => [name, description ?? '']);
}

function isDescribedAnew(scope: string, before: Movement['before'], after: Movement['after']): boolean {
  return new Map(descriptionsOf(before)).get(scope) !== new Map(descriptionsOf(after)).get(scope);
}

function valuesOf(application: DesiredApplication | undefined): readonly string[] {
  return application?.scopes.map(({ value }) => value) ?? [];
}

function without(scopes: readonly string[], others: readonly string[]): readonly string[] {
  const gone = new Set(others);
  return scopes.filter((scope) => !gone.has(scope));
}

function duration(seconds: unknown): string {
  if (typeof seconds !== 'number') return 'unset';
  if (seconds > 0 && seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  if (seconds > 0 && seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds > 0 && seconds % 60 === 0 ? `${seconds / 60}min` : `${seconds}s`;
}

const subjects = ['application', 'catalog', 'role', 'holder', 'provisioning'] as const;

function byPlaceInPlan(a: Change, b: Change): number {
  return (
    byCodePoint(a.application, b.application) ||
    subjects.indexOf(a.subject) - subjects.indexOf(b.subject) ||
    (a.subject === 'provisioning' && b.subject === 'provisioning' ? byCodePoint(ruleOf(a), ruleOf(b)) : 0) ||
    ('role' in a && 'role' in b ? byCodePoint(a.role, b.role) : 0) ||
    (a.subject === 'holder' && b.subject === 'holder' ? byCodePoint(a.account, b.account) : 0)
  );
}

function ruleOf({ domain, connection }: ProvisioningChange): string {
  return `${domain ?? ''} ${connection ?? ''}`;
}
