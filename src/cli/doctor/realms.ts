import type { Environment } from '../../model/definitions.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import type { Finding } from '../../report/findings-text.ts';
import type { Host } from '../host.ts';

const patienceMilliseconds = 5000;

/** The credentials for Keycloak, named and never shown; whether each realm answers them; and what they need to be allowed. */
export async function realmFindings(host: Host, model: EffectiveModel | null): Promise<readonly Finding[]> {
  const credentials = keycloakCredentials(host.env);
  const realms = (model?.environments ?? []).filter(({ target }) => target === 'keycloak');
  const needed = rolesFinding(model, realms);
  if (credentials.state !== 'ok') return [credentials, needed];
  return [credentials, ...(await Promise.all(realms.map((realm) => reach(realm, host)))), needed];
}

/** Which of the variables are set. */
export function keycloakCredentials(env: Host['env']): Finding {
  const subject = 'credentials';
  const { KEYCLOAK_URL: url, KEYCLOAK_REALM: realm } = env;
  const isUser = Boolean(env.KEYCLOAK_USER);
  const names = isUser ? ['KEYCLOAK_USER', 'KEYCLOAK_PASSWORD'] : ['KEYCLOAK_CLIENT_ID', 'KEYCLOAK_CLIENT_SECRET'];
  const means = names.every((name) => env[name]) ? `${names.join(' and ')} of realm ${realm || 'master'}` : null;
  const server = URL.parse(url ?? '');
  const shown =
    server === null ? 'not the address of a server' : `${server.origin}${server.pathname.replace(/\/+$/u, '')}`;
  if (server !== null && means !== null) {
    return { subject, state: 'ok', found: `KEYCLOAK_URL is ${shown}, with ${means}`, advice: null };
  }
  const found = url
    ? `KEYCLOAK_URL is ${shown}${means === null ? ', no user or client' : ''}`
    : 'KEYCLOAK_URL is not set';
  const advice =
    'set KEYCLOAK_URL, and KEYCLOAK_USER with KEYCLOAK_PASSWORD or KEYCLOAK_CLIENT_ID with KEYCLOAK_CLIENT_SECRET, for preview and up';
  return { subject, state: 'note', found, advice };
}

async function reach(environment: Environment, { env, signal }: Host): Promise<Finding> {
  const [{ targetOf }, { failureOfClient }] = await Promise.all([
    import('../../target-of.ts'),
    import('../../reconcile/failures.ts'),
  ]);
  const { name: stack, tenant } = environment;
  const keycloak = await targetOf(environment);
  const subject = `realm of ${stack}`;
  const [problem] = keycloak.checkTenant(environment, env);
  // Another stack's variables are no fault of this machine.
  if (problem !== undefined) return { subject, state: 'note', found: problem.message, advice: problem.help };
  const domain = keycloak.addressOf(environment, env) ?? '';
  const options = { env, tenant, signal, patience: 0, timeout: patienceMilliseconds, onWait: () => {} };
  try {
    await keycloak.connect(options).probe();
    return { subject, state: 'ok', found: `${domain} answers, and takes the credentials`, advice: null };
  } catch (error) {
    const circumstances = { stack, domain, backend: '', advice: keycloak.advice };
    const { message, help } = failureOfClient(error, 'read roles', circumstances);
    return { subject, state: 'missing', found: message, advice: help };
  }
}

/** What the account has to be allowed, of the client realm-management of a realm. */
function rolesFinding(model: EffectiveModel | null, realms: readonly Environment[]): Finding {
  const placed = new Set(realms.flatMap(({ applications }) => applications.map(({ name }) => name)));
  const declared = (model?.applications ?? []).filter(({ definition }) => placed.has(definition.name));
  const assigns = declared.some(({ assignments }) => assignments.length > 0);
  const needed = ['manage-realm', 'manage-clients', ...(assigns ? ['manage-users'] : [])];
  return {
    subject: 'roles',
    state: 'note',
    found: `needed of the client realm-management: ${needed.join(', ')}`,
    advice:
      'give them to the account; only to look, view-realm, view-clients and view-users are enough. In master the client is REALM-realm',
  };
}
