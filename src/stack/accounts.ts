import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { DesiredHolder, DesiredState } from '../model/desired-state.ts';
import { accountKey, accountText, lowerCase } from '../model/link/link-assignment.ts';
import type { AccountReader, TenantAccount } from './tenant.ts';

/** Ids of accounts that are declared by address, by the key of the account: what has been resolved once stays so. */
export type Pins = Readonly<Record<string, string>>;

type ByEmail = Extract<DesiredHolder['account'], { by: 'email' }>;

/** What an address on a connection comes to: one account, or why there is none to be trusted. */
export type Choice =
  | { readonly id: string }
  | { readonly problem: 'none' | 'unverified' | 'several'; readonly ids: readonly string[] };

/** The id of a holder's account; undefined for an address without a pin. */
export function idOf(account: DesiredHolder['account'], pins: Pins): string | undefined {
  return account.by === 'id' ? account.id : pins[accountKey(account)];
}

/** The one account of the connection with this address, verified by that very connection. */
export function chooseAccount(accounts: readonly TenantAccount[], { email, connection }: ByEmail): Choice {
  const found = new Map<string, boolean>();
  for (const { id, identities } of accounts) {
    const vouched = identities.filter(
      (identity) => identity.connection === connection && lowerCase(identity.email) === lowerCase(email),
    );
    if (vouched.length > 0)
      found.set(
        id,
        vouched.some(({ verified }) => verified),
      );
  }
  const verified = [...found].filter(([, isVerified]) => isVerified).map(([id]) => id);
  const [id] = verified;
  if (id !== undefined && verified.length === 1) return { id };
  if (id !== undefined) return { problem: 'several', ids: verified };
  return { problem: found.size === 0 ? 'none' : 'unverified', ids: [...found.keys()] };
}

/**
 * Resolves every account that is declared by address, and sees to it that those declared by id exist. Null if one
 * cannot be resolved: then nobody is given anything. One call for an address that has no pin, two if it has capitals (the
 * tenant tells them apart, people do not), and one for an id to be looked up.
 *
 * @param unknown whether an id must be looked up
 * @throws TenantError
 */
export async function resolveAccounts(
  desired: DesiredState,
  pins: Pins,
  { reader, unknown }: { readonly reader: AccountReader; readonly unknown: (id: string) => boolean },
): Promise<Result<Pins | null>> {
  const holders = desired.applications.flatMap(({ name, holders }) =>
    holders.map(({ account, assignment }) => ({ account, assignment: `${name}/${assignment}` })),
  );
  const resolved: Record<string, string> = {};
  const problems: Diagnostic[] = [];
  for (const [name, held] of Map.groupBy(holders, ({ account }) => accountKey(account))) {
    const account = held[0]?.account;
    const assignments = [...new Set(held.map(({ assignment }) => assignment))].join(', ');
    if (account === undefined) continue;
    if (account.by === 'id') {
      if (!unknown(account.id) || (await reader.hasAccount(account.id))) continue;
      problems.push(diagnostic('RW6514', null, { assignments, id: account.id }, { help: correct }));
      continue;
    }
    const pinned = pins[name];
    const addresses = [...new Set([account.email, lowerCase(account.email)])];
    const choice = pinned === undefined ? chooseAccount(await reader.readAccounts(addresses), account) : { id: pinned };
    if ('id' in choice) resolved[name] = choice.id;
    else problems.push(refusal(choice, assignments, account));
  }
  return [problems.length > 0 ? null : resolved, problems];
}

const correct = 'correct the entry, or remove it; nobody has been given anything';

function refusal(
  { problem, ids }: Extract<Choice, { problem: string }>,
  assignments: string,
  account: ByEmail,
): Diagnostic {
  const parameters = { assignments, account: accountText(account), ids };
  switch (problem) {
    case 'none': {
      const help =
        'write the address as the tenant has it, and the name of its connection; nobody has been given anything';
      return diagnostic('RW6511', null, parameters, { help });
    }
    case 'unverified': {
      const help = 'let the person verify it, or name the account by its id; nobody has been given anything';
      return diagnostic('RW6512', null, parameters, { help });
    }
    case 'several':
      return diagnostic('RW6513', null, parameters, {
        help: 'name the right one by its id; nobody has been given anything',
      });
  }
}
