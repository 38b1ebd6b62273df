import type { DesiredState } from '../model/desired-state.ts';
import type { Direction, ProvisioningChange } from '../model/plan.ts';
import type { SignInApplication, SignInPolicy } from '../targets/auth0/action/sign-in-policy.ts';
import { policyIn } from '../targets/auth0/action/sign-in-policy.ts';
import { lowerJustInTime, signInPolicy } from '../targets/auth0/lower-just-in-time.ts';

type Side = Readonly<Record<string, unknown>> | null;

/** What happens to the action and to its binding, as far as anything is known of them. */
export interface SignInMovements {
  readonly action: Movement | undefined;
  readonly binding: Movement | undefined;
}

interface Movement {
  readonly action: string;
  readonly before: Side;
  readonly after: Side;
}

/** To whom something is given: everybody, or the people of a domain. */
interface Given {
  readonly application: string;
  readonly domain: string | null;
  readonly connection: string | null;
  readonly role: string;
  readonly title: string;
}

/**
 * What changes for people who sign in for the first time: what the code that is bound gives, against what the code that will be
 * bound gives. Code whose roles have no ids yet is not known before it is written; it gives what is declared.
 */
export function provisioningChanges({ action, binding }: SignInMovements, desired: DesiredState): ProvisioningChange[] {
  if (action === undefined) return [];
  const wasBound = hasBefore(action) && binding !== undefined && hasBefore(binding);
  const isBound = action.action !== 'remove' && binding !== undefined && binding.action !== 'remove';
  const code = { before: action.before?.code, after: action.after?.code };
  const before = givenBy(wasBound ? policyIn(code.before) : null, desired);
  const after = givenBy(isBound ? (policyIn(code.after) ?? declared(desired)) : null, desired);
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    ruleChange(key, before, after, desired),
  );
  if (changes.length > 0 || !wasBound || !isBound || code.before === code.after) return changes;
  return [...after.values()].filter(({ domain }) => domain === null).map(rewritten);
}

function hasBefore({ action, before }: Movement): boolean {
  return before !== null && action !== 'create' && action !== 'adopt';
}

function declared(desired: DesiredState): SignInPolicy | null {
  const lowered = lowerJustInTime(desired, {});
  return lowered === null ? null : signInPolicy(lowered, () => '');
}

/** What is given to whom, with the names that applications have now. */
function givenBy(policy: SignInPolicy | null, { applications }: DesiredState): ReadonlyMap<string, Given> {
  const nameNow = (old: string) =>
    applications.find(({ name, formerly }) => [name, ...formerly].includes(old))?.name ?? old;
  const rules = (policy?.applications ?? []).flatMap((one) => rulesOf(one, nameNow(one.application)));
  return new Map(rules.map((given) => [keyOf(given), given]));
}

function rulesOf({ default: usual, byEmailDomain }: SignInApplication, application: string): readonly Given[] {
  return [
    { application, domain: null, connection: null, role: usual.role, title: usual.title },
    ...byEmailDomain.map(({ domain, connection, role, title }) => ({ application, domain, connection, role, title })),
  ];
}

function keyOf({ application, domain, connection }: Pick<Given, 'application' | 'domain' | 'connection'>): string {
  return [application, domain ?? '', connection ?? ''].join('\0');
}

function ruleChange(
  key: string,
  before: ReadonlyMap<string, Given>,
  after: ReadonlyMap<string, Given>,
  desired: DesiredState,
): readonly ProvisioningChange[] {
  const [old, now] = [before.get(key), after.get(key)];
  const given = now ?? old;
  if (given === undefined) return [];
  const roles = desired.applications.find(({ name }) => name === given.application)?.roles ?? [];
  const roleOf = (name: string) => roles.find((role) => role.name === name || role.formerly.includes(name)) ?? null;
  const nameNow = (one: Given | undefined) => (one === undefined ? null : (roleOf(one.role)?.name ?? one.role));
  if (nameNow(old) === nameNow(now)) return [];
  // Who is not meant by a rule any more is given what everybody is.
  const usual = keyOf({ application: given.application, domain: null, connection: null });
  const scopesOf = (one: Given | undefined) => (one === undefined ? [] : (roleOf(one.role)?.scopes ?? null));
  return [
    {
      subject: 'provisioning',
      reach: 'newcomers',
      action: old === undefined ? 'add' : now === undefined ? 'remove' : 'update',
      application: given.application,
      ...{ role: given.role, title: given.title, domain: given.domain, connection: given.connection },
      formerTitle: old !== undefined && now !== undefined ? old.title : null,
      direction: directionOfGiving(
        scopesOf(old ?? before.get(usual)),
        scopesOf(now ?? after.get(usual)),
        now !== undefined,
      ),
    },
  ];
}

/** Null: nobody knows what the role may do, which is then taken for more than anything. */
export function directionOfGiving(
  before: readonly string[] | null,
  after: readonly string[] | null,
  isGiven: boolean,
): Direction {
  if (before === null) return isGiven ? 'widening' : 'narrowing';
  if (after === null || after.some((scope) => !before.includes(scope))) return 'widening';
  return isGiven && before.length === 0 ? 'widening' : 'narrowing';
}

function rewritten({ application, role, title }: Given): ProvisioningChange {
  return {
    subject: 'provisioning',
    reach: 'newcomers',
    action: 'rewrite',
    ...{ application, role, title },
    ...{ domain: null, connection: null, formerTitle: null },
    direction: 'neutral',
  };
}
