import type { Unanswered } from './github-call.ts';

type Busy = Extract<Unanswered, { readonly kind: 'busy' }>;

/** Waits that many seconds. Rejects where the run is interrupted. */
export type Sleep = (seconds: number) => Promise<void>;

/** Seconds between tries where GitHub names none. */
const pauses = [1, 2, 4, 8] as const;

/** A job that stands still for longer helps nobody, in seconds; it is run again by hand, later. */
const longestWait = 180;

/**
 * Tries until GitHub has an answer, five times at most, and waits as long as it asks for. A try begins at the
 * beginning and looks for what the one before may have done all the same: a server that says 502 may have posted.
 */
export async function insist<T extends { readonly kind: string }>(
  attempt: () => Promise<T | Busy>,
  sleep: Sleep,
): Promise<T | Busy> {
  let answer = await attempt();
  for (const pause of pauses) {
    if (!isBusy(answer)) return answer;
    const wait = answer.wait ?? pause;
    if (wait > longestWait) return answer;
    await sleep(wait);
    answer = await attempt();
  }
  return answer;
}

function isBusy(answer: { readonly kind: string }): answer is Busy {
  return answer.kind === 'busy';
}
