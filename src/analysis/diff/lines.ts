import type { Place } from '../../language/source.ts';
import type { CauseLine, SidePlace } from '../../model/difference.ts';
import type { HeldPermission, Step } from '../../model/effective-model.ts';
import type { Side } from './sides.ts';

/** A line to which a difference is due, with the declaration in which it stands. */
export interface Cause {
  readonly line: CauseLine;
  readonly place: SidePlace;
  /** The declaration's name on its side, and its title. */
  readonly declaration: string;
  readonly declarationTitle: string;
  readonly names: string;
}

/** The lines of one side that give something: all by which a chain can go. */
export interface Lines {
  /** What each says, in the head's names. */
  readonly said: ReadonlySet<string>;
  /** The line that a declaration has once, by what it is about: one grant of a permission, one base, one role given. */
  readonly slots: ReadonlyMap<string, Cause>;
  readonly side: Side;
}

/** Reads the lines of a side. */
export function linesOf(side: Side): Lines {
  const { definition } = side.application;
  const { now } = side;
  const said = new Set<string>();
  const slots = new Map<string, Cause>();
  for (const role of definition.roles) {
    const own = now.role(role.name);
    for (const parent of role.inherits) said.add(key('inherits', own, now.role(parent.name)));
    for (const { permission, level, text, place } of role.grants) {
      said.add(key('grants', own, now.access(permission, level)));
      slots.set(key('grants', own, now.permission(permission)), causeAt('grants', role, place, text, side));
    }
  }
  for (const custom of definition.customRoles) {
    const own = now.role(custom.name);
    said.add(key('base', own, now.role(custom.base.name)));
    slots.set(key('base', own, ''), causeAt('base', custom, custom.base.place, custom.base.name, side));
  }
  for (const assignment of definition.assignments) {
    const own = now.assignment(assignment.name);
    const { name, place } = assignment.role;
    said.add(key('assigns', own, now.role(name)));
    slots.set(key('assigns', own, ''), causeAt('assigns', assignment, place, name, side));
  }
  return { said, slots, side };
}

/** A cause in a declaration of a side. */
export function causeAt(
  line: CauseLine,
  declaration: { readonly name: string; readonly title: string },
  place: Place,
  names: string,
  { side }: Pick<Side, 'side'>,
): Cause {
  const { name, title } = declaration;
  return { line, place: { side, ...place }, declaration: name, declarationTitle: title, names };
}

/**
 * The lines to which it is due that chains lead to a permission on one side and did not on the other: of each chain the
 * deepest line that the other side does not have, so that what reaches many heirs is due to one line. Empty where the
 * other side has every line of a chain: then no line is to blame, but what its words mean. A line that was changed, not
 * taken away, is named as it reads at the head.
 */
export function linesBehind(held: HeldPermission, own: Lines, other: Lines | null): readonly Cause[] {
  const causes = held.chains.map((chain) => {
    const step = chain.findLast((candidate) => other === null || !other.said.has(stepKey(candidate, held, own.side)));
    return step === undefined ? null : asItReadsNow(step, held, own, other);
  });
  return causes.includes(null) ? [] : causes.filter((cause) => cause !== null);
}

function asItReadsNow(step: Step, held: HeldPermission, own: Lines, other: Lines | null): Cause {
  const changed = own.side.side === 'base' ? other?.slots.get(slotKey(step, held, own.side)) : undefined;
  return changed ?? causeAt(step.kind, declarationOf(step, own.side), step.place, step.names, own.side);
}

function declarationOf({ kind, role }: Step, { application }: Side) {
  const { roles, customRoles, assignments } = application.definition;
  const declared = kind === 'assigns' ? assignments : kind === 'base' ? customRoles : roles;
  return declared.find(({ name }) => name === role) ?? { name: role, title: role };
}

function stepKey({ kind, role, names }: Step, { permission, level }: HeldPermission, { now }: Side): string {
  const own = kind === 'assigns' ? now.assignment(role) : now.role(role);
  return key(kind, own, kind === 'grants' ? now.access(permission, level) : now.role(names));
}

function slotKey({ kind, role }: Step, { permission }: HeldPermission, { now }: Side): string {
  const own = kind === 'assigns' ? now.assignment(role) : now.role(role);
  return key(kind, own, kind === 'grants' ? now.permission(permission) : '');
}

function key(kind: Step['kind'], declaration: string, names: string): string {
  return `${kind} ${declaration} ${names}`;
}
