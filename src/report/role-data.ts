import type { EffectiveApplication, EffectiveCustomRole, EffectiveRole } from '../model/effective-model.ts';

/** A role as data, version 1 of the schema: what `roleText` says, every chain with its places included. */
export function roleData(role: EffectiveRole | EffectiveCustomRole, { definition }: EffectiveApplication) {
  const permissions = new Map(
    definition.sections.flatMap((section) => section.permissions).map((item) => [item.reference, item]),
  );
  const isCustom = role.kind === 'custom-role';
  const { name, title, description, owners, formerly, onlyIn, place } = role.definition;
  return {
    schemaVersion: 1,
    application: definition.name,
    name,
    title,
    description,
    kind: role.kind,
    owners,
    formerly,
    onlyIn,
    place,
    assignable: isCustom || role.definition.assignable,
    restrictable: !isCustom && role.definition.restrictable,
    inherits: isCustom ? [] : role.definition.inherits.map((parent) => parent.name),
    base: isCustom ? role.definition.base.name : null,
    apps: isCustom ? role.apps.map((app) => app.name) : null,
    vendors: isCustom ? role.vendors : null,
    resellers: isCustom ? role.resellers : null,
    permissions: role.permissions.map((held) => {
      const permission = permissions.get(held.permission);
      const level = permission?.levels.find((item) => item.name === held.level);
      return {
        permission: held.permission,
        title: permission?.title ?? null,
        level: held.level,
        levelTitle: level?.title ?? null,
        scope: (level ?? permission)?.scope ?? null,
        sensitive: (level ?? permission)?.sensitive ?? false,
        restrictedBy: permission?.restrictedBy ?? null,
        chains: held.chains,
      };
    }),
  };
}
