import type { Matrix, MatrixApplication, MatrixRole } from '../../src/analysis/matrix/matrix.ts';
import type { Policy } from '../../src/authorize/authorize.ts';
import type { Person } from '../../test/keycloak/sign-in.ts';
import { allowPasswords, giveRole, person, signIn } from '../../test/keycloak/sign-in.ts';
import type { RealmByHand } from '../keycloak/realm-by-hand.ts';
import type { Comparison } from './keycloak-tokens.ts';
import { compare, readToken } from './keycloak-tokens.ts';

/** Somebody who holds one role, and nothing else. */
export interface Holder {
  readonly application: MatrixApplication;
  readonly role: MatrixRole;
  readonly person: Person;
}

/** Somebody for every role and custom role of every application. */
export function holdersOf({ applications }: Matrix): readonly Holder[] {
  return applications.flatMap((application) =>
    application.roles.map((role) => ({ application, role, person: person(`${application.name}.${role.name}`) })),
  );
}

/** Gives each their role, by the admin API, and lets them sign in by password. */
export async function employ(
  realm: RealmByHand,
  holders: readonly Holder[],
  policies: readonly Policy[],
): Promise<void> {
  for (const { audience } of policies) await allowPasswords(realm, audience);
  await Promise.all(holders.map((holder) => giveRole(realm, holder.person, holder.role.title)));
}

/** Signs somebody in to the application of their role. */
export async function tokenOf(realm: RealmByHand, holder: Holder, policies: readonly Policy[]): Promise<string> {
  return (await signIn(realm, holder.person, policyOf(holder, policies).audience)).access;
}

/** Signs somebody in, and holds what the token says against the matrix. */
export async function comparisonOf(
  realm: RealmByHand,
  holder: Holder,
  policies: readonly Policy[],
): Promise<Comparison> {
  const token = await tokenOf(realm, holder, policies);
  return compare(holder.application, holder.role, readToken(token, policyOf(holder, policies)));
}

export function policyOf({ application: { name } }: Holder, policies: readonly Policy[]): Policy {
  const policy = policies.find(({ application }) => application === name);
  if (policy === undefined) throw new Error(`there is no policy of ${name}`);
  return policy;
}
