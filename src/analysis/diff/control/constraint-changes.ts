import type { Constraint, Exception } from '../../../model/definitions.ts';
import type { ControlChange } from '../../../model/difference.ts';
import type { Pair } from '../../../model/match.ts';
import { matched } from '../../../model/match.ts';
import type { ApplicationPair } from '../sides.ts';
import { translatedConstraint } from '../translate-constraint.ts';
import { isLoosened } from './loosened-rule.ts';
import { exceptedWords, ruleWords } from './rule-words.ts';

/** Constraints of two models, each with its counterpart; a name is its application's own. */
export function constraintPairs(
  base: readonly Constraint[],
  head: readonly Constraint[],
  applications: readonly ApplicationPair[],
): readonly Pair<Constraint>[] {
  const now = (name: string | null) =>
    applications.find((pair) => pair.base?.application.definition.name === name)?.name ?? name;
  const owners = new Set([...base.map(({ application }) => now(application)), ...head.map((item) => item.application)]);
  return [...owners].flatMap((owner) =>
    matched(
      base.filter(({ application }) => now(application) === owner),
      head.filter(({ application }) => application === owner),
    ),
  );
}

/** Rules that are new, gone or otherwise, and what is excepted from them. */
export function constraintChanges(
  pairs: readonly Pair<Constraint>[],
  applications: readonly ApplicationPair[],
): readonly ControlChange[] {
  return pairs.flatMap(({ base, head }) => {
    if (head === null) return base === null ? [] : [removed(base, applications)];
    if (base === null) return [added(head)];
    const before = translatedConstraint(base, applications);
    return [
      ...ruleChange(base, before, head, applications),
      ...exceptionChanges(before?.exceptions ?? [], head.exceptions, head),
    ];
  });
}

function added({ name, application, rule, exceptions, place }: Constraint): ControlChange {
  const excepted = exceptions.map((exception) => `, but for ${exceptedWords(exception)}`).join('');
  const detail = `${ruleWords(rule)}${excepted}`;
  return {
    subject: 'constraint',
    action: 'added',
    application,
    name,
    detail,
    loosens: false,
    place: { side: 'head', ...place },
  };
}

function removed(base: Constraint, applications: readonly ApplicationPair[]): ControlChange {
  const { name, application, rule, place } = base;
  const loosens = translatedConstraint(base, applications) !== null;
  const detail = loosens ? ruleWords(rule) : `${ruleWords(rule)}, of which nothing is left`;
  return {
    subject: 'constraint',
    action: 'removed',
    application,
    name,
    detail,
    loosens,
    place: { side: 'base', ...place },
  };
}

function ruleChange(
  base: Constraint,
  before: Constraint | null,
  { name, application, rule, place }: Constraint,
  applications: readonly ApplicationPair[],
): readonly ControlChange[] {
  const words = ruleWords(rule);
  if (before !== null && ruleWords(before.rule) === words) return [];
  const loosens = before !== null && isLoosened(before.rule, rule, applications);
  const detail = `${words} (before: ${ruleWords(base.rule)})`;
  return [
    { subject: 'constraint', action: 'changed', application, name, detail, loosens, place: { side: 'head', ...place } },
  ];
}

function exceptionChanges(
  base: readonly Exception[],
  head: readonly Exception[],
  { name, application }: Constraint,
): readonly ControlChange[] {
  const change = (
    side: 'base' | 'head',
    exception: Exception,
    rest: Pick<ControlChange, 'action' | 'loosens' | 'detail'>,
  ) => ({
    subject: 'exception' as const,
    application,
    name,
    place: { side, ...exception.place },
    ...rest,
  });
  return exceptionPairs(base, head).flatMap((pair): readonly ControlChange[] => {
    if (pair.head === null) {
      if (pair.base === null) return [];
      return [change('base', pair.base, { action: 'removed', loosens: false, detail: exceptionWords(pair.base) })];
    }
    if (pair.base === null) {
      return [change('head', pair.head, { action: 'added', loosens: true, detail: exceptionWords(pair.head) })];
    }
    const words = exceptionWords(pair.head);
    if (words === exceptionWords(pair.base)) return [];
    const loosens = pair.head.validThrough > pair.base.validThrough;
    const was = `until ${pair.base.validThrough}, by ${pair.base.owner}: ${pair.base.reason}`;
    return [change('head', pair.head, { action: 'changed', loosens, detail: `${words} (before: ${was})` })];
  });
}

/** Exceptions that except the same, in the order in which they stand. */
function exceptionPairs(base: readonly Exception[], head: readonly Exception[]): readonly Pair<Exception>[] {
  const left = Map.groupBy(base, exceptedWords);
  const pairs = head.map((exception): Pair<Exception> => {
    return { base: left.get(exceptedWords(exception))?.shift() ?? null, head: exception };
  });
  return [...pairs, ...[...left.values()].flat().map((exception) => ({ base: exception, head: null }))];
}

function exceptionWords(exception: Exception): string {
  const { validThrough, owner, reason } = exception;
  return `for ${exceptedWords(exception)} until ${validThrough}, by ${owner}: ${reason}`;
}
