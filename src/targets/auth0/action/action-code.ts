import type { SignInPolicy } from './sign-in-policy.ts';
import { policyStatement } from './sign-in-policy.ts';

/** Names of the action's secrets: the machine that may give roles. */
export const actionSecrets = { clientId: 'MANAGEMENT_CLIENT_ID', clientSecret: 'MANAGEMENT_CLIENT_SECRET' } as const;

/**
 * The code of the post-login action, to be read by people in the dashboard. It needs no package of npm. The same policy
 * gives the same text.
 */
export function actionCode(policy: SignInPolicy): string {
  return `${head}\n${policyStatement(policy)}\n${body}`;
}

const head = `\
// Just-in-time provisioning. Rolewright writes this code from the ProvisioningPolicy documents
// of the repository; what is changed here by hand is undone by its next run.
//
// Whoever signs in to one of the applications below, holds no role and was not invited, is given
// the role that the policy names, once: a note in app_metadata keeps it from coming back after it
// has been revoked. Whatever fails, the person is signed in all the same, without the role, and the
// next sign-in tries again.
`;

const body = `
// For everything that is asked of the tenant in one sign-in. Auth0 stops all actions after 20 s.
const TIME_LIMIT_MS = 5000;
const TOKEN_CACHE_KEY = 'rolewright-management-token';
const TOKEN_CACHE_MS = 10 * 60 * 1000;

exports.onExecutePostLogin = async (event, api) => {
  try {
    await provision(event, api);
  } catch (error) {
    console.log('Rolewright gave no role, the next sign-in tries again: ' + error.message);
  }
};

async function provision(event, api) {
  const audience = event.resource_server?.identifier;
  const application = POLICY.applications.find((one) => one.audience === audience);
  if (application === undefined) return;

  const notes = event.user.app_metadata ?? {};
  if (application.tombstones.some((key) => Object.hasOwn(notes, key))) return;
  const [note] = application.tombstones;
  if (isInvited(event)) {
    api.user.setAppMetadata(note, { invited: true });
    return;
  }
  const given = roleFor(event, application);
  if (given === null) {
    console.log('Rolewright gave no role: address not verified, or over another connection.');
    return;
  }

  const tenant = connectTenant(event, api);
  if (!hasOnly(event, given)) {
    if (await hasRole(event, tenant)) return;
    await tenant.call('POST', rolesOf(event), { roles: [given.id] });
  }
  const at = new Date().toISOString();
  api.user.setAppMetadata(note, { role: given.role, roleId: given.id, at });
}

// Invited to an organization, or by somebody who said so when they created the account.
function isInvited(event) {
  return event.request?.query?.invitation !== undefined || event.user.app_metadata?.invited === true;
}

// An address of a domain that has rules counts if it is verified and comes over a connection that
// they name. If not, nothing is given: the right sign-in is still to come.
function roleFor(event, { byEmailDomain, default: usual }) {
  const { email, isVerified } = addressOf(event);
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const rules = byEmailDomain.filter((rule) => rule.domain === domain);
  if (rules.length === 0) return usual;
  return (isVerified && rules.find((rule) => rule.connection === event.connection?.name)) || null;
}

// The address as the connection of this sign-in has it: of linked accounts each has its own.
function addressOf({ user, connection }) {
  const identities = user.identities ?? [];
  const index = identities.findIndex((identity) => identity.connection === connection?.name);
  const profile = index > 0 ? identities[index].profileData : user;
  const isKnown = index >= 0 || identities.length === 0;
  const email = String(profile?.email ?? '').toLowerCase();
  return { email, isVerified: isKnown && profile?.email_verified === true };
}

// The role was given before, and the tenant's answer was lost: only the note is missing.
function hasOnly(event, given) {
  const names = event.authorization?.roles ?? [];
  return names.length === 1 && names[0] === given.title;
}

// Roles that were given here, for other applications, do not count.
async function hasRole(event, tenant) {
  const names = event.authorization?.roles;
  if (Array.isArray(names) && names.length === 0) return false;
  const notes = event.user.app_metadata ?? {};
  const keys = POLICY.applications.flatMap(({ tombstones }) => tombstones);
  const ours = keys.flatMap((key) => notes[key]?.roleId ?? []);
  if (Array.isArray(names) && ours.length === 0) return true;
  const answer = await tenant.call('GET', rolesOf(event) + '?per_page=100');
  const held = await answer.json();
  if (!Array.isArray(held)) throw new Error('the roles of the person came in another form');
  return held.some(({ id }) => !ours.includes(id));
}

function rolesOf(event) {
  return '/users/' + encodeURIComponent(event.user.user_id) + '/roles';
}

function connectTenant(event, api) {
  const origin = 'https://' + POLICY.tenant;
  const signal = AbortSignal.timeout(TIME_LIMIT_MS);

  const send = async (what, path, options) => {
    const answer = await fetch(origin + path, { ...options, signal, redirect: 'error' });
    if (answer.ok) return answer;
    // Perhaps the token is at fault: the next sign-in asks for a new one.
    if (answer.status === 401 || answer.status === 403) api.cache.delete(TOKEN_CACHE_KEY);
    throw new Error(what + ' was answered ' + answer.status);
  };

  const getToken = async () => {
    const known = api.cache.get(TOKEN_CACHE_KEY);
    if (known !== undefined) return known.value;
    const { MANAGEMENT_CLIENT_ID: client_id, MANAGEMENT_CLIENT_SECRET: client_secret } = event.secrets;
    if (!client_id || !client_secret) throw new Error('the secrets of the action are not set');
    const answer = await send('the request for a token', '/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id,
        client_secret,
        audience: origin + '/api/v2/',
      }),
    });
    const { access_token, expires_in } = await answer.json();
    if (typeof access_token !== 'string') throw new Error('the token came in another form');
    const ttl = Math.min(TOKEN_CACHE_MS, (Number(expires_in) - 60) * 1000);
    if (ttl > 0) api.cache.set(TOKEN_CACHE_KEY, access_token, { ttl });
    return access_token;
  };

  return {
    call: async (method, path, body) =>
      send(method + ' roles', '/api/v2' + path, {
        method,
        headers: { authorization: 'Bearer ' + (await getToken()), 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}
`;
