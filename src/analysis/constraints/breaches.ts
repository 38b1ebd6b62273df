import type { Related } from '../../language/diagnostic.ts';
import type { Exception, Qualified, Reference } from '../../model/definitions.ts';
import type { HeldPermission, Step } from '../../model/effective-model.ts';
import { referenceText } from '../../model/reference-text.ts';
import { rankOf } from '../../model/resolve/hold.ts';
import { besidesOwnLine, ownLine } from './chain-related.ts';
import type { Holder, JudgedApplication, RuleContext } from './rule-context.ts';
import { constraintRelated, heldAtLeast, isSame, nameIn } from './rule-context.ts';

/** A role with a permission that it should not hold, and no exception that lets it. */
export interface Breach {
  /** Role and permission as the constraint writes them. */
  readonly role: string;
  readonly permission: string;
  /** The line of the role that has it. */
  readonly place: Step['place'];
  /** The other lines that give it, and the constraint. */
  readonly related: readonly Related[];
  readonly lapsed: readonly Related[];
}

/** Which of some roles hold a permission, at least at its level, without being excepted. */
export function breachesOf(
  { application: name, value: forbidden }: Qualified<Reference>,
  holders: readonly Holder[],
  application: JudgedApplication,
  { constraint, exceptions }: Pick<RuleContext, 'constraint' | 'exceptions'>,
): readonly Breach[] {
  return holders.flatMap((holder): Breach[] => {
    const role = holder.definition.name;
    const held = heldAtLeast(holder.permissions, forbidden, application);
    if (held === null) return [];
    const settlement = exceptions.settle((exception) => exceptsHolding(exception, role, held, application));
    if (settlement.excepted) return [];
    return [
      {
        role: nameIn(constraint, name, role),
        permission: nameIn(constraint, name, referenceText(held)),
        place: ownLine(held).place,
        related: [...besidesOwnLine(held), constraintRelated(constraint)],
        lapsed: settlement.lapsed,
      },
    ];
  });
}

/**
 * Whether an exception lets a role hold what it should not: it names the role, and the permission too or none at all. One
 * that names a permission excepts up to the level that it names, and never a higher one that is held.
 */
function exceptsHolding(
  { role, permission }: Exception,
  holder: string,
  held: HeldPermission,
  { name, permissions }: JudgedApplication,
): boolean {
  if (!isSame(role, name, holder)) return false;
  if (permission === null) return true;
  if (permission.application !== name || permission.value.permission !== held.permission) return false;
  const known = permissions.get(held.permission);
  return rankOf(known, permission.value.level) >= rankOf(known, held.level);
}
