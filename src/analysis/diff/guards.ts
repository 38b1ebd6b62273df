import { diagnostic } from '../../language/diagnostic.ts';
import { byCodePoint } from '../../language/source.ts';
import type { Environment } from '../../model/definitions.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import type { Pair } from '../../model/match.ts';
import type { Comparison } from './comparison.ts';
import { roleNow } from './control/environment-changes.ts';
import { environmentPairs } from './environments.ts';
import { holdingsOf } from './holdings.ts';
import { presentIn } from './presence.ts';
import type { Refusal } from './refusals.ts';
import { refusal } from './refusals.ts';
import { removalOf, shareOf } from './removal.ts';
import type { SubjectPair } from './subjects.ts';

/**
 * What the guards of environments refuse, as far as models tell: how much is taken away, and which required roles would be
 * gone or hold nothing. Of the base's guard and the head's the stricter counts. A new environment has nothing to guard.
 */
export function guardRefusals(
  base: EffectiveModel,
  head: EffectiveModel,
  compared: readonly Comparison[],
): readonly Refusal[] {
  return environmentPairs(base, head)
    .toSorted((a, b) => byCodePoint(nameOf(a), nameOf(b)))
    .flatMap((pair) => (pair.base === null ? [] : refusalsIn(pair, compared)));
}

function refusalsIn(pair: Pair<Environment>, compared: readonly Comparison[]): readonly Refusal[] {
  // An environment that is gone is judged as it was.
  const asItWas = { base: pair.base, head: pair.head ?? pair.base };
  const present = compared.flatMap((comparison) => presentIn(asItWas, comparison));
  return [...tooMuchRemoved(pair, present), ...(pair.head === null ? [] : requiredRoles(pair, compared))];
}

function nameOf({ base, head }: Pair<Environment>): string {
  return (head ?? base)?.name ?? '';
}

function tooMuchRemoved(pair: Pair<Environment>, present: readonly SubjectPair[]): readonly Refusal[] {
  const limits = [pair.base, pair.head].flatMap((environment) => environment?.guards.maximumRemoval ?? []);
  const removal = removalOf(present);
  const limit = Math.min(...limits);
  if (limits.length === 0 || shareOf(removal) <= limit) return [];
  const environment = nameOf(pair);
  const parameters = { environment, ...removal, limit };
  return [refusal(`maximum-removal:${environment}`, (help) => diagnostic('RW6611', null, parameters, { help }))];
}

function requiredRoles(pair: Pair<Environment>, compared: readonly Comparison[]): readonly Refusal[] {
  const environment = nameOf(pair);
  const required = new Set([
    ...(pair.base?.guards.requiredRoles ?? []).map((role) => roleNow(role, compared)),
    ...(pair.head?.guards.requiredRoles ?? []).map(({ role }) => role),
  ]);
  return [...required].toSorted(byCodePoint).flatMap((role) => {
    const found = compared.flatMap((comparison) =>
      presentIn(pair, comparison).filter(
        ({ head }) =>
          head !== null && head.kind !== 'assignment' && `${comparison.name}/${head.definition.name}` === role,
      ),
    );
    const [now] = found;
    const parameters = { environment, role };
    const subject = `${environment}:${role}`;
    if (now?.head == null) {
      return [refusal(`required-role:${subject}`, (help) => diagnostic('RW6612', null, parameters, { help }))];
    }
    const isEmptied = now.base !== null && holdingsOf(now.base).size > 0 && holdingsOf(now.head).size === 0;
    if (!isEmptied) return [];
    return [refusal(`emptied-role:${subject}`, (help) => diagnostic('RW6613', null, parameters, { help }))];
  });
}
