import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates } from 'node:tls';
import type { ConnectOptions } from '../../stack/tenant.ts';
import { TenantError } from '../../stack/tenant-error.ts';
import { domainOf } from './tenant-domain.ts';

/** Reads of the Management API, as few as the job needs. Writing is the engine's. */
export interface TenantClient {
  /**
   * GET of a path below `/api/v2`, parsed.
   *
   * @throws TenantError
   */
  readonly get: (path: string) => Promise<unknown>;
}

/** A client with a token of its own. */
export interface ConnectedTenant extends TenantClient {
  /**
   * The scopes of its token; null if they cannot be told. Asks for a token, unless there is one, and for nothing else.
   *
   * @throws TenantError
   */
  readonly scopes: () => Promise<readonly string[] | null>;
}

type ClientOptions = Omit<ConnectOptions, 'tenant'>;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

const defaultTimeout = 30_000;
const attempts = 4;

/**
 * A client of the tenant that AUTH0_DOMAIN names, with AUTH0_API_TOKEN or the machine's own credentials. It trusts the
 * certificates of SSL_CERT_FILE and NODE_EXTRA_CA_CERTS itself: Node reads the latter at its start only, and the former
 * not at all. The token is asked for at the first call.
 */
export function connectTenant({
  env,
  signal,
  onWait,
  patience,
  timeout = defaultTimeout,
}: ClientOptions): ConnectedTenant {
  const agent = new Agent({ ca: trusted(env), keepAlive: true, proxyEnv: { ...env } });
  const origin = `https://${domainOf(env) ?? ''}`;
  let left = patience;
  let token: Promise<Token> | null = null;

  const call = async (
    url: string,
    init: { readonly method: string; readonly headers: object; readonly body?: string },
  ) => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(url, { ...init, agent, signal, timeout }).catch((error: NodeJS.ErrnoException) => {
        if (signal.aborted || attempt === attempts || error.code !== 'ECONNRESET') throw failure(url, error);
        return null;
      });
      if (answer !== null && answer.status < 429) return answer;
      if (answer?.status === 429) {
        const seconds = waitFor(answer);
        if (seconds > left) return answer;
        left -= seconds;
        onWait(seconds);
        await sleep(seconds * 1000, undefined, { signal });
        attempt -= 1;
      } else if (answer !== null && attempt === attempts) {
        return answer;
      } else {
        await sleep(250 * 2 ** attempt, undefined, { signal });
      }
    }
  };

  const requestToken = async (): Promise<Token> => {
    if (env.AUTH0_API_TOKEN) return { text: env.AUTH0_API_TOKEN, scope: undefined };
    const { AUTH0_CLIENT_ID: client_id, AUTH0_CLIENT_SECRET: client_secret, AUTH0_AUDIENCE } = env;
    const audience = AUTH0_AUDIENCE || `${origin}/api/v2/`;
    const body = JSON.stringify({ grant_type: 'client_credentials', client_id, client_secret, audience });
    const headers = { 'content-type': 'application/json' };
    const answer = await call(`${origin}/oauth/token`, { method: 'POST', headers, body });
    if (answer.status !== 200) throw new TenantError(`oauth2: ${textOf(answer)}`);
    const { access_token: text, scope } = JSON.parse(answer.body) as { access_token: string; scope?: string };
    return { text, scope };
  };

  return {
    get: async (path) => {
      token ??= requestToken();
      const headers = { authorization: `Bearer ${(await token).text}` };
      const answer = await call(`${origin}/api/v2${path}`, { method: 'GET', headers });
      if (answer.status !== 200) throw new TenantError(textOf(answer), { limitEndedAgo: limitEndedAgo(answer) });
      try {
        return JSON.parse(answer.body) as unknown;
      } catch {
        throw new TenantError(`502 ${path} was not answered in JSON`);
      }
    },
    scopes: async () => {
      token ??= requestToken();
      const { text, scope = scopeClaim(text) } = await token;
      return scope?.split(' ').filter((one) => one !== '') ?? null;
    },
  };
}

interface Token {
  readonly text: string;
  /** What came with it; Auth0 leaves it out at times, and then the token says it. */
  readonly scope: string | undefined;
}

/** What a token says of itself: its signature is the tenant's to check. */
function scopeClaim(token: string): string | undefined {
  try {
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const { scope } = JSON.parse(claims) as { scope?: unknown };
    return typeof scope === 'string' ? scope : undefined;
  } catch {
    return undefined;
  }
}

interface CallInit {
  readonly method: string;
  readonly headers: object;
  readonly body?: string;
  readonly agent: Agent;
  readonly signal: AbortSignal;
  readonly timeout: number;
}

function send(url: string, { body, headers, ...options }: CallInit): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const sent = request(url, { ...options, headers: { ...headers } }, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text += chunk;
    });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    response.on('error', reject);
  });
  sent.on('timeout', () => sent.destroy(new Error(`i/o timeout: no answer within ${options.timeout / 1000} s`)));
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

/** Seconds until the bucket is filled again; 5 where the tenant does not say, as the provider has it. */
function waitFor({ headers }: Answer): number {
  const reset = Number(headers['x-ratelimit-reset']);
  if (!Number.isFinite(reset) || reset <= 0) return 5;
  return Math.max(1, Math.ceil(reset - Date.now() / 1000));
}

function limitEndedAgo({ status, headers }: Answer): number | null {
  const reset = Number(headers['x-ratelimit-reset']);
  if (status !== 429 || !Number.isFinite(reset) || reset <= 0) return null;
  const seconds = Math.floor(Date.now() / 1000 - reset);
  return seconds > 0 ? seconds : null;
}

function textOf({ status, body }: Answer): string {
  try {
    const { error, message, error_description } = JSON.parse(body) as Record<string, string | undefined>;
    return `${status} ${error ?? ''}: ${message ?? error_description ?? ''}`;
  } catch {
    return `${status} without a reason`;
  }
}

function failure(url: string, error: NodeJS.ErrnoException): TenantError {
  const code = error.code === undefined || error.message.includes(error.code) ? '' : `${error.code} `;
  return new TenantError(`GET ${new URL(url).host}: ${code}${error.message}`, { cause: error });
}

function trusted(env: ClientOptions['env']): string[] {
  const files = [env.SSL_CERT_FILE, env.NODE_EXTRA_CA_CERTS].filter((file) => file !== undefined && file !== '');
  const read = [...new Set(files)].flatMap((file) => {
    try {
      return [readFileSync(file as string, 'utf8')];
    } catch {
      // The provider does not fail either; the handshake says which certificate is not trusted.
      return [];
    }
  });
  return [...getCACertificates('default'), ...read];
}
