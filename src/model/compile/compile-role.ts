import { byCodePoint, formatPlace } from '../../language/source.ts';
import type { Permission } from '../definitions.ts';
import type { DesiredRole } from '../desired-state.ts';
import type {
  EffectiveApplication,
  EffectiveAssignment,
  EffectiveCustomRole,
  EffectiveRole,
  HeldPermission,
} from '../effective-model.ts';
import { rankOf } from '../resolve/hold.ts';
import { narrowingScope, restrictionMarker, unrestrictedMarker } from './compile-scopes.ts';

/** What becomes a role at the identity provider. */
export type Holdable = EffectiveRole | EffectiveCustomRole | EffectiveAssignment;

/** A role, custom role or narrowing assignment as the identity provider should hold it. */
export function compileRole(
  role: Holdable,
  application: EffectiveApplication,
  permissions: ReadonlyMap<string, Permission>,
): DesiredRole {
  const { definition } = role;
  const scopes = new Set([
    ...role.permissions.flatMap((held) => heldScopes(held, permissions)),
    ...(application.restrictable ? narrowing(role, application) : []),
  ]);
  return {
    name: definition.name,
    title: definition.title,
    description: definition.description ?? describe(role, application),
    kind: role.kind,
    formerly: definition.formerly,
    scopes: [...scopes].sort(byCodePoint),
    declaredAt: formatPlace(definition.place),
  };
}

/** Holding a level is holding those below it, so each has its scope. */
function heldScopes(held: HeldPermission, permissions: ReadonlyMap<string, Permission>): readonly string[] {
  const permission = permissions.get(held.permission);
  if (permission === undefined) return [];
  if (permission.scope !== null) return [permission.scope];
  const rank = rankOf(permission, held.level);
  return permission.levels.filter((level) => level.rank <= rank).map(({ scope }) => scope);
}

function narrowing(role: Holdable, application: EffectiveApplication): readonly string[] {
  if (role.kind === 'role') return [unrestrictedMarker];
  const { apps, vendors } = application.definition;
  const isListed = (names: readonly string[]) => (item: { readonly name: string }) => names.includes(item.name);
  return [
    restrictionMarker(role),
    ...apps.filter(isListed(role.apps.map(({ name }) => name))).map((app) => narrowingScope('app', app)),
    ...vendors.filter(isListed(role.vendors)).map((vendor) => narrowingScope('vendor', vendor)),
    ...role.resellers.map((name) => narrowingScope('reseller', { name })),
  ];
}

function describe(role: Holdable, application: EffectiveApplication): string {
  const { title } = application.definition;
  if (role.kind === 'role') return `${role.definition.title} of ${title}`;
  const baseName = role.kind === 'assignment' ? role.definition.role.name : role.definition.base.name;
  const base = application.roles.find(({ definition }) => definition.name === baseName);
  const apps = application.definition.apps.filter(({ name }) => role.apps.some((app) => app.name === name));
  const listed = apps
    .slice(0, 5)
    .map((app) => app.title)
    .join(', ');
  const rest = apps.length > 5 ? ` and ${apps.length - 5} more` : '';
  return `${base?.definition.title ?? baseName} of ${title}, restricted to ${listed}${rest}`;
}
