import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { ObservedApi } from '../model/observed-state.ts';
import type { Adoption } from '../stack/adoption.ts';
import { noAdoption } from '../stack/adoption.ts';
import type { Owed } from '../stack/journal.ts';
import type { LoweredApplication, LoweredRole, LoweredState } from '../stack/lowered-state.ts';
import type { TenantRole } from '../stack/tenant.ts';

/** What a plan would create, by logical name. */
export interface Creates {
  readonly roles: readonly LoweredRole[];
  readonly applications: readonly LoweredApplication[];
  /** Applications whose API stands and whose scopes are to be created. */
  readonly scopesOnly: readonly LoweredApplication[];
}

/** What becomes of the creates, once the tenant has been read. */
export interface Settlement {
  /** What an earlier run has created and lost sight of: imported. */
  readonly adoption: Adoption;
  /** What is absent, and what is adopted: to be written down before anything is created. */
  readonly owed: readonly Owed[];
  /** What is owed, stands at the tenant, and is not declared any more. */
  readonly orphans: readonly Owed[];
}

/** The roles and APIs that the steps of a preview would create. */
export function createsIn(
  target: LoweredState,
  created: {
    readonly roles: ReadonlySet<string>;
    readonly apis: ReadonlySet<string>;
    readonly scopes: ReadonlySet<string>;
  },
): Creates {
  return {
    roles: target.applications.flatMap(({ roles }) =>
      roles.filter(({ logicalName }) => created.roles.has(logicalName)),
    ),
    applications: target.applications.filter(({ name }) => created.apis.has(name)),
    scopesOnly: target.applications.filter(({ name }) => created.scopes.has(name) && !created.apis.has(name)),
  };
}

/**
 * Decides on each create: absent at the tenant, it is created; there, and written down by a run that was cut off, it is
 * adopted; there and not written down, somebody else made it, and it is refused.
 *
 * @param ourIds ids that the state holds: a role of ours may have the title still, and gives it up in this plan
 */
export function settleCreates(
  creates: Creates,
  owed: readonly Owed[],
  tenant: { readonly roles: readonly TenantRole[]; readonly apis: readonly ObservedApi[] },
  ourIds: ReadonlySet<string>,
): Result<Settlement> {
  const diagnostics: Diagnostic[] = [];
  const settled: Owed[] = [];
  const roles: Record<string, string> = {};
  const apis: Record<string, string> = {};
  const scopes: Record<string, string> = {};
  const claimed = new Set<Owed>();

  for (const role of creates.roles) {
    const entry = owed.find(({ kind, name }) => kind === 'role' && [role.logicalName, ...role.formerly].includes(name));
    const ours = entry?.kind === 'role' ? findOurs(entry, tenant.roles, ourIds) : undefined;
    const foreign = tenant.roles.find(({ id, name }) => name === role.name && id !== ours?.id && !ourIds.has(id));
    if (entry !== undefined) claimed.add(entry);
    if (ours !== undefined) roles[role.logicalName] = ours.id;
    if (foreign !== undefined) diagnostics.push(foreignRole(role, foreign));
    settled.push(
      ours !== undefined && entry !== undefined
        ? { ...entry, name: role.logicalName }
        : { kind: 'role', name: role.logicalName, title: role.name, description: role.description },
    );
  }
  for (const application of creates.applications) {
    const { identifier } = application.api;
    const entry = owed.find(
      ({ kind, name }) => kind === 'application' && [application.name, ...application.formerly].includes(name),
    );
    const api = tenant.apis.find(({ audience }) => audience === identifier);
    if (entry !== undefined) claimed.add(entry);
    if (api !== undefined) {
      if (entry?.kind !== 'application' || entry.audience !== identifier)
        diagnostics.push(foreignApi(application, api));
      apis[application.name] = api.id;
      if (api.scopes.length > 0) scopes[application.name] = api.id;
    }
    settled.push({ kind: 'application', name: application.name, audience: identifier });
  }
  for (const { name, api: declared } of creates.scopesOnly) {
    const api = tenant.apis.find(({ audience }) => audience === declared.identifier);
    // The provider refuses to create the scopes of an API that has some already.
    if (api !== undefined && api.scopes.length > 0) scopes[name] = api.id;
  }

  const orphans: Owed[] = [];
  for (const entry of owed) {
    // See `settleAction`.
    if (claimed.has(entry) || entry.kind === 'action') continue;
    const id =
      entry.kind === 'role'
        ? findOurs(entry, tenant.roles, ourIds)?.id
        : tenant.apis.find(({ audience }) => audience === entry.audience)?.id;
    if (id === undefined) continue;
    orphans.push(entry);
    diagnostics.push(orphan(entry, id));
  }
  return [{ adoption: { ...noAdoption, roles, apis, scopes }, owed: [...settled, ...orphans], orphans }, diagnostics];
}

/** The role that an entry promised: the very title and description, and none that the state has an id of. */
function findOurs(
  entry: Owed & { kind: 'role' },
  roles: readonly TenantRole[],
  ourIds: ReadonlySet<string>,
): TenantRole | undefined {
  return roles.find(
    ({ id, name, description }) => name === entry.title && description === entry.description && !ourIds.has(id),
  );
}

function foreignRole(role: LoweredRole, { id }: TenantRole): Diagnostic {
  const help = 'give the role another title, rename or delete the one at the tenant, or import it into the stack';
  return diagnostic('RW6406', null, { role: role.logicalName, title: role.name, id }, { help });
}

function foreignApi({ name, api }: LoweredApplication, { id }: ObservedApi): Diagnostic {
  const help = 'declare another audience, or import the API into the stack; one stack owns an audience';
  return diagnostic('RW6407', null, { application: name, audience: api.identifier, id }, { help });
}

function orphan(entry: Exclude<Owed, { kind: 'action' }>, id: string): Diagnostic {
  const what = entry.kind === 'role' ? `role "${entry.title}"` : `API ${entry.audience}`;
  return diagnostic('RW6410', null, { what, id }, { help: 'declare it again, or delete it at the tenant' });
}
