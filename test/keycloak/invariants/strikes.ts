import type { Interference, ProxiedCall } from '../../support/recording-proxy.ts';

interface Course {
  readonly answer: Interference;
  /** What becomes of every call after it, reads and sign-ins too, until the run is over; null: it is forwarded. */
  readonly afterwards: Interference | null;
}

/**
 * What happens to a run at its k-th write. The network goes for good, before that write is done or before it is answered, or for
 * this answer alone; the server fails from there on, or once; or it refuses the write.
 */
const courses = {
  'cut before': { answer: 'break before it arrives', afterwards: 'break before it arrives' },
  'answer lost': { answer: 'break before the answer arrives', afterwards: 'break before it arrives' },
  'answer lost once': { answer: 'break before the answer arrives', afterwards: null },
  unavailable: { answer: { status: 503 }, afterwards: { status: 503 } },
  'failing once': { answer: { status: 500 }, afterwards: null },
  refused: { answer: { status: 403 }, afterwards: null },
} as const satisfies Readonly<Record<string, Course>>;

export type Disaster = keyof typeof courses;
export const disasters = Object.keys(courses) as readonly Disaster[];

export interface Strike {
  readonly disaster: Disaster;
  /** 1 for the first. */
  readonly write: number;
}

/** What becomes of a call; `write` is its number if it writes, else how many writes there have been. */
export function interferenceOf({ disaster, write: struck }: Strike, { isWrite }: ProxiedCall, write: number) {
  const { answer, afterwards } = courses[disaster];
  if (isWrite && write === struck) return answer;
  return write >= struck ? (afterwards ?? undefined) : undefined;
}
