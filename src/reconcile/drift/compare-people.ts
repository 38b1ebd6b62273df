import { byCodePoint } from '../../language/source.ts';
import type { DesiredState } from '../../model/desired-state.ts';
import type { HolderDeviation } from '../../model/drift.ts';
import { accountText } from '../../model/link/link-assignment.ts';
import type { Pins } from '../../stack/accounts.ts';
import { idOf } from '../../stack/accounts.ts';
import type { MatchedRole } from './match-roles.ts';

/** The people of a tenant, as far as declared roles are concerned. */
export interface ObservedPeople {
  /** Ids of users by the id of the role that they hold. */
  readonly holders: ReadonlyMap<string, ReadonlySet<string>>;
  /** The accounts of the addresses that are declared. */
  readonly accounts: Pins;
}

/** Who is declared to hold a role and does not, each once for a role. A role that is missing is told by itself. */
export function comparePeople(
  { applications }: DesiredState,
  matched: readonly MatchedRole[],
  { holders, accounts }: ObservedPeople,
): readonly HolderDeviation[] {
  return applications.flatMap((application) => {
    const missing = application.holders.flatMap(({ role, assignment, account }): HolderDeviation[] => {
      const match = matched.find((one) => one.application === application && one.declared.name === role);
      const id = idOf(account, accounts);
      if (!match?.observed || id === undefined || holders.get(match.observed.id)?.has(id)) return [];
      const who = { account: accountText(account), assignment };
      const what = { application: application.name, role, title: match.declared.title };
      return [{ subject: 'holder', ...what, ...who, direction: 'narrowing', dangers: [], repairs: ['up'] }];
    });
    return missing.toSorted((a, b) => byCodePoint(a.role, b.role) || byCodePoint(a.account, b.account));
  });
}
