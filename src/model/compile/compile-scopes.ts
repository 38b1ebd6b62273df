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
    section.permissions.flatMap((permission) => permissionScopes(section, permission, sections)),
  );
  const narrowing = application.restrictable ? narrowingScopes(application, narrowings) : [];
  return [...permissions, ...narrowing].toSorted((a, b) => byCodePoint(a.value, b.value));
}

function permissionScopes(
  section: Section,
  permission: Permission,
  sections: readonly Section[],
): readonly DesiredScope[] {
  const common = { kind: 'permission', title: permission.title } as const;
  if (permission.scope !== null) {
    const description = `${permission.title} (${section.title})`;
    const { sensitive, reference } = permission;
    const former = formerValues(permission.scope, permission, null, sections);
    return [{ ...common, value: permission.scope, description, reference, level: null, sensitive, ...former }];
  }
  return permission.levels.map((level: Level) => ({
    ...common,
    value: level.scope,
    description: `${permission.title}: ${level.title}`,
    reference: `${permission.reference}:${level.name}`,
    level: { title: level.title, rank: level.rank },
    sensitive: level.sensitive,
    ...formerValues(level.scope, permission, level.name, sections),
  }));
}

/** A scope that is written down, and not made of the name, is the same under every name. */
function formerValues(
  value: string,
  { name, formerly }: Permission,
  level: string | null,
  sections: readonly Section[],
): Pick<DesiredScope, 'formerly'> {
  if (formerly.length === 0 || !value.endsWith(unprefixed(name, level))) return {};
  const old = formerly.map((reference) => {
    const [section = '', formerName = ''] = reference.split('/');
    return `${prefixOf(sections.find((one) => one.name === section))}${unprefixed(formerName, level)}`;
  });
  const others = [...new Set(old)].filter((one) => one !== value);
  return others.length === 0 ? {} : { formerly: others };
}

/** What a section puts before its scopes, as far as one of them shows it. */
function prefixOf(section: Section | undefined): string {
  for (const { name, scope, levels } of section?.permissions ?? []) {
    const [value = '', own] = scope === null ? [levels[0]?.scope, levels[0]?.name ?? null] : [scope, null];
    if (value.endsWith(unprefixed(name, own))) return value.slice(0, -unprefixed(name, own).length);
  }
  return '';
}

function unprefixed(name: string, level: string | null): string {
  return level === null ? name : `${level}:${name}`;
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
