import type { TargetName } from '../definitions.ts';

/** What is wrong with the form of a tenant; `suggestion` is what it most likely means. */
export type TenantProblem = { readonly suggestion: string | null } & (
  | { readonly kind: 'of-another-target' }
  | { readonly kind: 'scheme' }
  | { readonly kind: 'no-realm' }
  | { readonly kind: 'realm'; readonly realm: string; readonly character: string }
  | { readonly kind: 'form' }
);

/** What is a tenant of a target. */
export const tenantForms: Readonly<Record<TargetName, RegExp>> = {
  auth0: /^(?:loopback|[a-z0-9-]+(?:\.[a-z0-9-]+)+)$/u,
  // A realm may have characters beyond these, but they would stand otherwise in the issuer of its tokens.
  keycloak: /^[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[1-9][0-9]{0,4})?(?:\/[\w.~-]+)*\/realms\/(?!\.{1,2}$)[\w.~-]+$/u,
};

/** A server on one's own machine, whose port no file can know. */
const ownMachine = /^(?:loopback|localhost|127\.0\.0\.1)(?::\d*)?$/u;

/** Whether a server, with its port or without, is of one's own machine. */
export function isOwnMachine(server: string): boolean {
  return /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/u.test(server);
}

/** Whether a tenant is on everybody's own machine. */
export function isLoopback(tenant: string): boolean {
  return tenant === 'loopback' || tenant.startsWith('loopback/');
}

/** What is wrong with the form of a tenant; null where it is as its target asks for. */
export function tenantProblem(target: TargetName, tenant: string): TenantProblem | null {
  const meant = tidied(target, tenant);
  if (isOfAnother(target, meant)) return { kind: 'of-another-target', suggestion: null };
  const isWhole = tenantForms[target].test(meant);
  if (isWhole && meant === tenant) return null;
  const suggestion = isWhole ? meant : null;
  if (/^[a-z]+:\/\//iu.test(tenant)) return { kind: 'scheme', suggestion };
  if (target === 'auth0') return { kind: 'form', suggestion };
  const realm = /\/realms\/(?<realm>[^/]+)/u.exec(meant)?.groups?.realm;
  if (realm === undefined) return { kind: 'no-realm', suggestion };
  const character = /[^\w.~-]/u.exec(realm)?.[0];
  return character === undefined ? { kind: 'form', suggestion } : { kind: 'realm', realm, character, suggestion };
}

/** Without what an address may have and a tenant has not: scheme, https's own port, capitals, what follows the tenant. */
function tidied(target: TargetName, tenant: string): string {
  const [, address = ''] = /^(?:[a-z]+:\/\/)?(.*?)\/*$/isu.exec(tenant) ?? [];
  const [host = ''] = /^[^/]*/u.exec(address) ?? [];
  const server = host.toLowerCase().replace(/:443$/u, '');
  const path = address.slice(host.length);
  const [upToRealm = path] = target === 'keycloak' ? (/^.*?\/realms\/[^/]+/u.exec(path) ?? []) : [];
  return `${ownMachine.test(server) ? 'loopback' : server}${upToRealm}`;
}

function isOfAnother(target: TargetName, tenant: string): boolean {
  return target === 'auth0' ? /\/realms\//u.test(tenant) : /^[^/]*\.auth0\.com(?=\/|$)/u.test(tenant);
}
