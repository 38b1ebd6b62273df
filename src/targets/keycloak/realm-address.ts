import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { isOwnMachine } from '../../model/link/tenant-form.ts';
import type { TenantOfEnvironment } from '../../stack/target.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a realm is. */
export interface RealmAddress {
  /** With the port, unless it is the usual one; `loopback` for 127.0.0.1 and localhost at any port. */
  readonly host: string;
  /** Behind which the server's paths begin, `/auth`; empty where they begin at once. */
  readonly path: string;
  readonly realm: string;
}

const variable = 'KEYCLOAK_URL';

/** The parts of `sso.example.com/auth/realms/acme`; null where no realm is named, or none that could be asked for. */
export function realmAddress(tenant: string): RealmAddress | null {
  const [, host, path = '', realm] = /^([^/?#@\\]+)((?:\/[^/?#\\]+)*)\/realms\/([^/?#\\]+)$/.exec(tenant) ?? [];
  if (host === undefined || realm === undefined || /^\.{1,2}$/.test(realm)) return null;
  if (host === 'loopback') return { host, path, realm };
  return URL.canParse(`https://${host}`) ? { host: new URL(`https://${host}`).host, path, realm } : null;
}

/**
 * Refuses a run whose KEYCLOAK_* variables do not belong to the environment's tenant, would send credentials in the clear, or
 * hold none.
 */
export function checkTenant({ name, tenant }: TenantOfEnvironment, env: Environment): readonly Diagnostic[] {
  const address = realmAddress(tenant);
  if (address === null) {
    const help = 'write it as sso.example.com/realms/acme, or loopback/realms/acme in development';
    return [diagnostic('RW6105', null, { environment: name, tenant }, { help })];
  }
  const wanted =
    address.host === 'loopback' ? `http://127.0.0.1:8080${address.path}` : `https://${address.host}${address.path}`;
  if (!env.KEYCLOAK_URL?.trim()) {
    const help = `set ${variable}=${wanted}${address.host === 'loopback' ? ', with the port that the server has' : ''}`;
    return [diagnostic('RW6101', null, { variable, tenant }, { help })];
  }
  const server = serverIn(env);
  const matches =
    server !== null &&
    server.path === address.path &&
    (address.host === 'loopback' ? isOwnMachine(server.host) : server.host === address.host);
  if (!matches) {
    const domain = server === null ? 'not the address of a server' : `${server.host}${server.path}`;
    const help = `set ${variable}=${wanted}, with credentials of that server, or use another --stack`;
    return [diagnostic('RW6102', null, { variable, domain, environment: name, tenant }, { help })];
  }
  const domain = `${server.host}${server.path}`;
  if (!server.isEncrypted && !isOwnMachine(server.host))
    return [diagnostic('RW6104', null, { variable, domain }, { help: `set ${variable}=https://${domain}` })];
  const { KEYCLOAK_USER, KEYCLOAK_PASSWORD, KEYCLOAK_CLIENT_ID, KEYCLOAK_CLIENT_SECRET } = env;
  // Whoever names a user signs in as one, whatever else is set.
  if (KEYCLOAK_USER ? KEYCLOAK_PASSWORD : KEYCLOAK_CLIENT_ID && KEYCLOAK_CLIENT_SECRET) return [];
  const help = KEYCLOAK_USER
    ? 'set KEYCLOAK_PASSWORD, or KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET without KEYCLOAK_USER'
    : 'set KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET, or KEYCLOAK_USER and KEYCLOAK_PASSWORD';
  return [diagnostic('RW6103', null, { domain }, { help })];
}

/** The realm that is worked on, on the server that the variables name, as people are shown it; null if they name none. */
export function addressOf({ tenant }: TenantOfEnvironment, env: Environment): string | null {
  const [address, server] = [realmAddress(tenant), serverIn(env)];
  return address === null || server === null ? null : `${server.host}${server.path}/realms/${address.realm}`;
}

/**
 * The server that KEYCLOAK_URL names; null if paths cannot be put behind it as it stands, or it holds credentials, which are not to be
 * shown.
 */
function serverIn({ KEYCLOAK_URL = '' }: Environment): Server | null {
  if (/[\s?#@]/u.test(KEYCLOAK_URL) || !URL.canParse(KEYCLOAK_URL)) return null;
  const { protocol, host, pathname } = new URL(KEYCLOAK_URL);
  if (!/^https?:$/.test(protocol)) return null;
  return { host, path: pathname.replace(/\/+$/u, ''), isEncrypted: protocol === 'https:' };
}

interface Server extends Pick<RealmAddress, 'host' | 'path'> {
  readonly isEncrypted: boolean;
}
