import type { Habits } from '../../stack/patient-calls.ts';
import { patiently, unanswered } from '../../stack/patient-calls.ts';
import type { Answer, Request, Sender } from '../../stack/send-request.ts';
import { connect } from '../../stack/send-request.ts';
import type { ConnectOptions } from '../../stack/tenant.ts';
import { TenantError } from '../../stack/tenant-error.ts';
import { textOf } from './server-words.ts';

/** The admin API of one Keycloak server; paths begin behind `/admin/realms`. */
export interface RealmClient {
  /**
   * GET, parsed; null where there is no such thing. A realm that is not there is a failure: it says nothing of what was in it.
   *
   * @throws TenantError
   */
  readonly get: (path: string) => Promise<unknown>;
  /**
   * GET of a list that the server gives in pages, all of it; empty where there is no such thing.
   *
   * @throws TenantError
   */
  readonly getAll: (path: string) => Promise<readonly unknown[]>;
  /**
   * A write, and what the server answers, parsed; null where it answers nothing.
   *
   * @throws TenantError
   */
  readonly send: (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;
}

/** The realm that is worked on stands in each path: a client is for the whole server. */
export type RealmClientOptions = Omit<ConnectOptions, 'tenant'>;

interface Token {
  readonly value: string;
  /** In milliseconds since 1970: when another one is asked for. */
  readonly renewAt: number;
}

const defaultTimeout = 30_000;
const pageSize = 100;

/**
 * A client of the server that KEYCLOAK_URL names, for a user (KEYCLOAK_USER, KEYCLOAK_PASSWORD) or a machine
 * (KEYCLOAK_CLIENT_ID, KEYCLOAK_CLIENT_SECRET), known in the realm KEYCLOAK_REALM, `master` unless said otherwise. Its token is
 * asked for at the first call, and again before it ends or once the server takes it no more.
 *
 * Failures of the server and lost connections are tried again, three times with growing pauses; a limited rate is waited out,
 * as long as patience lasts. What the server refuses is not tried again, nor what nobody has answered yet: an address that is
 * wrong is to be told at once.
 */
export function connectKeycloak({
  env,
  signal,
  onWait,
  patience,
  timeout = defaultTimeout,
}: RealmClientOptions): RealmClient {
  const origin = (env.KEYCLOAK_URL ?? '').replace(/\/+$/u, '');
  const send = patiently(connect({ env, signal, timeout }), { signal, onWait, patience }, habits);
  let token: Promise<Token> | null = null;

  const call: Sender = async (url, request) => {
    if (!URL.canParse(url)) throw new TenantError('KEYCLOAK_URL is not set to an address, as https://sso.example.com');
    return send(url, request);
  };

  const requestToken = async (): Promise<Token> => {
    const realm = encodeURIComponent(env.KEYCLOAK_REALM || 'master');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await call(`${origin}/realms/${realm}/protocol/openid-connect/token`, {
      ...{ method: 'POST', headers, body: credentials(env).toString() },
    });
    if (answer.status !== 200) throw new TenantError(textOf(answer, 'oauth2: '));
    const { access_token: value, expires_in: seconds } = parsed(answer, 'the token') as {
      access_token: string;
      expires_in: number;
    };
    return { value, renewAt: Date.now() + Math.max(seconds - 10, seconds / 2) * 1000 };
  };

  /** Calls at the same time ask for one token together. */
  const renew = (used: Promise<Token> | null): Promise<Token> => {
    if (token === null || token === used) {
      const asked = requestToken();
      token = asked;
      asked.catch(() => {
        if (token === asked) token = null;
      });
    }
    return token;
  };

  const authorised = async (method: Request['method'], path: string, body?: unknown): Promise<Answer> => {
    const ask = async (held: Promise<Token>) => {
      const headers = { authorization: `Bearer ${(await held).value}`, 'content-type': 'application/json' };
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      return call(`${origin}/admin/realms${path}`, { method, headers, ...content });
    };
    let used = token ?? renew(null);
    if ((await used).renewAt <= Date.now()) used = renew(used);
    const answer = await ask(used);
    // Once: sessions can be ended by hand, and a server that is restarted may have other keys.
    return answer.status === 401 ? ask(renew(used)) : answer;
  };

  const get = async (path: string): Promise<unknown> => {
    const answer = await authorised('GET', path);
    if (isAbsence(answer)) return null;
    if (answer.status !== 200) throw new TenantError(textOf(answer));
    return parsed(answer, path);
  };

  return {
    get,
    getAll: async (path) => {
      const all: unknown[] = [];
      for (let first = 0; ; first += pageSize) {
        const page = await get(`${path}${path.includes('?') ? '&' : '?'}first=${first}&max=${pageSize}`);
        if (!Array.isArray(page)) return all;
        all.push(...page);
        if (page.length < pageSize) return all;
      }
    },
    send: async (method, path, body) => {
      const answer = await authorised(method, path, body);
      if (answer.status < 200 || answer.status > 299) throw new TenantError(textOf(answer));
      return answer.body === '' ? null : parsed(answer, path);
    },
  };
}

/** The status of HTTP that a failure stands for; null where there was no answer. */
export function statusOf(error: unknown): number | null {
  const status = error instanceof TenantError ? /^\d{3}(?= )/u.exec(error.message)?.[0] : undefined;
  return status === undefined ? null : Number(status);
}

function credentials({ KEYCLOAK_USER: user, KEYCLOAK_PASSWORD: password, ...env }: RealmClientOptions['env']) {
  const { KEYCLOAK_CLIENT_ID: id, KEYCLOAK_CLIENT_SECRET: secret } = env;
  return new URLSearchParams({
    client_id: id || 'admin-cli',
    ...(secret ? { client_secret: secret } : {}),
    ...(user
      ? { grant_type: 'password', username: user, password: password ?? '' }
      : { grant_type: 'client_credentials' }),
  });
}

const habits: Habits = {
  isLost,
  triesAgain: (status) => status >= 500,
  waitFor,
  failure: (url, { method }, error) => unanswered(method, url, error),
};

/** Whether it is worth trying again: what was there a moment ago may be so again. */
function isLost({ code = '' }: NodeJS.ErrnoException, hasAnswered: boolean): boolean {
  return ['ECONNRESET', 'EPIPE'].includes(code) || (hasAnswered && code === 'ECONNREFUSED');
}

/** Said of the thing itself: what is said of its realm, or of the path, is no word about the thing. */
function isAbsence({ status, body }: Answer): boolean {
  if (status !== 404) return false;
  const said = /"error(?:Message)?"\s*:\s*"([^"]*)"/u.exec(body)?.[1];
  return said !== undefined && !/^(?:Realm not found|HTTP 404)/u.test(said);
}

/** Seconds until the server may be asked again; 5 where it does not say. */
function waitFor({ headers }: Answer): number {
  const said = String(headers['retry-after'] ?? '');
  const seconds = /^\d+$/u.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : 5;
}

function parsed({ body }: Answer, what: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new TenantError(`502 ${what} was not answered in JSON`);
  }
}
