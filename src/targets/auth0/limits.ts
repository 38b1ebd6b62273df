import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { DesiredState } from '../../model/desired-state.ts';
import { actionCode } from './action/action-code.ts';
import { lowerJustInTime, signInPolicy } from './lower-just-in-time.ts';

/** Entity limits of a tenant (Auth0, entity limit policy), and the lengths that its Management API takes. */
export const limits = {
  rolesPerTenant: 1000,
  scopesPerApi: 1000,
  permissionsPerRole: 1000,
  scopeDescription: 500,
  apiName: 200,
  /** In bytes: 100 kB. */
  actionCode: 100_000,
} as const;

/** What Auth0 would refuse of a desired state, as errors; what uses four fifths of a limit, as warnings. */
export function checkLimits(desired: Omit<DesiredState, 'digest'>): readonly Diagnostic[] {
  const environment = desired.environment.name;
  const roles = desired.applications.reduce((sum, application) => sum + application.roles.length, 0);
  return [
    ...count(`roles in ${environment}`, roles, limits.rolesPerTenant),
    ...desired.applications.flatMap((application) => [
      ...count(`scopes of ${application.name} in ${environment}`, application.scopes.length, limits.scopesPerApi),
      ...application.roles.flatMap((role) =>
        count(
          `permissions of ${application.name}/${role.name} in ${environment}`,
          role.scopes.length,
          limits.permissionsPerRole,
        ),
      ),
      ...application.scopes.flatMap(({ value, description }) =>
        length(`the description of the scope ${value}`, description, limits.scopeDescription),
      ),
      ...length(`the title of ${application.name}`, application.title, limits.apiName),
      ...brackets(`the title of ${application.name}`, application.title),
    ]),
    ...signInCode(desired),
  ];
}

/** The ids that the code will have are of one length. */
function signInCode(desired: Omit<DesiredState, 'digest'>): readonly Diagnostic[] {
  const lowered = lowerJustInTime(desired, {});
  if (lowered === null) return [];
  const code = actionCode(signInPolicy(lowered, () => `rol_${'x'.repeat(16)}`));
  const what = `bytes of the sign-in action's code in ${desired.environment.name}`;
  return count(what, Buffer.byteLength(code), limits.actionCode);
}

function count(what: string, found: number, limit: number): readonly Diagnostic[] {
  if (found > limit) return [diagnostic('RW4201', null, { what, count: found, limit })];
  return found >= limit * 0.8 ? [diagnostic('RW4202', null, { what, count: found, limit })] : [];
}

function length(what: string, text: string, limit: number): readonly Diagnostic[] {
  const found = [...text].length;
  return found > limit
    ? [diagnostic('RW4203', null, { what, rule: `has ${found} characters, and at most ${limit} are taken` })]
    : [];
}

/** Auth0: the name of a resource server matches `^[^<>]+$`. */
function brackets(what: string, text: string): readonly Diagnostic[] {
  return /[<>]/u.test(text)
    ? [diagnostic('RW4203', null, { what, rule: 'has "<" or ">", which an API name cannot have' })]
    : [];
}
