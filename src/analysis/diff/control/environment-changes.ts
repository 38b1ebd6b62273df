import type { Environment, RequiredRole } from '../../../model/definitions.ts';
import type { ControlChange } from '../../../model/difference.ts';
import type { Pair } from '../../../model/match.ts';
import type { ApplicationPair } from '../sides.ts';

/** Guards, protection and purpose of environments. What a removed one had is gone with what it guarded. */
export function environmentChanges(
  pairs: readonly Pair<Environment>[],
  applications: readonly ApplicationPair[],
): readonly ControlChange[] {
  return pairs.flatMap(({ base, head }) => {
    if (base === null) return [];
    if (head === null) return gone(base);
    return [...removalChange(base, head), ...requiredChanges(base, head, applications), ...otherChanges(base, head)];
  });
}

type Told = Pick<ControlChange, 'action' | 'detail' | 'loosens'>;

function change(
  subject: 'guard' | 'protection' | 'purpose',
  { name, place }: Pick<Environment, 'name' | 'place'>,
  told: Told,
  side: 'base' | 'head',
): ControlChange {
  return { subject, application: null, name, ...told, place: { side, ...place } };
}

function gone(base: Environment): readonly ControlChange[] {
  const told = (detail: string): Told => ({ action: 'removed', detail, loosens: null });
  const { maximumRemoval, requiredRoles } = base.guards;
  return [
    ...(maximumRemoval === null
      ? []
      : [change('guard', base, told(`maximum removal ${percent(maximumRemoval)}`), 'base')]),
    ...requiredRoles.map((role) => change('guard', { ...base, place: role.place }, told(requiredWords(role)), 'base')),
    ...(base.protect ? [change('protection', base, told('applications and roles are protected'), 'base')] : []),
  ];
}

function removalChange(base: Environment, head: Environment): readonly ControlChange[] {
  const [before, after] = [base.guards.maximumRemoval, head.guards.maximumRemoval];
  if (before === after) return [];
  const told: Told =
    after === null
      ? { action: 'removed', detail: `maximum removal ${percent(before ?? 1)}`, loosens: true }
      : before === null
        ? { action: 'added', detail: `maximum removal ${percent(after)}`, loosens: false }
        : {
            action: 'changed',
            detail: `maximum removal ${percent(after)} (before: ${percent(before)})`,
            loosens: after > before,
          };
  return [change('guard', head, told, 'head')];
}

function requiredChanges(
  base: Environment,
  head: Environment,
  applications: readonly ApplicationPair[],
): readonly ControlChange[] {
  const before = new Map(base.guards.requiredRoles.map((role) => [roleNow(role, applications), role]));
  const after = new Map(head.guards.requiredRoles.map((role) => [role.role, role]));
  const at = ({ place }: RequiredRole) => ({ name: head.name, place });
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): readonly ControlChange[] => {
    const [one, other] = [before.get(name), after.get(name)];
    if (other === undefined) {
      if (one === undefined) return [];
      return [change('guard', at(one), { action: 'removed', detail: requiredWords(one), loosens: true }, 'base')];
    }
    if (one === undefined) {
      return [change('guard', at(other), { action: 'added', detail: requiredWords(other), loosens: false }, 'head')];
    }
    if (one.minimumHolders === other.minimumHolders) return [];
    const detail = `${requiredWords(other)} (before: ${requiredWords(one)})`;
    const loosens = (other.minimumHolders ?? 0) < (one.minimumHolders ?? 0);
    return [change('guard', at(other), { action: 'changed', detail, loosens }, 'head')];
  });
}

function otherChanges(base: Environment, head: Environment): readonly ControlChange[] {
  const protection: Told = {
    action: head.protect ? 'added' : 'removed',
    detail: `applications and roles are protected${head.protect ? '' : ' no longer'}`,
    loosens: !head.protect,
  };
  const purpose: Told = { action: 'changed', detail: `${head.purpose} (before: ${base.purpose})`, loosens: null };
  return [
    ...(base.protect === head.protect ? [] : [change('protection', head, protection, 'head')]),
    ...(base.purpose === head.purpose ? [] : [change('purpose', head, purpose, 'head')]),
  ];
}

function requiredWords({ role, minimumHolders }: RequiredRole): string {
  if (minimumHolders === null) return `requires ${role}`;
  return `requires ${role} with at least ${minimumHolders} ${minimumHolders === 1 ? 'holder' : 'holders'}`;
}

/** `application/role` of the base as the head calls it. */
export function roleNow({ application, name, role }: RequiredRole, applications: readonly ApplicationPair[]): string {
  const pair = applications.find(({ base }) => base?.application.definition.name === application);
  return pair?.base == null ? role : `${pair.name}/${pair.base.now.role(name)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
