import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { getCACertificates } from 'node:tls';
import type { Finding } from '../../report/findings-text.ts';
import type { Host } from '../host.ts';

const patience = 5000;

/** The tenant's credentials, named and never shown, and whether the tenant answers. */
export async function tenantFindings(host: Host): Promise<readonly Finding[]> {
  const credentials = credentialsFinding(host.env);
  const domain = host.env.AUTH0_DOMAIN;
  if (credentials.state !== 'ok' || !domain) return [credentials];
  return [credentials, await reach(domain, host)];
}

/** Which of the tenant's variables are set. */
export function credentialsFinding(env: Host['env']): Finding {
  const subject = 'credentials';
  const domain = env.AUTH0_DOMAIN;
  const means = env.AUTH0_API_TOKEN
    ? 'AUTH0_API_TOKEN'
    : env.AUTH0_CLIENT_ID && env.AUTH0_CLIENT_SECRET
      ? 'AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET'
      : null;
  if (domain && means !== null) {
    return { subject, state: 'ok', found: `AUTH0_DOMAIN is ${domain}, with ${means}`, advice: null };
  }
  const found = domain ? `AUTH0_DOMAIN is ${domain}, no token or client` : 'AUTH0_DOMAIN is not set';
  const advice =
    'set AUTH0_DOMAIN, and AUTH0_API_TOKEN or AUTH0_CLIENT_ID with AUTH0_CLIENT_SECRET, for preview and up; ' +
    '`rolewright emulator` brings a tenant of its own';
  return { subject, state: 'note', found, advice };
}

async function reach(domain: string, host: Host): Promise<Finding> {
  const subject = 'tenant';
  const token = host.env.AUTH0_API_TOKEN;
  try {
    const status = await statusOf(domain, token, host);
    if (token && status === 401) {
      return { subject, state: 'missing', found: `${domain} refuses the token`, advice: 'get a new AUTH0_API_TOKEN' };
    }
    if (token && status === 403) {
      const advice = 'the token needs the scopes below';
      return { subject, state: 'missing', found: `${domain} takes the token, but not for roles`, advice };
    }
    const found = token ? `${domain} answers, and takes the token` : `${domain} answers`;
    return status < 500
      ? { subject, state: 'ok', found, advice: null }
      : { subject, state: 'missing', found: `${domain} answers ${status}`, advice: 'try again later' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice = 'check AUTH0_DOMAIN and the network; for the loopback tenant, SSL_CERT_FILE too';
    return { subject, state: 'missing', found: `${domain} does not answer: ${reason}`, advice };
  }
}

async function statusOf(domain: string, token: string | undefined, { env, signal }: Host): Promise<number> {
  const extra = env.SSL_CERT_FILE;
  const ca = extra ? [...getCACertificates('default'), await readFile(extra, 'utf8')] : undefined;
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const call = request(
    `https://${domain}/api/v2/roles?per_page=1`,
    {
      ...(ca === undefined ? {} : { ca }),
      headers: token ? { authorization: `Bearer ${token}` } : {},
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    },
    (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    },
  );
  call.on('error', reject);
  call.end();
  return promise;
}
