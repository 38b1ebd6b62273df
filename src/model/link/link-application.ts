import type { Kind } from '../../language/schema/kinds.ts';
import { byCodePoint } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import { documentsOf } from '../../language/validate/typed-document.ts';
import type { Application, Section } from '../definitions.ts';
import type { Catalog } from './catalog.ts';
import type { Collector } from './collector.ts';
import { identityOf } from './identity.ts';
import { linkApps } from './link-apps.ts';
import { linkCatalog } from './link-catalog.ts';
import { linkPolicy } from './link-policy.ts';
import { linkReference } from './link-reference.ts';
import { linkRoleTests } from './link-role-test.ts';
import { linkRoles } from './link-roles.ts';
import type { LinkedApplication } from './linked-application.ts';

/** A document that belongs to an application. */
export type Owned = TypedDocument<Exclude<Kind, 'PermissionCatalog' | 'Environment'>>;

/** Links an application: its catalog and all that belongs to it, with the names that rules over it look up. */
export function linkApplication(
  typed: TypedDocument<'PermissionCatalog'>,
  owned: readonly Owned[],
  collector: Collector,
): { readonly application: Application; readonly linked: LinkedApplication } {
  const { document, value } = typed;
  const { name } = value.metadata;
  const apps = single(owned, 'AppDirectory', name, collector);
  const catalog = linkCatalog(document, value, apps !== null, collector);
  const directory = linkApps(apps, collector);
  const roles = linkRoles(
    name,
    catalog,
    directory,
    documentsOf(owned, 'Role'),
    documentsOf(owned, 'CustomRole'),
    documentsOf(owned, 'Assignment'),
    collector,
  );
  const linked: LinkedApplication = { name, catalog, directory, roles };
  const policy = single(owned, 'ProvisioningPolicy', name, collector);
  const declared = [...roles.current.values()];
  const application: Application = {
    ...identityOf(document, value.metadata, collector),
    version: catalog.version,
    sections: sectionsOf(catalog, name, collector),
    retired: catalog.retired,
    vendors: directory.vendors,
    apps: byName([...directory.apps.current.values()]),
    hasAppDirectory: apps !== null,
    roles: byName(declared.flatMap((item) => (item.kind === 'role' ? [item.role] : []))),
    customRoles: byName(declared.flatMap((item) => (item.kind === 'custom-role' ? [item.role] : []))),
    assignments: byName(declared.flatMap((item) => (item.kind === 'assignment' ? [item.role] : []))),
    roleTests: byName(linkRoleTests(documentsOf(owned, 'RoleTest'), linked, collector)),
    provisioning: policy === null ? null : linkPolicy(policy, name, roles, collector),
  };
  return { application, linked };
}

/** The one document of a kind that an application may have; each further one is an error. */
function single<K extends 'AppDirectory' | 'ProvisioningPolicy'>(
  owned: readonly Owned[],
  kind: K,
  application: string,
  collector: Collector,
): TypedDocument<K> | null {
  const [first, ...others] = documentsOf(owned, kind);
  for (const other of others) {
    const related = first === undefined ? [] : [{ message: 'the first', place: first.document.locate(['kind']) }];
    collector.report('RW2123', other.document.locate(['kind']), { kind, application }, { related, expected: 'one' });
  }
  return first ?? null;
}

/** The sections with what each permission requires, which could be looked up only when all permissions were known. */
function sectionsOf(catalog: Catalog, application: string, collector: Collector): readonly Section[] {
  const required = Map.groupBy(catalog.requires, ({ permission }) => permission.reference);
  return catalog.sections.map((section) => ({
    ...section,
    permissions: section.permissions.map((permission) => ({
      ...permission,
      requires: (required.get(permission.reference) ?? []).flatMap(
        (item) => linkReference(item.required, application, catalog, collector) ?? [],
      ),
    })),
  }));
}

function byName<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return items.toSorted((a, b) => byCodePoint(a.name, b.name));
}
