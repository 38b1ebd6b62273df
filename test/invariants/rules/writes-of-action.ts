import { isDeepStrictEqual } from 'node:util';
import type { SignInRules } from '../../../src/stack/lowered-just-in-time.ts';
import { lowerJustInTime } from '../../../src/targets/auth0/lower-just-in-time.ts';
import type { Model, Pair } from '../pair.ts';

/**
 * How many writes the action at sign-in needs: made, deployed and bound; unbound and deleted; or written and deployed again,
 * which it always is here: each loopback tenant has a port of its own, and the tenant's address stands in the code. A rule
 * that comes to give another role is suspended meanwhile, which is one time more.
 */
export function writesOfAction({ before, after }: Pair): number {
  const [old, now] = [actionOf(before), actionOf(after)];
  if (now === null) return old === null ? 0 : 2;
  if (old === null) return 3;
  return isDeepStrictEqual(old.applications.map(givenBy), now.applications.map(givenBy)) ? 2 : 4;
}

function actionOf({ desired }: Model) {
  return lowerJustInTime(desired, {});
}

function givenBy({ audience, default: usual, byEmailDomain }: SignInRules<{ readonly logicalName: string }>) {
  const rules = byEmailDomain.map(({ domain, connection, logicalName }) => [domain, connection, logicalName]);
  return [audience, usual.logicalName, rules];
}
