import type { LoweredGiven, LoweredJustInTime, LoweredSignIn } from '../stack/lowered-just-in-time.ts';
import { justInTimeName } from '../stack/lowered-just-in-time.ts';
import type { LoweredState } from '../stack/lowered-state.ts';
import { kinds } from '../stack/resource-kinds.ts';
import type { GivenRole, SignInApplication } from '../targets/auth0/action/sign-in-policy.ts';
import { policyIn } from '../targets/auth0/action/sign-in-policy.ts';
import { mayBeUndeployed } from './settle-action.ts';
import type { StackState } from './state.ts';
import { signInAction } from './state.ts';

/**
 * The stages with what is given at sign-in meanwhile: only what was given before and is given afterwards. A role on its way
 * from one set to another may for a time hold both, which nobody new is to see; and who is to be given one must not come
 * upon one that is not there yet.
 *
 * Where the action may have been left with code that was not deployed, the first stage takes back that it be deployed: nothing
 * else makes the provider deploy what is there already.
 */
export function withSignIn(
  stages: readonly LoweredState[],
  { seen, state }: { readonly seen: StackState; readonly state: StackState },
): readonly LoweredState[] {
  const last = stages.at(-1);
  if (last === undefined) return stages;
  const meanwhile = kept(last, seen);
  const settled = stages.map((stage) => (stage === last ? stage : { ...stage, justInTime: meanwhile }));
  const [first] = settled;
  if (!mayBeUndeployed(state) || first?.justInTime == null) return settled;
  const bound = seen.resources.some(({ type, name }) => type === kinds.binding && name === justInTimeName);
  const undeployed = { ...first, justInTime: { ...first.justInTime, deploy: false, bound } };
  return [undeployed, ...(settled.length === 1 ? settled : settled.slice(1))];
}

/** The action with the applications whose every rule is in force already; null where there is no action yet, or none any more. */
function kept({ justInTime, applications }: LoweredState, seen: StackState): LoweredJustInTime | null {
  const action = signInAction(seen.resources);
  if (justInTime === null || action === null) return null;
  const before = policyIn(action.holds.code)?.applications ?? [];
  const roles = applications.flatMap((application) => application.roles);
  const idOf = (name: string) => {
    const formerly = roles.find(({ logicalName }) => logicalName === name)?.formerly ?? [];
    return seen.resources.find((one) => one.type === kinds.role && [name, ...formerly].includes(one.name))?.id ?? null;
  };
  const isSame = (given: LoweredGiven, old: GivenRole | undefined) => old?.id === idOf(given.logicalName);
  const isInForce = (application: LoweredSignIn, old: SignInApplication | undefined) =>
    isSame(application.default, old?.default) &&
    application.byEmailDomain.every((rule) =>
      isSame(
        rule,
        old?.byEmailDomain.find(({ domain, connection }) => domain === rule.domain && connection === rule.connection),
      ),
    );
  return {
    ...justInTime,
    applications: justInTime.applications.filter((application) =>
      isInForce(
        application,
        before.find(({ audience }) => audience === application.audience),
      ),
    ),
  };
}
