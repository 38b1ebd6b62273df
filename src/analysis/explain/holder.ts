import type { Permission, Purpose } from '../../model/definitions.ts';
import type {
  EffectiveApplication,
  EffectiveAssignment,
  EffectiveCustomRole,
  EffectiveRole,
  HeldPermission,
} from '../../model/effective-model.ts';
import { rankOf } from '../../model/resolve/hold.ts';
import { permissionsOf } from '../../model/resolve/resolve.ts';
import type { Access, ExplainedHolder, Titled } from './explanation.ts';

/** Whoever holds permissions. */
export type Holder = EffectiveRole | EffectiveCustomRole | EffectiveAssignment;

/** The highest rank held by `section/permission`; what is not held is not in it. */
export type Ranks = ReadonlyMap<string, number>;

/** Whether a holder is narrowed to apps. */
export function isNarrowed(holder: Holder): holder is EffectiveCustomRole | EffectiveAssignment {
  return markerOf(holder) !== 'none';
}

/** What stands in the holder's restriction marker. */
export function markerOf(holder: Holder): string {
  return holder.kind === 'role' ? 'none' : holder.restriction;
}

/** The purposes of the environments that have it; null: all. An assignment is where its role is. */
export function onlyInOf(holder: Holder, { roles, customRoles }: EffectiveApplication): readonly Purpose[] | null {
  if (holder.kind !== 'assignment') return holder.definition.onlyIn;
  const given = [...roles, ...customRoles].find(({ definition }) => definition.name === holder.definition.role.name);
  return given?.definition.onlyIn ?? null;
}

/** What a holder may do for an app; with null, for whichever app. */
export function ranksOf(holder: Holder, application: EffectiveApplication, app: string | null): Ranks {
  const permissions = permissionsOf(application.definition);
  const outside = app !== null && isNarrowed(holder) && !holder.apps.some(({ name }) => name === app);
  const reach = ({ permission }: HeldPermission) => !outside || permissions.get(permission)?.restrictedBy === null;
  return new Map(
    holder.permissions
      .filter(reach)
      .map(({ permission, level }) => [permission, rankOf(permissions.get(permission), level)]),
  );
}

/** What some ranks have beyond others, in the order of the catalog, and by how many levels in all. */
export function beyond(
  ranks: Ranks,
  others: Ranks,
  application: EffectiveApplication,
): { readonly access: readonly Access[]; readonly levels: number } {
  const access: Access[] = [];
  let levels = 0;
  for (const permission of permissionsOf(application.definition).values()) {
    const rank = ranks.get(permission.reference) ?? -1;
    const other = others.get(permission.reference) ?? -1;
    if (rank <= other) continue;
    access.push(accessOf(permission, rank, application, other + 1));
    levels += rank - other;
  }
  return { access, levels };
}

/** A permission at a level as data; it is sensitive if any level from `from` on is. */
export function accessOf(
  permission: Permission,
  rank: number,
  application: EffectiveApplication,
  from: number = rank,
): Access {
  const level = permission.levels[rank];
  const gained = permission.levels.length === 0 ? [permission] : permission.levels.slice(from, rank + 1);
  return {
    reference: fullReference(application, permission, level?.name ?? null),
    title: permission.title,
    level: titled(level),
    sensitive: gained.some(({ sensitive }) => sensitive),
  };
}

/** `application/section/permission:level`, the one spelling outside the application's documents. */
export function fullReference(application: EffectiveApplication, permission: Permission, level: string | null): string {
  return `${application.definition.name}/${permission.reference}${level === null ? '' : `:${level}`}`;
}

/** Who is asked about, as data. */
export function explainedHolder(holder: Holder, { definition }: EffectiveApplication): ExplainedHolder {
  const { name, title, place } = holder.definition;
  const narrowed = isNarrowed(holder);
  return {
    reference: `${definition.name}/${name}`,
    application: definition.name,
    name,
    title,
    kind: holder.kind,
    assignable: holder.kind !== 'role' || holder.definition.assignable,
    apps: narrowed
      ? titles(
          holder.apps.map((app) => app.name),
          definition.apps,
        )
      : null,
    vendors: narrowed ? titles(holder.vendors, definition.vendors) : [],
    // Resellers have a name and nothing else.
    resellers: narrowed ? titles(holder.resellers, []) : [],
    place,
  };
}

/** Names with their titles; a name that has none is its own title. */
export function titles(names: readonly string[], known: readonly Titled[]): readonly Titled[] {
  return names.map((name) => ({ name, title: known.find((item) => item.name === name)?.title ?? name }));
}

/** Name and title, and nothing else; null for nothing. */
export function titled(item: Titled | undefined): Titled | null {
  return item === undefined ? null : { name: item.name, title: item.title };
}
