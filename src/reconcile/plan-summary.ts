import type { Access, Change, PlanSummary } from '../model/plan.ts';

/** Counts a plan's changes. Apps, vendors, resellers and restriction markers are no grants of their own. */
export function summarise(changes: readonly Change[]): PlanSummary {
  const roles = changes.filter((change) => change.subject === 'role');
  const applications = changes.filter((change) => change.subject === 'application');
  const holders = changes.filter((change) => change.subject === 'holder');
  const given = changes
    .filter((change) => change.subject === 'provisioning')
    .filter(({ action }) => action !== 'rewrite');
  const rules = given.filter(({ reach }) => reach === 'newcomers');
  const defaults = given.filter(({ reach }) => reach === 'everybody');
  const count = (list: readonly Change[], ...actions: readonly Change['action'][]) =>
    list.filter(({ action }) => actions.includes(action)).length;
  return {
    rolesCreated: count(roles, 'create'),
    rolesChanged: count(roles, 'update', 'adopt'),
    rolesRemoved: count(roles, 'remove'),
    grantsAdded: roles.reduce((sum, { gains }) => sum + grants(gains), 0),
    grantsRemoved: roles.reduce((sum, { loses }) => sum + grants(loses), 0),
    applicationsCreated: count(applications, 'create'),
    applicationsRemoved: count(applications, 'remove'),
    peopleAdded: count(holders, 'add'),
    peopleRemoved: count(holders, 'remove'),
    ...(rules.length === 0 ? {} : { provisioningChanged: rules.length }),
    ...(defaults.length === 0 ? {} : { defaultRolesChanged: defaults.length }),
  };
}

function grants(access: readonly Access[]): number {
  return access.filter(({ kind }) => kind === 'permission' || kind === 'unknown').length;
}
