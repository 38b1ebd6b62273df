import { formatPlace } from '../../language/source.ts';
import type { Constraint, Rule } from '../../model/definitions.ts';
import type { DesiredState } from '../../model/desired-state.ts';
import type { AuditRule, Titled } from './finding.ts';

/** A constraint of one kind, with those of its exceptions whose last day is not over. */
export type LiveConstraint<K extends Rule['kind']> = Omit<Constraint, 'rule'> & {
  readonly rule: Extract<Rule, { readonly kind: K }>;
};

/** A constraint as a finding names it. */
export function ruleOf({ application, name, place }: Omit<Constraint, 'rule'>): AuditRule {
  return {
    kind: 'constraint',
    name: application === null ? name : `${application}/${name}`,
    place: formatPlace(place),
  };
}

/** The application that a constraint belongs to; null where it spans several. */
export function applicationOf(
  { application }: Pick<Constraint, 'application'>,
  { applications }: DesiredState,
): Titled | null {
  const found = applications.find(({ name }) => name === application);
  return found === undefined ? null : { name: found.name, title: found.title };
}
