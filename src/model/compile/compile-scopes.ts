import { byCodePoint } from '../../language/source.ts';
import type { Level, Permission, Section } from '../definitions.ts';
import type { DesiredScope } from '../desired-state.ts';
import type { EffectiveApplication, EffectiveAssignment, EffectiveCustomRole } from '../effective-model.ts';
import { titleOf } from '../link/identity.ts';

/** The scope that says that a role is not narrowed. */
export const unrestrictedMarker = 'restriction:none';

/** What narrows a role to apps. */
export type Narrowing = EffectiveCustomRole | EffectiveAssignment;

/** The scope that says by which declaration a role is narrowed; it keeps the oldest name. */
export function restrictionMarker(role: Narrowing): string {
  return `restriction:${role.restriction}`;
}

/** The scope of an app, vendor or reseller; a renamed one keeps its oldest name. */
export function narrowingScope(
  kind: 'app' | 'vendor' | 'reseller',
  named: { readonly name: string; readonly formerly?: readonly string[] },
): string {
  return `${kind}:${named.formerly?.[0] ?? named.name}`;
}

/** Every scope that an application's API offers, sorted by value. */
export function compileScopes(
  application: EffectiveApplication,
  narrowings: readonly Narrowing[],
): readonly DesiredScope[] {
  const { sections } = application.definition;
  const permissions = sections.flatMap((section) =>
    section.permissions.flatMap((permission) => permissionScopes(section, permission)),
  );
  const narrowing = application.restrictable ? narrowingScopes(application, narrowings) : [];
  return [...permissions, ...narrowing].toSorted((a, b) => byCodePoint(a.value, b.value));
}

function permissionScopes(section: Section, permission: Permission): readonly DesiredScope[] {
  const common = { kind: 'permission', title: permission.title } as const;
  if (permission.scope !== null) {
    const description = permission.description ?? `${permission.title} (${section.title})`;
    const { scope: value, sensitive, reference } = permission;
    return [{ ...common, value, description, reference, level: null, sensitive, ...formerOf(permission) }];
  }
  return permission.levels.map((level: Level) => ({
    ...common,
    value: level.scope,
    description: `${permission.title}: ${level.title}`,
    reference: `${permission.reference}:${level.name}`,
    level: { title: level.title, rank: level.rank },
    sensitive: level.sensitive,
    ...formerOf(level),
  }));
}

function formerOf({ formerScopes }: Level | Permission): Pick<DesiredScope, 'formerly'> {
  return formerScopes.length === 0 ? {} : { formerly: formerScopes };
}

function narrowingScopes(application: EffectiveApplication, narrowings: readonly Narrowing[]): readonly DesiredScope[] {
  const { apps, vendors } = application.definition;
  const resellers = [...new Set([...apps, ...vendors].flatMap((seller) => seller.resellers))];
  const scope = (value: string, kind: DesiredScope['kind'], reference: string, title: string, description: string) => ({
    value,
    description,
    kind,
    reference,
    title,
    level: null,
    sensitive: false,
  });
  return [
    ...apps.map((app) => scope(narrowingScope('app', app), 'app', app.name, app.title, `App: ${app.title}`)),
    ...vendors.map((vendor) =>
      scope(narrowingScope('vendor', vendor), 'vendor', vendor.name, vendor.title, `Vendor: ${vendor.title}`),
    ),
    ...resellers.map((name) =>
      scope(narrowingScope('reseller', { name }), 'reseller', name, titleOf(name), `Reseller: ${titleOf(name)}`),
    ),
    scope(unrestrictedMarker, 'restriction', 'none', 'All apps', 'Not restricted to apps'),
    ...narrowings.map((role) => {
      const { name, title } = role.definition;
      return scope(restrictionMarker(role), 'restriction', name, title, `Restricted to the apps of ${title}`);
    }),
  ];
}
