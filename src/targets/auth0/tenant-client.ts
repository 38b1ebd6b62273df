import type { Habits } from '../../stack/patient-calls.ts';
import { patiently, unanswered } from '../../stack/patient-calls.ts';
import type { Answer } from '../../stack/send-request.ts';
import { connect } from '../../stack/send-request.ts';
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

const defaultTimeout = 30_000;

/**
 * A client of the tenant that AUTH0_DOMAIN names, with AUTH0_API_TOKEN or the machine's own credentials. The token is
 * asked for at the first call.
 */
export function connectTenant({
  env,
  signal,
  onWait,
  patience,
  timeout = defaultTimeout,
}: ClientOptions): ConnectedTenant {
  const call = patiently(connect({ env, signal, timeout }), { signal, onWait, patience }, habits);
  const origin = `https://${domainOf(env) ?? ''}`;
  let token: Promise<Token> | null = null;

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

const habits: Habits = {
  isLost: ({ code }) => code === 'ECONNRESET',
  triesAgain: (status) => status > 429,
  waitFor,
  failure: (url, _request, error) => unanswered('GET', url, error),
};

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
