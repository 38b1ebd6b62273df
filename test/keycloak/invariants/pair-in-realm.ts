import type { Model, Pair } from '../../invariants/pair.ts';
import { onKeycloak } from '../../support/keycloak-stack.ts';
import type { TestRealm } from '../realm.ts';

/** The ids that people have in a realm, by those that the pairs know them by. */
export type Census = ReadonlyMap<string, string>;

/** Gives everybody an id who is declared to hold a role, before or after. */
export function censusOf({ before, after }: Pair): Census {
  const holders = [before, after].flatMap(({ desired }) => desired.applications.flatMap((one) => one.holders));
  const known = holders.flatMap(({ account }) => (account.by === 'id' ? [account.id] : []));
  return new Map([...new Set(known)].map((id) => [id, crypto.randomUUID()]));
}

/** The same change of the same applications, in a realm. */
export function pairInRealm(pair: Pair, realm: TestRealm, census: Census): Pair {
  const inRealm = ({ desired, policies }: Model): Model => {
    const applications = desired.applications.map((application) => ({
      ...application,
      holders: application.holders.map(({ account, ...holder }) => ({
        ...holder,
        account: account.by === 'id' ? { ...account, id: census.get(account.id) ?? account.id } : account,
      })),
    }));
    return { desired: onKeycloak({ ...desired, applications }, realm), policies };
  };
  return { ...pair, before: inRealm(pair.before), after: inRealm(pair.after) };
}
