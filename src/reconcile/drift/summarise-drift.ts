import type { Deviation, DriftSummary, RoleDeviation } from '../../model/drift.ts';
import type { Access, Direction } from '../../model/plan.ts';

/** Counts over the deviations. */
export function summariseDrift(deviations: readonly Deviation[]): DriftSummary {
  const roles = deviations.filter((one) => one.subject === 'role');
  const inSituation = (...situations: readonly RoleDeviation['situation'][]) =>
    roles.filter(({ situation }) => situations.includes(situation));
  const heading = (direction: Direction) => deviations.filter((one) => one.direction === direction).length;
  const harming = (harm: 'escalation' | 'outage') =>
    deviations.filter(({ dangers }) => dangers.some((danger) => danger.harm === harm)).length;
  const permissions = (access: readonly Access[]) => access.filter(({ kind }) => kind !== 'restriction').length;
  const sum = (of: (role: RoleDeviation) => number) => roles.reduce((total, role) => total + of(role), 0);
  return {
    widening: heading('widening'),
    narrowing: heading('narrowing'),
    neutral: heading('neutral'),
    apisDiffering: new Set(
      deviations
        .filter(({ subject }) => subject === 'api' || subject === 'catalog')
        .map(({ application }) => application),
    ).size,
    rolesDiffering: inSituation('differs').length,
    rolesMissing: inSituation('missing').length,
    rolesUndeclared: new Set(inSituation('undeclared', 'twin').map(({ id }) => id)).size,
    permissionsMore: sum(
      ({ more, elsewhere }) => permissions(more) + permissions(elsewhere.flatMap(({ access }) => access)),
    ),
    permissionsLess: sum(({ less }) => permissions(less)),
    peopleMissing: deviations.filter(({ subject }) => subject === 'holder').length,
    dangerous: harming('escalation'),
    outages: harming('outage'),
  };
}
