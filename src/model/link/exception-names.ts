import type { Place } from '../../language/source.ts';
import type { Rule } from '../definitions.ts';
import type { Collector } from './collector.ts';

type Key = 'role' | 'assignment' | 'permission' | 'user';

/** What an exception to each rule must name, and what it may name besides; anything else would except nothing. */
const namesOf: Readonly<Record<Rule['kind'], { readonly oneOf: readonly Key[]; readonly also: readonly Key[] }>> = {
  separate: { oneOf: ['role', 'assignment', 'user'], also: [] },
  supervises: { oneOf: ['permission'], also: ['role'] },
  reserved: { oneOf: ['role'], also: ['permission'] },
  holders: { oneOf: ['role'], also: [] },
  never: { oneOf: ['role'], also: ['permission'] },
};

/**
 * Refuses an exception that does not name exactly what its rule can except, at the first key that is too much, or else
 * at its beginning.
 *
 * @param locate where a key of the exception stands; its beginning for one that is not written
 */
export function checkExceptionNames(
  rule: Rule['kind'],
  written: Readonly<Partial<Record<Key, string | undefined>>>,
  locate: (key: Key) => Place,
  collector: Collector,
): void {
  const keys: readonly Key[] = ['role', 'assignment', 'permission', 'user'];
  const named = keys.filter((key) => written[key] !== undefined);
  const { oneOf, also } = namesOf[rule];
  const needed = named.filter((key) => oneOf.includes(key));
  if (needed.length === 1 && named.every((key) => oneOf.includes(key) || also.includes(key))) return;
  const needless = named.filter((key) => !also.includes(key) && key !== needed[0])[0];
  const found = named.length === 0 ? 'nothing' : named.join(' and ');
  const besides = also.length === 0 ? '' : `, perhaps with ${also.join(' and ')}`;
  const missing = oneOf.find((key) => !named.includes(key)) ?? 'role';
  collector.report(
    'RW5205',
    locate(needless ?? missing),
    { rule, found },
    { expected: `${oneOf.join(' or ')}${besides}` },
  );
}
