import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { Exception, Purpose, Qualified, Reference } from '../../model/definitions.ts';
import type { HeldPermission } from '../../model/effective-model.ts';
import { accountText, isAccount } from '../../model/link/link-assignment.ts';
import { purposesOf } from '../../model/purposes.ts';
import { referenceText } from '../../model/reference-text.ts';
import { chainRelated } from './chain-related.ts';
import type { Share } from './people.ts';
import { people } from './people.ts';
import type { JudgedApplication, RuleContext, RuleOf } from './rule-context.ts';
import { constraintRelated, heldAtLeast, isSame, nameIn } from './rule-context.ts';

/** One permission that a person holds, by one assignment. */
interface Holding {
  readonly asked: Qualified<Reference>;
  readonly held: HeldPermission;
  readonly share: Share;
}

/**
 * A person with two of the permissions by two assignments, also of two applications. Where one assignment gives both, it
 * is its role that breaks the rule, and its people are not told again. Two assignments whose roles are never in
 * environments of one purpose do not meet.
 */
export function checkSeparatePeople(
  rule: RuleOf<'separate'>,
  applications: readonly JudgedApplication[],
  context: RuleContext,
): readonly Diagnostic[] {
  return people(applications).flatMap((shares) => checkPerson(shares, rule, context));
}

function checkPerson(shares: readonly Share[], rule: RuleOf<'separate'>, context: RuleContext): readonly Diagnostic[] {
  const holdings = rule.permissions.map((asked) => shares.flatMap((share) => holdingOf(share, asked) ?? []));
  return holdings.flatMap((others, index) => {
    const earlier = holdings.slice(0, index);
    return earlier.flatMap((ones) => conflict(ones, others, context) ?? []).slice(0, 1);
  });
}

function holdingOf(share: Share, asked: Qualified<Reference>): Holding | null {
  const { application, assignment } = share;
  if (asked.application !== application.name) return null;
  const held = heldAtLeast(assignment.permissions, asked.value, application);
  return held === null ? null : { asked, held, share };
}

/**
 * What is told of a person who has both permissions, at the assignment that brings the second; null where all is
 * excepted, or one assignment gives both. Every pair is asked for its exception, so that none seems unused.
 */
function conflict(ones: readonly Holding[], others: readonly Holding[], context: RuleContext): Diagnostic | null {
  if (ones.some(({ share }) => others.some((other) => other.share === share))) return null;
  const pairs = ones.flatMap((one) => others.map((other) => [one, other] as const));
  const told = pairs.filter(([one, other]) => meet(one.share, other.share)).flatMap((pair) => tell(...pair, context));
  return told[0] ?? null;
}

function tell(one: Holding, other: Holding, { constraint, exceptions }: RuleContext): readonly Diagnostic[] {
  const settlement = exceptions.settle((exception) => [one, other].some(({ share }) => isNamed(share, exception)));
  if (settlement.excepted) return [];
  const text = ({ asked, held }: Holding): string => nameIn(constraint, asked.application, referenceText(held));
  const parameters = {
    holder: accountText(other.share.user.account),
    one: text(one),
    other: text(other),
    constraint: constraint.name,
  };
  const related = [
    { message: 'the other assignment', place: one.share.user.place },
    ...chainRelated(one.held),
    ...chainRelated(other.held),
    constraintRelated(constraint),
    ...settlement.lapsed,
  ];
  return [diagnostic('RW5301', other.share.user.place, parameters, { related })];
}

/** Whether an exception names the person, as written or as messages write it, or the assignment. */
function isNamed({ application, assignment, user: { account } }: Share, exception: Exception): boolean {
  if (isSame(exception.assignment, application.name, assignment.definition.name)) return true;
  return exception.user !== null && isAccount(exception.user.name, account);
}

function meet(one: Share, other: Share): boolean {
  const there = wherever(other);
  return wherever(one).some((purpose) => there.includes(purpose));
}

/** The purposes of the environments in which the role of an assignment may be. */
function wherever({ application, assignment }: Share): readonly Purpose[] {
  const { name } = assignment.definition.role;
  return application.holders.flatMap(({ definition }) => (definition.name === name ? purposesOf(definition) : []));
}
