import type { Diagnostic, Related } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { Permission } from '../../model/definitions.ts';
import type { EffectiveCustomRole, EffectiveRole, HeldPermission } from '../../model/effective-model.ts';
import { rankOf } from '../../model/resolve/hold.ts';
import { chainRelated } from './chain-related.ts';
import type { JudgedApplication, RuleContext, RuleOf } from './rule-context.ts';
import { isSame, nameIn, referenceText } from './rule-context.ts';

type AnyRole = EffectiveRole | EffectiveCustomRole;

/** A permission that a supervised role holds and the supervisor lacks, at the highest level that is not excepted. */
interface Lack {
  readonly application: JudgedApplication;
  readonly permission: Permission;
  readonly rank: number;
  /** The highest rank that the supervisor has, for whatever the supervised one reaches; -1: none. */
  readonly ownRank: number;
  readonly supervised: string;
  readonly held: HeldPermission;
  /** The supervisor's apps, where it has the permission for these and the supervised role for others too. */
  readonly beyond: readonly string[];
  readonly lapsed: readonly Related[];
}

/**
 * `supervises`: the supervisor holds whatever the supervised roles hold, at least at their level, and for every app that
 * they reach. Each lacking permission is told once, at the supervisor in the constraint, with the lines that give it to
 * those who hold it. An exception that names a level says that the supervisor need not hold that level, nor any above.
 */
export function checkSupervises(rule: RuleOf<'supervises'>, context: RuleContext): readonly Diagnostic[] {
  const { constraint, applications } = context;
  const supervisor = roleOf(applications.get(rule.supervisor.application), rule.supervisor.value.name);
  if (supervisor === null) return [];
  const lacks = rule.supervised.flatMap(({ application: name, value }) => {
    const application = applications.get(name);
    const supervised = roleOf(application, value.name);
    if (application === undefined || supervised === null) return [];
    const own = name === rule.supervisor.application ? supervisor : null;
    return lacksOf(own, supervised, application, context);
  });
  const byPermission = Map.groupBy(lacks, (lack) => `${lack.application.name}/${lack.permission.reference}`);
  return [...byPermission.values()].flatMap((same) => {
    const highest = same.toSorted((a, b) => b.rank - a.rank)[0];
    if (highest === undefined) return [];
    const { application, permission, rank, ownRank, beyond } = highest;
    const name = nameIn(constraint, rule.supervisor.application, supervisor.definition.name);
    const text = (at: number): string => nameIn(constraint, application.name, levelText(permission, at));
    const parameters = {
      supervisor: name,
      permission: text(rank),
      beyond,
      supervised: same.map(({ supervised }) => nameIn(constraint, application.name, supervised)),
    };
    const chains = same.flatMap(({ held, lapsed }) => [...chainRelated(held), ...lapsed]);
    const mend = beyond.length === 0 ? `grant it to ${name}` : `give ${name} the other apps`;
    const help = `${mend}, or list an exception for "${text(ownRank + 1)}"`;
    return [diagnostic('RW5302', rule.supervisor.value.place, parameters, { related: chains, help })];
  });
}

/** @param own the supervisor, or null where it is a role of another application and so holds nothing in this one */
function lacksOf(
  own: AnyRole | null,
  supervised: AnyRole,
  application: JudgedApplication,
  { exceptions }: RuleContext,
): readonly Lack[] {
  const ownHeld = new Map(own?.permissions.map((held) => [held.permission, held]));
  const supervisedName = supervised.definition.name;
  return supervised.permissions.flatMap((held): Lack[] => {
    const permission = application.permissions.get(held.permission);
    if (permission === undefined) return [];
    const mine = ownHeld.get(held.permission);
    const reaches = permission.restrictedBy === null || own === null || reachesAllOf(own, supervised);
    const ownRank = mine === undefined || !reaches ? -1 : rankOf(permission, mine.level);
    const wanted = rankOf(permission, held.level);
    let rank = wanted;
    const lapsed = new Set<Related>();
    for (let level = wanted; level > ownRank; level -= 1) {
      const settlement = exceptions.settle(
        (exception) =>
          (exception.role === null || isSame(exception.role, application.name, supervisedName)) &&
          exception.permission?.application === application.name &&
          exception.permission.value.permission === permission.reference &&
          rankOf(permission, exception.permission.value.level) === level,
      );
      if (settlement.excepted) rank = level - 1;
      for (const place of settlement.lapsed) lapsed.add(place);
    }
    if (rank <= ownRank) return [];
    const beyond = reaches || mine === undefined ? [] : appNames(own);
    return [{ application, permission, rank, ownRank, supervised: supervisedName, held, beyond, lapsed: [...lapsed] }];
  });
}

/** Whether one role is for all apps, or at least for the other's. */
function reachesAllOf(one: AnyRole, other: AnyRole): boolean {
  if (one.kind === 'role') return true;
  if (other.kind === 'role') return false;
  const reached = new Set(appNames(one));
  return appNames(other).every((name) => reached.has(name));
}

function appNames(role: AnyRole | null): readonly string[] {
  return role?.kind === 'custom-role' ? role.apps.map(({ name }) => name) : [];
}

/** The role or custom role of a name; null where it could not be resolved, which has been told. */
function roleOf(application: JudgedApplication | undefined, name: string): AnyRole | null {
  const { roles = [], customRoles = [] } = application?.effective ?? {};
  return [...roles, ...customRoles].find(({ definition }) => definition.name === name) ?? null;
}

function levelText({ reference, levels }: Permission, rank: number): string {
  return referenceText({ permission: reference, level: levels[rank]?.name ?? null });
}
