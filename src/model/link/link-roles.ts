import { nearestName } from '../../language/nearest-name.ts';
import type { Place } from '../../language/source.ts';
import { byCodePoint } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import type { Coverage, CustomRole, Named, Reference, Role } from '../definitions.ts';
import type { Catalog } from './catalog.ts';
import type { Collector } from './collector.ts';
import { formerNames, identityOf, namedSet, reportUnsorted } from './identity.ts';
import type { Directory } from './link-apps.ts';
import { linkPermissionName, linkReference } from './link-reference.ts';
import type { Names } from './names.ts';
import { claimNames, knownNames, lookUp, reportRenamed } from './names.ts';

/** What shares one set of names: whoever can hold one may write its name, and a restriction marker means one of them. */
export type Assignable =
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'custom-role'; readonly role: CustomRole };

type RoleDocument = TypedDocument<'Role'>;
type CustomRoleDocument = TypedDocument<'CustomRole'>;

/** Links the roles and custom roles of an application: every name that they use is known to exist, or reported. */
export function linkRoles(
  application: string,
  catalog: Catalog,
  directory: Directory,
  roles: readonly RoleDocument[],
  customRoles: readonly CustomRoleDocument[],
  collector: Collector,
): Names<Assignable> {
  const claims = [
    ...roles.map((role) => claimOf(role, { kind: 'role', role: linkRole(role, application, catalog, collector) })),
    ...customRoles.map((role) =>
      claimOf(role, { kind: 'custom-role', role: linkCustomRole(role, directory, collector) }),
    ),
  ];
  const names = claimNames('role', claims, collector);
  for (const { value } of claims) checkNamesUsed(value, application, names, collector);
  return names;
}

function claimOf(typed: RoleDocument | CustomRoleDocument, value: Assignable) {
  const { document } = typed;
  const { name, formerly } = typed.value.metadata;
  const place = document.locate(['metadata', 'name']);
  return { name, place, formerly: formerNames(document, ['metadata', 'formerly'], formerly), value };
}

function linkRole(
  { document, value }: RoleDocument,
  application: string,
  catalog: Catalog,
  collector: Collector,
): Role {
  const { spec } = value;
  return {
    ...identityOf(document, value.metadata, collector),
    assignable: spec.assignable ?? true,
    restrictable: spec.restrictable ?? false,
    onlyIn: spec.onlyIn ?? null,
    inherits: namedSet(document, ['spec', 'inherits'], spec.inherits, collector),
    grants: linkGrants(document, spec.grants ?? [], application, catalog, collector),
    covers: (spec.covers ?? []).flatMap((written, index) => {
      const coverage = linkCoverage(document, ['spec', 'covers', index], written, application, catalog, collector);
      return coverage === null ? [] : [coverage];
    }),
  };
}

function linkGrants(
  document: RoleDocument['document'],
  grants: readonly string[],
  application: string,
  catalog: Catalog,
  collector: Collector,
): readonly Reference[] {
  const written = grants.map((name, index) => ({ name, place: document.locate(['spec', 'grants', index]) }));
  const first = new Map<string, Place>();
  const linked: Reference[] = [];
  for (const entry of written) {
    const reference = linkReference(entry, application, catalog, collector);
    if (reference === null) continue;
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
  return linked;
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
    onlyIn: spec.onlyIn ?? null,
  };
}

function checkNamesUsed(value: Assignable, application: string, names: Names<Assignable>, collector: Collector): void {
  if (value.kind === 'role') {
    for (const parent of value.role.inherits) lookUpRole(parent, application, names, collector);
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

/** The role of a name, or null with a diagnostic where there is none or it is a custom role. */
export function lookUpRole(
  used: Named,
  application: string,
  names: Names<Assignable>,
  collector: Collector,
): Role | null {
  const found = lookUpAssignable(used, application, names, collector);
  if (found?.kind !== 'custom-role') return found?.role ?? null;
  const related = [{ message: 'declared here', place: found.role.place }];
  collector.report(
    'RW3109',
    used.place,
    { name: used.name },
    { related, expected: 'a role', suggestion: found.role.base.name },
  );
  return null;
}

/** The role or custom role of a name, or null with a diagnostic. */
export function lookUpAssignable(
  used: Named,
  application: string,
  names: Names<Assignable>,
  collector: Collector,
): Assignable | null {
  const found = names.current.get(used.name);
  if (found !== undefined) return found;
  if (reportRenamed(names, used.name, used.place, collector)) return null;
  const suggestion = nearestName(used.name, names.current.keys());
  const expected = knownNames(names.current.keys());
  collector.report('RW2109', used.place, { name: used.name, application }, { suggestion, expected });
  return null;
}
