import { byCodePoint } from '../language/source.ts';
import { digestOf } from '../model/compile/digest.ts';
import type { Pins } from '../targets/auth0/accounts.ts';
import { accountsType } from '../targets/auth0/accounts-component.ts';
import type { Owed } from '../targets/auth0/journal.ts';
import { journalType } from '../targets/auth0/journal.ts';
import { justInTimeName } from '../targets/auth0/lower-just-in-time.ts';

/** A resource as it stands in the state of a stack, or as a refresh has found it. */
export interface StateResource {
  readonly urn: string;
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
  /** What runs before were about to create, and the state still has no id of. */
  readonly owed: readonly Owed[];
  /** The accounts that addresses stand for. */
  readonly pins: Pins;
  /** The stack's own outputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Over all that is in it, times and places in programs left out: equal for a state that nobody has touched. */
  readonly digest: string;
}

export const types = {
  resourceServer: 'auth0:index/resourceServer:ResourceServer',
  scopes: 'auth0:index/resourceServerScopes:ResourceServerScopes',
  role: 'auth0:index/role:Role',
  rolePermissions: 'auth0:index/rolePermissions:RolePermissions',
  userRole: 'auth0:index/userRole:UserRole',
  action: 'auth0:index/action:Action',
  triggerAction: 'auth0:index/triggerAction:TriggerAction',
} as const;

const ourTypes: ReadonlySet<string> = new Set(Object.values(types));

/** Whether a resource is one that documents declare. Other actions than the one at sign-in come from other programs. */
export function isOurs(type: string, name: string): boolean {
  const ofSignIn = type === types.action || type === types.triggerAction;
  return ofSignIn ? name === justInTimeName : ourTypes.has(type);
}

/** The action that gives roles at sign-in, if the state has it. */
export function signInAction(resources: readonly StateResource[]): StateResource | null {
  return resources.find(({ type, name }) => type === types.action && name === justInTimeName) ?? null;
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
 * Reads what `pulumi stack export` printed.
 *
 * @throws SyntaxError if it is not JSON.
 */
export function parseState(exported: string): StackState {
  const { deployment } = JSON.parse(exported) as {
    deployment?: { resources?: readonly ExportedResource[]; pending_operations?: readonly PendingOperation[] };
  };
  const all = deployment?.resources ?? [];
  const pending = deployment?.pending_operations ?? [];
  const resources = all
    .filter((resource) => resource.delete !== true)
    .map((resource) => ({
      urn: resource.urn,
      type: resource.type,
      name: nameOfUrn(resource.urn),
      id: resource.id ?? null,
      holds: { ...resource.inputs, ...resource.outputs },
      protect: resource.protect === true,
    }));
  return {
    resources,
    doubtful: pending.length > 0 || all.some(({ initErrors = [] }) => initErrors.length > 0),
    pendingCreates: pending.some(({ type }) => type === 'creating'),
    pendingHolders: pending
      .flatMap(({ type, resource }) => (type === 'creating' && resource?.type === types.userRole ? [resource.urn] : []))
      .map(nameOfUrn),
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
export const emptyState: StackState = parseState('{}');

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

/** What a preview says of an output that only the update will know. */
const notYetKnown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

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
    ({ kind, name }) =>
      kind === 'action' || !here.has(`${kind === 'role' ? types.role : types.resourceServer} ${name}`),
  );
}

function pinsIn(resources: readonly StateResource[]): Pins {
  const text = resources.find(({ type }) => type === accountsType)?.holds.pins;
  return typeof text === 'string' ? (JSON.parse(text) as Pins) : {};
}
