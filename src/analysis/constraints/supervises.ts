import type { Diagnostic, Related } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { Permission } from '../../model/definitions.ts';
import type { HeldPermission } from '../../model/effective-model.ts';
import { referenceText } from '../../model/reference-text.ts';
import { rankOf } from '../../model/resolve/hold.ts';
import { chainRelated } from './chain-related.ts';
import type { Holder, JudgedApplication, RuleContext, RuleOf } from './rule-context.ts';
import { applicationOf, isSame, nameIn, roleOf } from './rule-context.ts';

/** A permission that a supervised role holds and the supervisor lacks, at the highest level that is not excepted. */
interface Lack {
  readonly application: JudgedApplication;
  readonly permission: Permission;
  readonly rank: number;
  /** The highest rank that the supervisor has, for whatever the supervised one reaches; -1: none. */
  readonly ownRank: number;
  readonly supervised: string;
  readonly held: HeldPermission;
  /** The supervisor's apps, where it has this level for these and the supervised role for others too. */
  readonly beyond: readonly string[];
  readonly lapsed: readonly Related[];
}

/**
 * `supervises`: the supervisor holds whatever the supervised roles hold, at least at their level, and for every app that
 * they reach. Each lacking permission is told once, at the supervisor in the constraint, with the lines that give it to
 * those who hold it. An exception that names a level says that the supervisor need not hold that level, nor any above.
 */
export function checkSupervises(rule: RuleOf<'supervises'>, context: RuleContext): readonly Diagnostic[] {
  const { constraint } = context;
  const supervisor = roleOf(applicationOf(context, rule.supervisor.application), rule.supervisor.value.name);
  if (supervisor === null) return [];
  const lacks = rule.supervised.flatMap(({ application: name, value }) => {
    const application = applicationOf(context, name);
    const supervised = roleOf(application, value.name);
    if (supervised === null) return [];
    // Of another application it holds nothing.
    const holder = name === rule.supervisor.application ? supervisor : null;
    return lacksOf({ holder, onlyFor: narrowerApps(supervisor, supervised) }, supervised, application, context);
  });
  const byPermission = Map.groupBy(lacks, (lack) => `${lack.application.name}/${lack.permission.reference}`);
  return [...byPermission.values()].map((same) => {
    const { application, permission, rank, ownRank, beyond } = same.reduce((a, b) => (graver(b, a) ? b : a));
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
    return diagnostic('RW5302', rule.supervisor.value.place, parameters, { related: chains, help });
  });
}

/** What the supervisor has to set against what a supervised role holds. */
interface Own {
  readonly holder: Holder | null;
  /** Its apps, where the supervised role reaches others too; none: no app is missing. */
  readonly onlyFor: readonly string[];
}

function lacksOf(
  own: Own,
  supervised: Holder,
  application: JudgedApplication,
  { exceptions }: RuleContext,
): readonly Lack[] {
  const ownHeld = new Map(own.holder?.permissions.map((held) => [held.permission, held]));
  const supervisedHeld = new Map(supervised.permissions.map((held) => [held.permission, held]));
  const supervisedName = supervised.definition.name;
  return [...application.permissions.values()].flatMap((permission): Lack[] => {
    const held = supervisedHeld.get(permission.reference);
    if (held === undefined) return [];
    const mine = ownHeld.get(permission.reference);
    const highest = mine === undefined ? -1 : rankOf(permission, mine.level);
    const onlyFor = permission.restrictedBy === null ? [] : own.onlyFor;
    const ownRank = onlyFor.length === 0 ? highest : -1;
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
    const beyond = rank > highest ? [] : onlyFor;
    return [{ application, permission, rank, ownRank, supervised: supervisedName, held, beyond, lapsed: [...lapsed] }];
  });
}

/** The apps that a supervisor is narrowed to, unless the supervised role is narrowed to no others. */
function narrowerApps(supervisor: Holder, supervised: Holder): readonly string[] {
  if (supervisor.kind === 'role') return [];
  const reached = supervisor.apps.map(({ name }) => name);
  const isEnough = supervised.kind === 'custom-role' && supervised.apps.every(({ name }) => reached.includes(name));
  return isEnough ? [] : reached;
}

/** Whether a lack is of a higher level, or of more levels below the same one. */
function graver(one: Lack, other: Lack): boolean {
  return one.rank > other.rank || (one.rank === other.rank && one.ownRank < other.ownRank);
}

function levelText({ reference, levels }: Permission, rank: number): string {
  return referenceText({ permission: reference, level: levels[rank]?.name ?? null });
}
