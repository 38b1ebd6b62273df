/** What the action knows of the declaration: the one constant in its code. Applications without a policy are not in it. */
export interface SignInPolicy {
  /** The domain of the Management API. */
  readonly tenant: string;
  /** Sorted by name. */
  readonly applications: readonly SignInApplication[];
}

export interface SignInApplication {
  readonly application: string;
  readonly audience: string;
  /** Keys of `app_metadata` under which it is noted what a person has been given; the first is written, all are read. */
  readonly tombstones: readonly [string, ...string[]];
  readonly default: GivenRole;
  readonly byEmailDomain: readonly (GivenRole & { readonly domain: string; readonly connection: string })[];
}

export interface GivenRole {
  /** Its name in YAML. */
  readonly role: string;
  /** Its name at Auth0, by which the action learns of roles that a person holds. */
  readonly title: string;
  /** Its id at Auth0. */
  readonly id: string;
}

const opening = 'const POLICY = ';

/**
 * The policy as a statement of JavaScript. It is JSON and nothing else, with `<` and the two line ends that JavaScript
 * once did not take for characters written as escapes: no value of it ends the text that it stands in.
 */
export function policyStatement(policy: SignInPolicy): string {
  const json = JSON.stringify(policy, null, 2).replace(
    /[<\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${opening}${json};`;
}

/** The policy in an action's code, which somebody may have edited by hand; null where there is none to be understood. */
export function policyIn(code: unknown): SignInPolicy | null {
  if (typeof code !== 'string') return null;
  const [, json] = /^const POLICY = (\{[\s\S]*?\n\});$/mu.exec(code) ?? [];
  try {
    const policy = JSON.parse(json ?? 'null') as SignInPolicy | null;
    return isPolicy(policy) ? policy : null;
  } catch {
    return null;
  }
}

function isPolicy(policy: SignInPolicy | null): policy is SignInPolicy {
  const isGiven = (given: GivenRole | undefined) => typeof given?.role === 'string' && typeof given.title === 'string';
  return (
    Array.isArray(policy?.applications) &&
    policy.applications.every(
      (one) =>
        typeof one?.application === 'string' &&
        isGiven(one.default) &&
        Array.isArray(one.byEmailDomain) &&
        one.byEmailDomain.every(isGiven),
    )
  );
}
