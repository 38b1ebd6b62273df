import type { Result } from '../../language/diagnostic.ts';
import type { DesiredState } from '../../model/desired-state.ts';
import type { Drift } from '../../model/drift.ts';
import type { NameChoice } from '../../model/name-choice.ts';
import { isChosen } from '../../model/name-choice.ts';
import type { ObservedState } from '../../model/observed-state.ts';
import { idOf, resolveAccounts } from '../../stack/accounts.ts';
import type { Tenant } from '../../stack/tenant.ts';
import type { Environment } from '../engine.ts';
import { cancelled, failureOfClient } from '../failures.ts';
import { reachTenant } from '../reach-tenant.ts';
import { defaultPatience } from '../request.ts';
import type { ObservedPeople } from './compare-people.ts';
import { compareTenant } from './compare-tenant.ts';
import { includingNothing } from './including-nothing.ts';
import { matchRoles } from './match-roles.ts';

/** What is asked. */
export interface DriftRequest {
  readonly desired: DesiredState;
  /** AUTH0_* or KEYCLOAK_*, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS and proxies. */
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** What is being done, for stderr. */
  readonly onProgress: (message: string) => void;
  readonly choice: NameChoice;
  /** Whether people who are declared to hold roles are looked for, which costs a call or more for each role and address. */
  readonly people: boolean;
  /** How long a limited rate is waited out, in seconds; 300 if not said. */
  readonly patience?: number;
}

/**
 * Reads the tenant, without the engine and without a write, and compares it with what is declared. Null if the tenant cannot be
 * read. Where somebody who is declared cannot be found, that is told, and people are not compared.
 */
export async function findDrift(request: DriftRequest): Promise<Result<Drift | null>> {
  const { desired, env, signal, onProgress, choice, patience = defaultPatience } = request;
  const wanted = (title: string) => isChosen(title, choice);
  const { environment } = desired;
  const [reached, wrongTenant] = await reachTenant(environment, { env, signal, onProgress, patience });
  if (reached === null) return [null, wrongTenant];
  const { tenant, circumstances } = reached;
  let doing = 'read roles';
  try {
    const titles: string[] = [];
    onProgress('reading the tenant');
    const observed = await tenant.observe({
      tenant: circumstances.domain,
      audiences: desired.applications.map(({ audience }) => audience),
      wanted: ({ name }) => {
        titles.push(name);
        return wanted(name);
      },
      onProgress: (done, total) => onProgress(`reading role ${done + 1} of ${total}`),
    });
    const declared = desired.applications.flatMap(({ roles }) => roles.map(({ title }) => title));
    const nothing = includingNothing(choice, [...declared, ...titles]);
    if (nothing.length > 0) return [null, nothing];
    const unread = titles.filter((title) => !wanted(title)).length;
    const comparison = { desired, observed, wanted, unread };
    if (!request.people) return [compareTenant({ ...comparison, people: null }), []];
    doing = 'read users';
    const [people, unknown] = await observePeople(tenant, request, observed);
    return [compareTenant({ ...comparison, people }), unknown];
  } catch (error) {
    if (signal.aborted) return [null, [cancelled(null)]];
    return [null, [failureOfClient(error, doing, circumstances)]];
  }
}

async function observePeople(
  tenant: Tenant,
  { desired, choice, onProgress }: DriftRequest,
  observed: ObservedState,
): Promise<Result<ObservedPeople | null>> {
  onProgress('looking people up');
  const named = onlyChosen(desired, choice);
  const [accounts, unknown] = await resolveAccounts(named, {}, { reader: tenant, unknown: () => false });
  if (accounts === null) return [null, unknown];
  const declared = named.applications.flatMap((application) =>
    application.roles.map((role) => ({ application, declared: role })),
  );
  const holders = new Map<string, ReadonlySet<string>>();
  const { matched } = matchRoles(declared, observed.roles);
  for (const { application, declared: role, observed: there } of matched) {
    const ids = application.holders
      .filter((holder) => holder.role === role.name)
      .flatMap(({ account }) => idOf(account, accounts) ?? []);
    if (there === null || ids.length === 0) continue;
    onProgress(`looking who holds ${role.title}`);
    holders.set(there.id, await tenant.holdersAmong(there.id, new Set(ids)));
  }
  return [{ holders, accounts }, []];
}

/** The same without the roles that are left out, and without their people. */
function onlyChosen(desired: DesiredState, choice: NameChoice): DesiredState {
  const applications = desired.applications.map((application) => {
    const roles = application.roles.filter(({ title }) => isChosen(title, choice));
    const names = new Set(roles.map(({ name }) => name));
    return { ...application, roles, holders: application.holders.filter(({ role }) => names.has(role)) };
  });
  return { ...desired, applications };
}
