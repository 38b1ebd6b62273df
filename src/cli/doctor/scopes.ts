import type { EffectiveModel } from '../../model/effective-model.ts';
import { isOwnMachine } from '../../model/link/tenant-form.ts';
import type { Finding } from '../../report/findings-text.ts';
import { counted } from '../../report/tally.ts';
import { TenantError } from '../../stack/tenant-error.ts';
import type { ScopeComparison, ScopeNeed, ScopeUse } from '../../targets/auth0/needed-scopes.ts';
import { compareScopes, isReading } from '../../targets/auth0/needed-scopes.ts';
import { connectTenant } from '../../targets/auth0/tenant-client.ts';
import { domainOf } from '../../targets/auth0/tenant-domain.ts';
import type { Host } from '../host.ts';
import { credentialsFinding } from './tenant.ts';

/** What the credentials may do at the Management API, beside what the stacks of this tenant need. */
export interface Scopes {
  readonly findings: readonly Finding[];
  /** Null: it cannot be told whether it is granted. */
  readonly needed: readonly (ScopeNeed & { readonly granted: boolean | null })[];
}

const subject = 'scopes';
const where =
  'in the dashboard, Applications > APIs > Auth0 Management API > Machine to Machine Applications (or Application Access)';
const patienceMilliseconds = 5000;

/** Asks for the scopes that are granted, if there are credentials, and compares them. */
export async function examineScopes(host: Host, model: EffectiveModel | null): Promise<Scopes> {
  const uses = model === null ? [] : usesOf(model, domainOf(host.env));
  if (credentialsFinding(host.env).state !== 'ok') {
    const { needed } = compareScopes([], uses);
    const found = `the application needs ${counted(needed.length, 'scope')}: ${namesOf(needed)}`;
    const advice = `grant them: ${where}`;
    return { findings: [{ subject, state: 'note', found, advice }], needed: withGranted(needed, null) };
  }
  const granted = await grantedScopes(host);
  if (granted instanceof TenantError) {
    const { needed } = compareScopes([], uses);
    return { findings: [refusedFinding(granted)], needed: withGranted(needed, null) };
  }
  const comparison = compareScopes(granted ?? [], uses);
  const needed = withGranted(comparison.needed, granted);
  if (granted === null) {
    const found = `the token does not say what it may do; needed are ${namesOf(needed)}`;
    return { findings: [{ subject, state: 'note', found, advice: `compare them: ${where}` }], needed };
  }
  // The credentials of a loopback tenant may do everything, and can do no harm.
  const dangerous = isLoopback(domainOf(host.env)) ? [] : comparison.dangerous;
  return { findings: scopeFindings({ ...comparison, dangerous }), needed };
}

function refusedFinding({ message }: TenantError): Finding {
  const isRefusal = message.startsWith('oauth2: ');
  const found = `unknown: ${message.replace(/^oauth2: /u, 'the tenant gives no token, ')}`;
  const advice = isRefusal
    ? 'check AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, and that the application is authorized for the Management API'
    : 'run it again when the tenant answers';
  return { subject, state: isRefusal ? 'missing' : 'note', found, advice };
}

/** What a comparison comes to. */
export function scopeFindings({ needed, missing, onlyReads, dangerous }: ScopeComparison): readonly Finding[] {
  return [...missingFindings(needed, missing, onlyReads), ...dangerousFindings(dangerous)];
}

function missingFindings(
  needed: readonly ScopeNeed[],
  missing: readonly ScopeNeed[],
  onlyReads: boolean,
): readonly Finding[] {
  if (missing.length === 0) {
    const found = `all ${needed.length} that are needed are granted: ${namesOf(needed)}`;
    return [{ subject, state: 'ok', found, advice: null }];
  }
  if (onlyReads && missing.every(({ scope }) => !isReading(scope))) {
    const found = `only those that read are granted, of ${needed.length} that are needed: ${namesOf(missing)} are missing`;
    return [{ subject, state: 'note', found, advice: `enough for all but up; for that, grant them: ${where}` }];
  }
  const each = missing.map(({ scope, to }) => `${scope} (to ${to})`).join(', ');
  const found = `${missing.length} of ${needed.length} that are needed are not granted: ${each}`;
  return [{ subject, state: 'missing', found, advice: `grant them: ${where}` }];
}

function dangerousFindings(dangerous: ScopeComparison['dangerous']): readonly Finding[] {
  if (dangerous.length === 0) return [];
  const each = dangerous.map(({ scope, can }) => `${scope} (it can ${can})`).join(', ');
  const found = `${counted(dangerous.length, 'scope')} granted that nothing here needs: ${each}`;
  return [{ subject, state: 'note', found, advice: `take away what nobody else needs: ${where}` }];
}

/** What the environments of this tenant do, or all of them where none is of it. */
export function usesOf({ applications, environments }: EffectiveModel, domain: string | null): readonly ScopeUse[] {
  const wanted = isLoopback(domain) ? 'loopback' : domain;
  const onAuth0 = environments.filter(({ target }) => target === 'auth0');
  const ours = onAuth0.filter(({ tenant }) => tenant.toLowerCase() === wanted);
  const names = new Set((ours.length > 0 ? ours : onAuth0).flatMap((one) => one.applications.map(({ name }) => name)));
  const declared = applications.filter(({ definition }) => names.has(definition.name));
  return [
    // Those who are no longer assigned have to be taken out too.
    ...(declared.some(({ assignments }) => assignments.length > 0) ? ['assignments' as const] : []),
    ...(declared.some(({ definition }) => definition.provisioning !== null) ? ['provisioning' as const] : []),
  ];
}

/** Null where the token does not say; the error where there is no token. */
async function grantedScopes({ env, signal }: Host): Promise<readonly string[] | TenantError | null> {
  const options = { env, signal, patience: 0, timeout: patienceMilliseconds, onWait: () => {} };
  try {
    return await connectTenant(options).scopes();
  } catch (error) {
    if (error instanceof TenantError) return error;
    throw error;
  }
}

function isLoopback(domain: string | null): boolean {
  return isOwnMachine(domain ?? '');
}

function withGranted(needed: readonly ScopeNeed[], granted: readonly string[] | null): Scopes['needed'] {
  return needed.map((need) => ({ ...need, granted: granted === null ? null : granted.includes(need.scope) }));
}

function namesOf(needs: readonly ScopeNeed[]): string {
  return needs.map(({ scope }) => scope).join(', ');
}
