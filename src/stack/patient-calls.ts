import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Request, Sender } from './send-request.ts';
import type { ConnectOptions } from './tenant.ts';
import { TenantError } from './tenant-error.ts';

/** What a server's failures mean. */
export interface Habits {
  /** Whether a connection that failed is worth another attempt; the server may have answered in this run, or not yet. */
  readonly isLost: (error: NodeJS.ErrnoException, hasAnswered: boolean) => boolean;
  /** Whether a call that was answered by this status, which is no limit of the rate, is worth another attempt. */
  readonly triesAgain: (status: number) => boolean;
  /** Seconds until a server that limits the rate may be asked again. */
  readonly waitFor: (answer: Answer) => number;
  /** What is thrown where there is no answer. */
  readonly failure: (url: string, request: Request, error: NodeJS.ErrnoException) => TenantError;
}

const attempts = 4;

/**
 * Sends with growing pauses, four times at most, what is worth it, and waits a limited rate out, as long as patience lasts over all
 * calls. Resolves to the last answer, whatever its status.
 *
 * @throws TenantError by the functions that are made
 */
export function patiently(
  send: Sender,
  { signal, onWait, patience }: Pick<ConnectOptions, 'signal' | 'onWait' | 'patience'>,
  { isLost, triesAgain, waitFor, failure }: Habits,
): Sender {
  let left = patience;
  let hasAnswered = false;
  return async (url, request) => {
    for (let attempt = 1; ; ) {
      const answer = await send(url, request).catch((error: NodeJS.ErrnoException) => {
        if (signal.aborted || attempt === attempts || !isLost(error, hasAnswered)) throw failure(url, request, error);
        return null;
      });
      hasAnswered ||= answer !== null;
      if (answer?.status === 429) {
        const seconds = waitFor(answer);
        if (seconds > left) return answer;
        left -= seconds;
        onWait(seconds);
        await sleep(seconds * 1000, undefined, { signal });
      } else {
        if (answer !== null && (attempt === attempts || !triesAgain(answer.status))) return answer;
        await sleep(250 * 2 ** attempt, undefined, { signal });
        attempt += 1;
      }
    }
  };
}

/** That a server did not answer, worded as the provider of Auth0 words it: with the method, the host and the cause's code. */
export function unanswered(method: Request['method'], url: string, error: NodeJS.ErrnoException): TenantError {
  const code = error.code === undefined || error.message.includes(error.code) ? '' : `${error.code} `;
  return new TenantError(`${method} ${new URL(url).host}: ${code}${error.message}`, { cause: error });
}
