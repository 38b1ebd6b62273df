import type { Result } from '../../language/diagnostic.ts';
import type { Kind } from '../../language/schema/kinds.ts';
import { byCodePoint } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import { documentsOf } from '../../language/validate/typed-document.ts';
import type { Application, Definitions } from '../definitions.ts';
import type { Collector } from './collector.ts';
import { collector as newCollector } from './collector.ts';
import { formerNames, identityOf } from './identity.ts';
import { linkApps } from './link-apps.ts';
import { linkCatalog } from './link-catalog.ts';
import { checkAudiences, linkEnvironment } from './link-environment.ts';
import { linkPolicy } from './link-policy.ts';
import { linkReference } from './link-reference.ts';
import { linkRoles } from './link-roles.ts';
import type { Names } from './names.ts';
import { claimNames, lookUp } from './names.ts';
import { checkTitles } from './titles.ts';

/**
 * Links documents into definitions: every name that one uses is found, or reported with the nearest one. Applications
 * and environments are sorted by name; neither the order of the files nor that of the documents matters.
 */
export function link(documents: readonly TypedDocument[]): Result<Definitions> {
  const collector = newCollector();
  const sorted = documents.toSorted((a, b) => byCodePoint(a.document.file, b.document.file));
  const catalogs = claimNames('application', documentsOf(sorted, 'PermissionCatalog').map(claimOf), collector);
  const own = ofApplications(sorted, catalogs, collector);
  const applications = new Map(
    [...catalogs.current]
      .toSorted(([a], [b]) => byCodePoint(a, b))
      .map(([name, catalog]) => [name, linkApplication(catalog, own.get(name) ?? [], collector)]),
  );
  const environments = [
    ...claimNames('environment', documentsOf(sorted, 'Environment').map(claimOf), collector).current.values(),
  ]
    .map((environment) => linkEnvironment(environment, applications, collector))
    .toSorted((a, b) => byCodePoint(a.name, b.name));
  checkAudiences(environments, collector);
  checkTitles(environments, applications, collector);
  return [{ applications: [...applications.values()], environments }, collector.diagnostics];
}

function claimOf<K extends 'PermissionCatalog' | 'Environment'>(typed: TypedDocument<K>) {
  const { document, value } = typed as TypedDocument<'PermissionCatalog'>;
  const { name, formerly } = value.metadata;
  const place = document.locate(['metadata', 'name']);
  return { name, place, formerly: formerNames(document, ['metadata', 'formerly'], formerly), value: typed };
}

type Owned = TypedDocument<Exclude<Kind, 'PermissionCatalog' | 'Environment'>>;

function ofApplications(
  documents: readonly TypedDocument[],
  catalogs: Names<TypedDocument<'PermissionCatalog'>>,
  collector: Collector,
): ReadonlyMap<string, readonly Owned[]> {
  const owned = documents.filter((typed) => 'application' in typed.value.metadata) as readonly Owned[];
  for (const { document, value } of owned) {
    lookUp(catalogs, value.metadata.application, document.locate(['metadata', 'application']), 'RW2110', collector);
  }
  return Map.groupBy(owned, ({ value }) => value.metadata.application);
}

function linkApplication(
  typed: TypedDocument<'PermissionCatalog'>,
  owned: readonly Owned[],
  collector: Collector,
): Application {
  const { document, value } = typed;
  const application = value.metadata.name;
  const single = <K extends 'AppDirectory' | 'ProvisioningPolicy'>(kind: K): TypedDocument<K> | null => {
    const [first, ...others] = documentsOf(owned, kind);
    for (const other of others) {
      const related = first === undefined ? [] : [{ message: 'the first', place: first.document.locate(['kind']) }];
      collector.report('RW2123', other.document.locate(['kind']), { kind, application }, { related, expected: 'one' });
    }
    return first ?? null;
  };
  const apps = single('AppDirectory');
  const catalog = linkCatalog(document, value, apps !== null, collector);
  const directory = linkApps(apps, collector);
  const roles = linkRoles(
    application,
    catalog,
    directory,
    documentsOf(owned, 'Role'),
    documentsOf(owned, 'CustomRole'),
    collector,
  );
  const policy = single('ProvisioningPolicy');
  const byName = <T extends { readonly name: string }>(items: readonly T[]) =>
    items.toSorted((a, b) => byCodePoint(a.name, b.name));
  const required = new Map(
    [...Map.groupBy(catalog.requires, ({ permission }) => permission.reference)].map(([reference, items]) => [
      reference,
      items.flatMap(({ required }) => linkReference(required, application, catalog, collector) ?? []),
    ]),
  );
  return {
    ...identityOf(document, value.metadata, collector),
    version: catalog.version,
    sections: catalog.sections.map((section) => ({
      ...section,
      permissions: section.permissions.map((permission) => ({
        ...permission,
        requires: required.get(permission.reference) ?? [],
      })),
    })),
    retired: catalog.retired,
    vendors: directory.vendors,
    apps: byName([...directory.apps.current.values()]),
    hasAppDirectory: apps !== null,
    roles: byName([...roles.current.values()].flatMap((item) => (item.kind === 'role' ? [item.role] : []))),
    customRoles: byName(
      [...roles.current.values()].flatMap((item) => (item.kind === 'custom-role' ? [item.role] : [])),
    ),
    provisioning: policy === null ? null : linkPolicy(policy, application, roles, collector),
  };
}
