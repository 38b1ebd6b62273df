import type { Application, Role } from '../definitions.ts';
import type { HeldPermission, Step } from '../effective-model.ts';
import type { Collector } from '../link/collector.ts';
import { purposesOf } from '../purposes.ts';
import type { Holdings, Permissions } from './hold.ts';
import { rankOf } from './hold.ts';

/** `covers`: each permission of the section is held, at any level, or excepted; what is excepted is not held. */
export function checkCoverage(role: Role, holdings: Holdings, application: Application, collector: Collector): void {
  for (const { section: covered, except } of role.covers) {
    const sections = application.sections.filter(({ name }) => name === covered.name);
    const excepted = new Set(except.map(({ name }) => name));
    for (const { reference, levels, place } of sections.flatMap(({ permissions }) => permissions)) {
      if (holdings.has(reference) || excepted.has(reference)) continue;
      const lines = levels.map(({ name }) => `"${reference}:${name}"`).join(' or ');
      const help =
        levels.length === 0
          ? `decide: add "${reference}" to grants, or to except`
          : `decide: add ${lines} to grants, or "${reference}" to except`;
      const related = [{ message: 'the permission', place }];
      collector.report('RW3103', covered.place, { section: covered.name, permission: reference }, { related, help });
    }
    for (const { name, place } of except) {
      const held = holdings.get(name);
      if (held === undefined) continue;
      const related = heldBy(held);
      collector.report('RW3104', place, { permission: name }, { related, help: 'take one of the two lines away' });
    }
  }
}

/** `requires`: a role that people can hold has no permission without those that it is of no use without. */
export function checkRequirements(
  role: Role,
  holdings: Holdings,
  permissions: Permissions,
  collector: Collector,
): void {
  if (!role.assignable) return;
  for (const { reference, requires } of permissions.values()) {
    const held = holdings.get(reference);
    if (held === undefined) continue;
    for (const required of requires) {
      const has = holdings.get(required.permission);
      const known = permissions.get(required.permission);
      if (has !== undefined && rankOf(known, has.level) >= rankOf(known, required.level)) continue;
      const parameters = { permission: reference, required: required.text, role: role.name };
      const related = [{ message: 'required here', place: required.place }];
      collector.report('RW3106', held.chains[0][0].place, parameters, {
        related,
        help: `grant "${required.text}" too`,
      });
    }
  }
}

/** `onlyIn`: whoever takes over a role's permissions may be only where that role may be. */
export function checkPurposes(
  user: { readonly name: string; readonly onlyIn: Role['onlyIn'] },
  sources: readonly { readonly role: Role; readonly place: Step['place'] }[],
  collector: Collector,
): void {
  for (const { role, place } of sources) {
    const allowed = purposesOf(role);
    const stray = purposesOf(user).find((purpose) => !allowed.includes(purpose));
    if (stray === undefined) continue;
    const related = [{ message: 'the role', place: role.place }];
    const expected = `onlyIn with none but ${allowed.join(', ')}`;
    collector.report('RW3107', place, { role: user.name, source: role.name, purpose: stray }, { related, expected });
  }
}

function heldBy(held: HeldPermission): readonly { message: string; place: Step['place'] }[] {
  return held.chains[0].map((step) => ({
    message: step.kind === 'grants' ? `${step.role} grants it` : `${step.role} inherits ${step.names}`,
    place: step.place,
  }));
}
