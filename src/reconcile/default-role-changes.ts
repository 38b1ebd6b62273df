import type { DesiredApplication, DesiredState } from '../model/desired-state.ts';
import type { ProvisioningChange } from '../model/plan.ts';
import { namesOf } from '../stack/logical-name.ts';
import { directionOfGiving } from './provisioning-changes.ts';

/** What happens to one default role, which has the logical name of the role that everybody holds by it. */
interface Movement {
  readonly action: string;
  readonly name: string;
}

/** What everybody comes to hold, and holds no longer: one change for each application, whose default is one role at most. */
export function defaultRoleChanges(
  movements: Iterable<Movement>,
  desired: DesiredState,
  titleOf: (logicalName: string) => string | null,
): ProvisioningChange[] {
  const known = [...movements].map(({ action, name }) => ({ action, ...roleNamed(name, desired, titleOf) }));
  return [...Map.groupBy(known, ({ application }) => application)].flatMap(([application, ofApplication]) => {
    const now = ofApplication.find(({ action }) => action !== 'remove');
    const old = ofApplication.find(({ action }) => action !== 'create' && action !== 'adopt');
    const given = now ?? old;
    if (given === undefined || now?.role === old?.role) return [];
    const scopesOf = (one: Known | undefined) => (one === undefined ? [] : one.scopes);
    return [
      {
        subject: 'provisioning',
        reach: 'everybody',
        action: old === undefined ? 'add' : now === undefined ? 'remove' : 'update',
        application,
        ...{ role: given.role, title: given.title, domain: null, connection: null },
        formerTitle: old !== undefined && now !== undefined ? old.title : null,
        direction: directionOfGiving(scopesOf(old), scopesOf(now), now !== undefined),
      },
    ];
  });
}

interface Known {
  readonly application: string;
  readonly role: string;
  readonly title: string;
  /** Null where nobody knows what the role may do. */
  readonly scopes: readonly string[] | null;
}

/** A role by the names that it and its application have now. */
function roleNamed(name: string, desired: DesiredState, titleOf: (logicalName: string) => string | null): Known {
  const names = namesOf(name);
  const isNamed = (old: string) => (one: Pick<DesiredApplication, 'name' | 'formerly'>) =>
    one.name === old || one.formerly.includes(old);
  const application = desired.applications.find(isNamed(names.application));
  const role = application?.roles.find(isNamed(names.role ?? ''));
  return {
    application: application?.name ?? names.application,
    role: role?.name ?? names.role ?? name,
    title: role?.title ?? titleOf(name) ?? names.role ?? name,
    scopes: role?.scopes ?? null,
  };
}
