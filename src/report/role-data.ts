import type { Holder } from '../analysis/explain/holder.ts';
import { isNarrowed, onlyInOf } from '../analysis/explain/holder.ts';
import type { EffectiveApplication, EffectiveAssignment } from '../model/effective-model.ts';

/**
 * A role, custom role or assignment as data, version 1 of the schema: what `roleText` says, every chain with its places
 * included. What its kind does not have is null, or an empty list.
 */
export function roleData(role: Holder, application: EffectiveApplication) {
  const { definition } = application;
  const permissions = new Map(
    definition.sections.flatMap((section) => section.permissions).map((item) => [item.reference, item]),
  );
  const isRole = role.kind === 'role';
  const narrowed = isNarrowed(role) ? role : null;
  const { name, title, description, owners, formerly, place } = role.definition;
  const assignments = application.assignments.filter((item) => item.definition.role.name === name);
  return {
    schemaVersion: 1,
    application: definition.name,
    name,
    title,
    description,
    kind: role.kind,
    owners,
    formerly,
    onlyIn: onlyInOf(role, application),
    place,
    assignable: !isRole || role.definition.assignable,
    restrictable: isRole && role.definition.restrictable,
    inherits: isRole ? role.definition.inherits.map((parent) => parent.name) : [],
    base: role.kind === 'custom-role' ? role.definition.base.name : null,
    assigns: role.kind === 'assignment' ? role.definition.role.name : null,
    apps: narrowed?.apps.map((app) => app.name) ?? null,
    vendors: narrowed?.vendors ?? null,
    resellers: narrowed?.resellers ?? null,
    assignments: assignments.map((item) => item.definition.name),
    people: role.kind === 'assignment' ? peopleOf(role) : null,
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

/** The people of an assignment, in the order of the file; `ended`: their last day is over, and they hold it no more. */
function peopleOf({ definition, users }: EffectiveAssignment) {
  return definition.users.map((user) => ({
    account: user.account,
    reason: user.reason,
    validThrough: user.validThrough,
    ended: !users.includes(user),
    place: user.place,
  }));
}
