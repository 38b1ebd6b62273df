import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { Place } from '../../language/source.ts';
import { formatPlace } from '../../language/source.ts';
import type { Constraint, Environment } from '../../model/definitions.ts';
import type { Difference } from '../../model/difference.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import { environmentPairs } from './environments.ts';
import type { Refusal } from './refusals.ts';
import { refusal } from './refusals.ts';
import { applicationPairs } from './sides.ts';
import { translatedConstraint } from './translate-constraint.ts';

/**
 * The head's applications under the base's constraints and exceptions, in the head's names, so that a change is held to the
 * rules as they were: to be given to `checkConstraints`. An environment whose purpose changes is judged for both purposes.
 */
export function judgedByBase(base: EffectiveModel, head: EffectiveModel): EffectiveModel {
  const pairs = applicationPairs(base, head);
  const constraints = base.constraints.flatMap((constraint) => translatedConstraint(constraint, pairs) ?? []);
  const before = environmentPairs(base, head).flatMap((pair): readonly Environment[] => {
    if (pair.base === null || pair.head === null || pair.base.purpose === pair.head.purpose) return [];
    return [{ ...pair.head, purpose: pair.base.purpose }];
  });
  return { applications: head.applications, constraints, environments: [...head.environments, ...before] };
}

/** The codes of broken constraints; what is said of the exceptions themselves breaks nothing. */
const brokenCodes: readonly string[] = ['RW5301', 'RW5302', 'RW5303', 'RW5304', 'RW5305'];

/** Those of them that only more access can break. */
const brokenByGains: readonly string[] = ['RW5301', 'RW5303', 'RW5305'];

/**
 * The constraints that are broken after a change and were not before it, both judged by the same rules: what
 * `checkConstraints` says of the base, and of `judgedByBase`.
 */
export function brokenByChange(before: readonly Diagnostic[], after: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = new Set(before.map(({ code, message }) => `${code} ${message}`));
  return after.filter(({ code, message }) => brokenCodes.includes(code) && !known.has(`${code} ${message}`));
}

/** Refuses what the base's constraints refuse. An expired exception never stands in the way of what only takes away. */
export function baseConstraintRefusals(
  difference: Difference,
  base: EffectiveModel,
  broken: readonly Diagnostic[],
): readonly Refusal[] {
  const { summary, environments, control } = difference;
  const isNarrowing =
    summary.widening === 0 && environments.length === 0 && !control.some(({ subject }) => subject === 'purpose');
  const ruleAt = new Map(
    base.constraints.flatMap((constraint) =>
      placesIn(constraint).map((place) => [formatPlace(place), constraint.name] as const),
    ),
  );
  const isOfHead = (place: Place) => !ruleAt.has(formatPlace(place));
  return broken
    .filter(({ code }) => !(isNarrowing && brokenByGains.includes(code)))
    .map(({ code, message, place, related }) => {
      const places = [...(place === null ? [] : [place]), ...related.map((item) => item.place)];
      const [rule] = places.flatMap((named) => ruleAt.get(formatPlace(named)) ?? []);
      const parameters = { base: difference.base, broken: `${message} (${code})` };
      return refusal(rule === undefined ? 'base-constraint' : `base-constraint:${rule}`, (help) =>
        diagnostic('RW6614', place !== null && isOfHead(place) ? place : null, parameters, {
          related: related.filter((item) => isOfHead(item.place)),
          help,
        }),
      );
    });
}

/** Every place of a constraint that a diagnostic may name; they are in the base's files, and would mislead at the head. */
function placesIn({ place, rule, exceptions }: Constraint): readonly Place[] {
  const named = (): readonly { readonly value: { readonly place: Place } }[] => {
    switch (rule.kind) {
      case 'supervises':
        return [rule.supervisor, ...rule.supervised];
      case 'holders':
        return [rule.role];
      case 'reserved':
        return [...rule.permissions, ...rule.roles];
      default:
        return rule.permissions;
    }
  };
  return [place, ...named().map(({ value }) => value.place), ...exceptions.map((exception) => exception.place)];
}
