import { terminalText } from '../../report/terminal-text.ts';

/** How GitHub is reached. */
export interface GitHubAccess {
  /** Without a slash at its end: `https://api.github.com`. */
  readonly restUrl: string;
  readonly graphqlUrl: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** What GitHub answered; `busy` may be asked again, after `wait` seconds (null: it does not say how many). */
export type Reply =
  | { readonly kind: 'done'; readonly data: unknown; readonly nextPage: string | null }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  | { readonly kind: 'busy'; readonly reason: string; readonly wait: number | null };

export type Unanswered = Exclude<Reply, { readonly kind: 'done' }>;

/** How long one call may take, in milliseconds. */
const patience = 30_000;

/** What GitHub asks for where a limit is reached and no header says how long, in seconds. */
const waitForLimit = 60;

/** One call of GitHub's API. Rejects only when `access.signal` is aborted. */
export async function callGitHub(
  access: GitHubAccess,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  body: Readonly<Record<string, string>> | null,
): Promise<Reply> {
  // The token goes to these two and nowhere else, whatever a `Link` header says.
  const known = [access.restUrl, access.graphqlUrl].map((known) => new URL(known).origin);
  if (!known.includes(new URL(url).origin)) {
    return { kind: 'refused', status: 0, reason: `it leads to another host, ${terminalText(new URL(url).origin)}` };
  }
  try {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${access.token}`,
        'content-type': 'application/json',
        'user-agent': 'rolewright',
        'x-github-api-version': '2022-11-28',
      },
      body: body === null ? null : JSON.stringify(body),
      signal: AbortSignal.any([access.signal, AbortSignal.timeout(patience)]),
    });
    return replyOf(response, await response.text(), access.token);
  } catch (error) {
    access.signal.throwIfAborted();
    const { cause, message } = error as Error;
    const reason = cause instanceof Error && cause.message !== '' ? cause.message : message;
    return { kind: 'busy', reason: said(reason, access.token), wait: null };
  }
}

function replyOf({ ok, status, headers }: Response, text: string, token: string): Reply {
  const data = parsed(text);
  if (ok) return { kind: 'done', data, nextPage: nextPageOf(headers.get('link')) };
  const message = fieldOf(data, 'message');
  const reason = said(`${status}${typeof message === 'string' ? ` ${message}` : ''}`, token);
  const limited = isLimited(status, headers, reason);
  if (limited) return { kind: 'busy', reason, wait: waitOf(headers) ?? waitForLimit };
  return status >= 500 ? { kind: 'busy', reason, wait: waitOf(headers) } : { kind: 'refused', status, reason };
}

/** Both limits of GitHub answer 403 or 429; a 403 without their signs is a lack of permission. */
function isLimited(status: number, headers: Headers, reason: string): boolean {
  if (status === 429) return true;
  const hasSign = headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0';
  return status === 403 && (hasSign || /\brate limit\b/iu.test(reason));
}

function waitOf(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  if (seconds >= 0) return seconds;
  if (headers.get('x-ratelimit-remaining') !== '0') return null;
  // By GitHub's clock, which set the hour, not by this machine's.
  const wait = Number(headers.get('x-ratelimit-reset')) - Date.parse(headers.get('date') ?? '') / 1000;
  return wait >= 0 ? Math.ceil(wait) : null;
}

function nextPageOf(link: string | null): string | null {
  const next = (link ?? '').split(',').find((part) => /;\s*rel="next"/u.test(part));
  return /<([^>]+)>/u.exec(next ?? '')?.[1] ?? null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A field of what may be anything; undefined where there is none. */
export function fieldOf(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** Words from outside on one line, without the token, should they repeat it. */
function said(text: string, token: string): string {
  return terminalText(text.replaceAll(token, '***').slice(0, 300));
}
