import type { Danger, DangerReason } from '../../model/drift.ts';
import type { Access, Direction } from '../../model/plan.ts';
import { directionOf } from '../access.ts';
import { isMarker } from './access-of-grants.ts';

/** What each reason does, the gravest first. */
const harms: Readonly<Record<DangerReason, Danger['harm']>> = {
  'roles-not-enforced': 'escalation',
  'restriction-lifted': 'escalation',
  'sensitive-access': 'escalation',
  'undeclared-access': 'escalation',
  'restriction-exchanged': 'escalation',
  'same-title': 'escalation',
  'longer-tokens': 'escalation',
  'api-missing': 'outage',
  'marker-missing': 'outage',
  'markers-clash': 'outage',
  'restriction-laid-on': 'outage',
};
const order = Object.keys(harms) as readonly DangerReason[];

/** The dangers of these reasons, the gravest first. */
export function dangersOf(reasons: readonly DangerReason[]): readonly Danger[] {
  return order.filter((reason) => reasons.includes(reason)).map((reason) => ({ harm: harms[reason], reason }));
}

/** What is dangerous about access that a role has and should not have; nothing where it gives nothing. */
export function reasonsOfMore(more: readonly Access[]): readonly DangerReason[] {
  const giving = more.filter(({ kind }) => kind !== 'restriction');
  if (giving.length === 0) return [];
  return [giving.some(({ sensitive }) => sensitive) ? 'sensitive-access' : 'undeclared-access'];
}

/**
 * What a role's markers do that are not the one it is declared to carry. Whoever decides denies what is restricted to apps to a token
 * without a marker, and to one with two.
 *
 * @param declared the scopes of the role as declared
 * @param observed the same at the tenant
 */
export function reasonsOfMarkers(declared: readonly string[], observed: readonly string[]): readonly DangerReason[] {
  const [wanted] = declared.filter(isMarker);
  const [there, ...more] = observed.filter(isMarker);
  if (wanted === undefined) return [];
  if (there === undefined) return ['marker-missing'];
  if (more.length > 0) return ['markers-clash'];
  if (there === wanted) return [];
  if (there === 'restriction:none') return ['restriction-lifted'];
  return [wanted === 'restriction:none' ? 'restriction-laid-on' : 'restriction-exchanged'];
}

/** The direction of what a role holds more and less; a danger says it where no permission does. */
export function directionOfRole(
  more: readonly Access[],
  less: readonly Access[],
  dangers: readonly Danger[],
): Direction {
  if (dangers.some(({ harm }) => harm === 'escalation')) return 'widening';
  if (dangers.length > 0) return 'narrowing';
  return directionOf(more, less);
}
