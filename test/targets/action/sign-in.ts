import { createContext, runInContext } from 'node:vm';
import { actionCode } from '../../../src/targets/auth0/action/action-code.ts';
import type { SignInPolicy } from '../../../src/targets/auth0/action/sign-in-policy.ts';

/** What the tenant is asked, and what it answers: a status with a body; `silence` never answers, `cut` loses the connection. */
export type Answer = { readonly status: number; readonly body?: unknown; readonly text?: string } | 'silence' | 'cut';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly token: string | null;
}

/** What came of a sign-in: what was asked of the tenant, noted of the person, said on the console, and kept. */
export interface SignIn {
  readonly asked: readonly Asked[];
  readonly noted: Readonly<Record<string, unknown>>;
  readonly said: readonly string[];
  readonly cache: Map<string, { value: string; expires_at: number }>;
}

export interface Circumstances {
  readonly policy?: SignInPolicy;
  /** Laid over a first sign-in of a person without roles. */
  readonly event?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
  /** In place of the usual answer, by `METHOD path`. */
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly cache?: SignIn['cache'];
}

export const role = (name: string) => ({ role: name, title: name.toUpperCase(), id: `rol_${name}` });

export const shopPolicy: SignInPolicy = {
  tenant: 'acme.eu.auth0.com',
  applications: [
    {
      application: 'shop',
      audience: 'https://shop.example',
      tombstones: ['rolewright_default_dev_shop', 'rolewright_default_dev_store'],
      default: role('guest'),
      byEmailDomain: [
        { domain: 'acme.example', connection: 'acme-adfs', ...role('clerk') },
        { domain: 'acme.example', connection: 'acme-sso', ...role('buyer') },
      ],
    },
    {
      application: 'desk',
      audience: 'https://desk.example',
      tombstones: ['rolewright_default_dev_desk'],
      default: role('caller'),
      byEmailDomain: [],
    },
  ],
};

export const rolesOfDana = 'https://acme.eu.auth0.com/api/v2/users/auth0%7Cdana/roles';

const usual: Readonly<Record<string, Answer>> = {
  'POST /oauth/token': { status: 200, body: { access_token: 'token', expires_in: 86_400, token_type: 'Bearer' } },
  'POST /api/v2/users/auth0%7Cdana/roles': { status: 204 },
  'GET /api/v2/users/auth0%7Cdana/roles?per_page=100': { status: 200, body: [] },
};

/** The limit in the code is divided by this, so that a test of it does not last. */
const hurry = 50;

/** Runs the action's code as Auth0 does, in a context that has nothing but what is documented. Rejects if the sign-in fails. */
export async function signIn(circumstances: Circumstances = {}): Promise<SignIn> {
  const { policy = shopPolicy, answers = {}, cache = new Map(), user = {}, event = {} } = circumstances;
  const asked: Asked[] = [];
  const noted: Record<string, unknown> = {};
  const said: string[] = [];
  const fetch = async (url: string, options: RequestInit): Promise<Response> => {
    const { method = '', body, signal } = options;
    const headers = new Headers(options.headers);
    const token = headers.get('authorization');
    asked.push({ method, url, body: body === undefined ? null : JSON.parse(String(body)), token });
    const { pathname, search } = new URL(url);
    const answer = answers[`${method} ${pathname}`] ?? { ...usual, ...answers }[`${method} ${pathname}${search}`];
    if (answer === undefined) throw new TypeError('fetch failed');
    if (answer === 'cut') throw new TypeError('fetch failed');
    if (answer === 'silence') return silent(signal);
    const { status } = answer;
    const text = answer.text ?? JSON.stringify(answer.body);
    return new Response(status === 204 ? null : text, { status });
  };
  const { exports } = load(actionCode(policy), {
    fetch,
    console: { log: (text: string) => said.push(text) },
    AbortSignal: { timeout: (limit: number) => AbortSignal.timeout(limit / hurry) },
  });
  const api = {
    user: {
      setAppMetadata: (key: string, value: unknown) => {
        noted[key] = value;
      },
    },
    cache: {
      get: (key: string) => cache.get(key),
      set: (key: string, value: string, { ttl }: { ttl: number }) => {
        cache.set(key, { value, expires_at: Date.now() + ttl });
        return { type: 'success' };
      },
      delete: (key: string) => {
        cache.delete(key);
        return { type: 'success' };
      },
    },
  };
  await exports.onExecutePostLogin(eventOf(event, user), api);
  // What comes out of the context has prototypes of its own.
  return { asked, noted: JSON.parse(JSON.stringify(noted)), said, cache };
}

interface Loaded {
  readonly exports: { onExecutePostLogin: (event: object, api: object) => Promise<void> };
}

function load(code: string, globals: object): Loaded {
  const module = { exports: {} as Loaded['exports'] };
  runInContext(code, createContext({ ...globals, exports: module.exports, module }));
  return module;
}

function eventOf(event: object, user: object): object {
  return {
    client: { client_id: 'web', name: 'Web', metadata: {} },
    connection: { id: 'con_1', name: 'acme-sso', strategy: 'samlp' },
    authorization: { roles: [] },
    request: { method: 'GET', ip: '192.0.2.1', query: { audience: 'https://shop.example' }, body: {}, geoip: {} },
    resource_server: { identifier: 'https://shop.example' },
    stats: { logins_count: 1 },
    tenant: { id: 'acme' },
    secrets: { MANAGEMENT_CLIENT_ID: 'machine', MANAGEMENT_CLIENT_SECRET: 'hush' },
    user: {
      user_id: 'auth0|dana',
      email: 'dana@elsewhere.example',
      email_verified: true,
      identities: [{ connection: 'acme-sso', provider: 'samlp', user_id: 'dana', isSocial: false }],
      app_metadata: {},
      ...user,
    },
    ...event,
  };
}

function silent(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}
