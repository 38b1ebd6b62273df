import { byCodePoint } from '../language/source.ts';
import { digestOf } from '../model/compile/digest.ts';
import type { Pins } from '../stack/accounts.ts';
import { accountsType } from '../stack/accounts-component.ts';
import type { Owed } from '../stack/journal.ts';
import { journalType } from '../stack/journal.ts';
import type { Kind } from '../stack/resource-kinds.ts';
import { kinds, notYetKnown } from '../stack/resource-kinds.ts';
import type { Target } from '../stack/target.ts';

/** A resource as it stands in the state of a stack, or as a refresh has found it. */
export interface StateResource {
  readonly urn: string;
  /** A kind of `resource-kinds.ts` where it is one of ours, else the engine's own. */
  readonly type: string;
  /** The logical name, the last part of the URN. */
  readonly name: string;
  readonly id: string | null;
  /** What it holds: its outputs, and inputs where there is no output of that name. */
  readonly holds: Readonly<Record<string, unknown>>;
  readonly protect: boolean;
}

/** What is read of a stack's state, which `pulumi stack export` prints. */
export interface StackState {
  readonly resources: readonly StateResource[];
  /** True after a failed or interrupted update, when the state may not tell what the tenant holds. */
  readonly doubtful: boolean;
  /** True if a run was cut off while it created something: the engine never forgets that by itself. */
  readonly pendingCreates: boolean;
  /** Holders, by logical name, to whom a run that was cut off was giving their role: they may hold it or not. */
  readonly pendingHolders: readonly string[];
  /** Roles, by logical name, that a run that was cut off was giving to everybody. */
  readonly pendingDefaultRoles: readonly string[];
  /** What runs before were about to create, and the state still has no id of. */
  readonly owed: readonly Owed[];
  /** The accounts that addresses stand for. */
  readonly pins: Pins;
  /** The stack's own outputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Over all that is in it, times and places in programs left out: equal for a state that nobody has touched. */
  readonly digest: string;
}

const ourKinds: ReadonlySet<string> = new Set(Object.values(kinds));

/** Whether a resource is one that documents declare. */
export function isOurs(type: string): boolean {
  return ourKinds.has(type);
}

/** Whether what is done to a resource of this type reaches the tenant: the engine's own and our components do not. */
export function isAtTenant(type: string): boolean {
  return !type.startsWith('pulumi:') && !type.startsWith('rolewright:');
}

const reading: ReadonlySet<string> = new Set(['same', 'refresh', 'read']);

/** Whether a step of the engine writes to the tenant; an import counts, which takes into the state what is there. */
export function isWrite({ op, type }: { readonly op: string; readonly type: string }): boolean {
  return isAtTenant(type) && !reading.has(op);
}

/** The action that gives roles at sign-in, if the state has it. */
export function signInAction(resources: readonly StateResource[]): StateResource | null {
  return resources.find(({ type }) => type === kinds.action) ?? null;
}

interface PendingOperation {
  readonly type: string;
  readonly resource?: { readonly urn: string; readonly type: string };
}

interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly protect?: boolean;
  readonly delete?: boolean;
  readonly initErrors?: readonly string[];
}

/**
 * Reads what `pulumi stack export` printed, in the words of all targets.
 *
 * @throws SyntaxError if it is not JSON.
 */
export function parseState(exported: string, target: Pick<Target, 'kindOf' | 'holds'>): StackState {
  const { deployment } = JSON.parse(exported) as {
    deployment?: { resources?: readonly ExportedResource[]; pending_operations?: readonly PendingOperation[] };
  };
  const all = deployment?.resources ?? [];
  const pending = deployment?.pending_operations ?? [];
  const pendingOf = (kind: Kind) =>
    pending.flatMap(({ type, resource }) =>
      type === 'creating' && resource !== undefined && target.kindOf(resource.type, '') === kind
        ? [nameOfUrn(resource.urn)]
        : [],
    );
  const resources = all
    .filter((resource) => resource.delete !== true)
    .map((resource): StateResource => {
      const { urn, type, id = null, inputs, outputs, protect = false } = resource;
      const name = nameOfUrn(urn);
      const kind = target.kindOf(type, name);
      const properties = { ...inputs, ...outputs };
      const holds = kind === null ? properties : target.holds(kind, properties);
      return { urn, type: kind ?? type, name, id, holds, protect };
    });
  return {
    resources,
    doubtful: pending.length > 0 || all.some(({ initErrors = [] }) => initErrors.length > 0),
    pendingCreates: pending.some(({ type }) => type === 'creating'),
    pendingHolders: pendingOf(kinds.holder),
    pendingDefaultRoles: pendingOf(kinds.defaultRole),
    owed: owedIn(resources),
    pins: pinsIn(resources),
    outputs: resources.find(({ type }) => type === 'pulumi:pulumi:Stack')?.holds ?? {},
    digest: digestOf([all.toSorted(byUrn), pending], notInDigest),
  };
}

/** What differs from one run to the next although nothing has changed. */
const notInDigest = new Set(['created', 'modified', 'sourcePosition', 'stackTrace']);

/** The engine writes resources as they come; two of one URN are a resource and what it replaces. */
function byUrn(a: ExportedResource, b: ExportedResource): number {
  return byCodePoint(a.urn, b.urn) || Number(a.delete === true) - Number(b.delete === true);
}

/** The state of a stack that does not exist yet. */
export const emptyState: StackState = parseState('{}', {
  kindOf: () => null,
  holds: (_kind, properties) => properties,
});

/** The logical name of a URN: what stands after the last `::`. */
export function nameOfUrn(urn: string): string {
  return urn.slice(urn.lastIndexOf('::') + 2);
}

/** Names of the scopes that a RolePermissions or ResourceServerScopes holds; null where they are not known yet. */
export function scopeNames(holds: Readonly<Record<string, unknown>>): readonly string[] | null {
  const list = holds.permissions ?? holds.scopes ?? [];
  if (!Array.isArray(list)) return null;
  return list.map((entry: { readonly name: string }) => entry.name);
}

/**
 * Names of the scopes that a RolePermissions holds. One of another API than the application's own, which somebody has
 * given by hand, has that API in its name: two APIs may have a scope of the same name.
 */
export function grantNames(
  { permissions = [] }: Readonly<Record<string, unknown>>,
  audience: string | null,
): readonly string[] | null {
  if (!Array.isArray(permissions)) return null;
  return permissions.map(
    ({ name, resourceServerIdentifier: api }: { name: string; resourceServerIdentifier?: string }) =>
      audience === null || api === undefined || api === audience || api === notYetKnown ? name : `${name} of ${api}`,
  );
}

/** Scopes with their descriptions, of a ResourceServerScopes. */
export function scopeList(
  holds: Readonly<Record<string, unknown>>,
): readonly { readonly name: string; readonly description: string }[] {
  const list = holds.scopes;
  if (!Array.isArray(list)) return [];
  return list.map(({ name, description = '' }: { name: string; description?: string }) => ({ name, description }));
}

function owedIn(resources: readonly StateResource[]): readonly Owed[] {
  const text = resources.find(({ type }) => type === journalType)?.holds.owed;
  if (typeof text !== 'string') return [];
  const here = new Set(resources.map(({ type, name }) => `${type} ${name}`));
  return (JSON.parse(text) as readonly Owed[]).filter(
    ({ kind, name }) => kind === 'action' || !here.has(`${kind === 'role' ? kinds.role : kinds.api} ${name}`),
  );
}

function pinsIn(resources: readonly StateResource[]): Pins {
  const text = resources.find(({ type }) => type === accountsType)?.holds.pins;
  return typeof text === 'string' ? (JSON.parse(text) as Pins) : {};
}
