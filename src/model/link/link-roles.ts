import type { Document } from '../../language/parse/document.ts';
import type { Place } from '../../language/source.ts';
import { byCodePoint } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import type { Coverage, CustomRole, Purpose, Reference, Role } from '../definitions.ts';
import type { Catalog } from './catalog.ts';
import type { Collector } from './collector.ts';
import { claimOf, identityOf, namedSet, reportUnsorted, uniqueNames } from './identity.ts';
import type { Directory } from './link-apps.ts';
import { appKeys, checkAssignment, linkAssignment } from './link-assignment.ts';
import { linkPermissionName, linkReference } from './link-reference.ts';
import type { Declared } from './look-up-role.ts';
import { lookUpRole } from './look-up-role.ts';
import type { Names } from './names.ts';
import { claimNames, knownNames, lookUp } from './names.ts';

type RoleDocument = TypedDocument<'Role'>;
type CustomRoleDocument = TypedDocument<'CustomRole'>;
type AssignmentDocument = TypedDocument<'Assignment'>;

/** Links the roles, custom roles and assignments of an application: every name that they use is known to exist, or reported. */
export function linkRoles(
  application: string,
  catalog: Catalog,
  directory: Directory,
  roles: readonly RoleDocument[],
  customRoles: readonly CustomRoleDocument[],
  assignments: readonly AssignmentDocument[],
  collector: Collector,
): Names<Declared> {
  const claims = [
    ...roles.map((role) => claimTo(role, { kind: 'role', role: linkRole(role, application, catalog, collector) })),
    ...customRoles.map((role) =>
      claimTo(role, { kind: 'custom-role', role: linkCustomRole(role, directory, collector) }),
    ),
    ...assignments.map((typed) =>
      claimTo(typed, { kind: 'assignment', role: linkAssignment(typed, directory, collector) }),
    ),
  ];
  const names = claimNames('role', claims, collector);
  for (const { value, typed } of claims) checkNamesUsed(value, typed, application, names, collector);
  return names;
}

function claimTo(typed: RoleDocument | CustomRoleDocument | AssignmentDocument, value: Declared) {
  return { ...claimOf(typed.document, typed.value.metadata, value), typed };
}

function linkRole(
  { document, value }: RoleDocument,
  application: string,
  catalog: Catalog,
  collector: Collector,
): Role {
  const { spec } = value;
  const [grants, isGranted] = linkGrants(document, spec.grants ?? [], application, catalog, collector);
  const covers = (spec.covers ?? []).flatMap((written, index) => {
    const coverage = linkCoverage(document, ['spec', 'covers', index], written, application, catalog, collector);
    return coverage === null ? [] : [coverage];
  });
  const excepted = covers.flatMap(({ except }) => except).length;
  const written = (spec.covers ?? []).flatMap(({ except }) => except ?? []).length;
  return {
    ...identityOf(document, value.metadata, collector),
    assignable: spec.assignable ?? true,
    restrictable: spec.restrictable ?? false,
    onlyIn: linkOnlyIn(document, spec.onlyIn, collector),
    inherits: namedSet(document, ['spec', 'inherits'], spec.inherits, collector),
    grants,
    covers,
    isWhole: isGranted && excepted === written,
  };
}

function linkOnlyIn(
  document: Document,
  written: readonly Purpose[] | undefined,
  collector: Collector,
): readonly Purpose[] | null {
  uniqueNames(document, ['spec', 'onlyIn'], written, collector);
  return written ?? null;
}

/** The grants of a role, and whether each was understood. */
function linkGrants(
  document: RoleDocument['document'],
  grants: readonly string[],
  application: string,
  catalog: Catalog,
  collector: Collector,
): readonly [grants: readonly Reference[], isWhole: boolean] {
  const written = grants.map((name, index) => ({ name, place: document.locate(['spec', 'grants', index]) }));
  const first = new Map<string, Place>();
  const linked: Reference[] = [];
  let isWhole = true;
  for (const entry of written) {
    const reference = linkReference(entry, application, catalog, collector);
    if (reference === null) {
      isWhole = false;
      continue;
    }
    const earlier = first.get(reference.permission);
    if (earlier !== undefined) {
      const related = [{ message: 'first granted here', place: earlier }];
      const details = { related, expected: 'each permission once, at the level that is meant' };
      collector.report('RW3105', entry.place, { permission: reference.permission }, details);
      continue;
    }
    first.set(reference.permission, entry.place);
    linked.push(reference);
  }
  reportUnsorted('grants', written, collector);
  return [linked, isWhole];
}

function linkCoverage(
  document: RoleDocument['document'],
  path: readonly (string | number)[],
  written: { readonly section: string; readonly except?: readonly string[] | undefined },
  application: string,
  catalog: Catalog,
  collector: Collector,
): Coverage | null {
  const place = document.locate([...path, 'section']);
  const sections = { current: new Map(catalog.sections.map((section) => [section.name, section])), former: new Map() };
  const section = lookUp(sections, written.section, place, 'RW2111', collector);
  const except = namedSet(document, [...path, 'except'], written.except, collector)
    .map((name) => linkPermissionName(name, application, catalog, collector))
    .filter((name) => name !== null);
  if (section === null) return null;
  for (const { name, place: at } of except) {
    if (name.startsWith(`${section.name}/`)) continue;
    collector.report('RW3117', at, { permission: name, section: section.name }, { expected: `${section.name}/…` });
  }
  return { section: { name: section.name, place }, except };
}

function linkCustomRole(
  { document, value }: CustomRoleDocument,
  directory: Directory,
  collector: Collector,
): CustomRole {
  const { spec } = value;
  const apps = namedSet(document, ['spec', 'apps'], spec.apps, collector)
    .filter(({ name, place }) => lookUp(directory.apps, name, place, 'RW2112', collector) !== null)
    .toSorted((a, b) => byCodePoint(a.name, b.name));
  return {
    ...identityOf(document, value.metadata, collector),
    base: { name: spec.base, place: document.locate(['spec', 'base']) },
    apps,
    onlyIn: linkOnlyIn(document, spec.onlyIn, collector),
  };
}

function checkNamesUsed(
  value: Declared,
  typed: RoleDocument | CustomRoleDocument | AssignmentDocument,
  application: string,
  names: Names<Declared>,
  collector: Collector,
): void {
  if (value.kind === 'role') {
    for (const parent of value.role.inherits) lookUpRole(parent, application, names, collector);
    return;
  }
  if (value.kind === 'assignment') {
    const keys = typed.kind === 'Assignment' ? appKeys(typed) : { apps: null, allApps: null };
    checkAssignment(value.role, keys, application, names, collector);
    return;
  }
  const base = lookUpRole(value.role.base, application, names, collector);
  if (base === null || base.restrictable) return;
  const related = [{ message: 'the base', place: base.place }];
  const restrictable = [...names.current.values()].flatMap((other) =>
    other.kind === 'role' && other.role.restrictable ? [other.role.name] : [],
  );
  const expected = knownNames(restrictable) ?? 'a role that says "restrictable: true"';
  collector.report('RW3102', value.role.base.place, { base: base.name }, { related, expected });
}
