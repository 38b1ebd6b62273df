import { errorBody, jsonContentType } from './errors.ts';

/**
 * What goes wrong: an error status, a connection cut before or after the work, a delay before it, or a read that does not
 * see the last writes.
 */
export type FaultAnswer =
  | {
      readonly status: 400 | 401 | 403 | 404 | 409 | 429 | 500 | 502 | 503 | 504;
      /** `X-RateLimit-Reset`, from now; null leaves the header out. Absent: one second for 429, no header otherwise. */
      readonly resetInSeconds?: number | null;
      /** The whole body, sent as it is; absent: an error body as Auth0 makes it. */
      readonly body?: string;
    }
  | { readonly cut: true }
  | { readonly delayMilliseconds: number }
  | { readonly loseAnswer: true }
  /** Answers as the tenant was before its last so many writes; hits no call but GET. */
  | { readonly staleBy: number };

/**
 * A fault on demand. `match.path` is tested against the raw path (`/api/v2/roles/rol_x`, still percent-encoded); a fault
 * without a path concerns the Management API only, not `/oauth/token`.
 */
export interface Fault {
  readonly match: { readonly method?: string; readonly path?: RegExp };
  /** How many calls it hits; default 1. */
  readonly times?: number;
  /** How many matching calls it lets through first; default 0. */
  readonly after?: number;
  readonly answer: FaultAnswer;
}

export interface FaultQueue {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  /** The answer of the first fault, in order of addition, that is due for this call; uses it up. */
  readonly take: (method: string, path: string) => FaultAnswer | undefined;
}

/** A fault that lets a call through counts it; one that hits is counted alone, later faults do not see that call. */
export function createFaultQueue(): FaultQueue {
  let pending: { fault: Fault; skip: number; left: number }[] = [];
  return {
    add: (fault) => {
      pending.push({ fault, skip: fault.after ?? 0, left: fault.times ?? 1 });
    },
    clear: () => {
      pending = [];
    },
    take: (method, path) => {
      for (const entry of pending) {
        if (!matches(entry.fault, method, path)) {
          continue;
        }
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        entry.left -= 1;
        pending = pending.filter((other) => other.left > 0);
        return entry.fault.answer;
      }
      return undefined;
    },
  };
}

function matches({ match, answer }: Fault, method: string, path: string): boolean {
  if ('staleBy' in answer && method !== 'GET') {
    return false;
  }
  if (match.method !== undefined && match.method.toUpperCase() !== method) {
    return false;
  }
  // `search` pays no heed to the state that a global expression keeps between tests.
  return match.path === undefined ? path.startsWith('/api/v2/') : path.search(match.path) >= 0;
}

const faultMessages: Readonly<Record<number, string>> = {
  400: 'Bad request.',
  401: 'Invalid token.',
  403: 'Insufficient scope, expected any of: none',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Global limit has been reached',
  500: 'Internal error',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
};

const faultCodes: Readonly<Record<number, string>> = { 403: 'insufficient_scope', 429: 'too_many_requests' };

/** The answer of a fault with a status, as Auth0 would word it. */
export function faultResponse({ status, resetInSeconds, body }: Extract<FaultAnswer, { status: number }>): Response {
  const reset = resetInSeconds === undefined && status === 429 ? 1 : resetInSeconds;
  const headers = new Headers({ 'content-type': jsonContentType });
  if (reset !== undefined && reset !== null) {
    headers.set('x-ratelimit-limit', '50');
    headers.set('x-ratelimit-remaining', '0');
    headers.set('x-ratelimit-reset', String(Math.ceil(Date.now() / 1000) + reset));
    headers.set('retry-after', String(Math.max(reset, 0)));
  }
  return new Response(body ?? errorBody(status, faultMessages[status] ?? '', faultCodes[status]), { status, headers });
}
