import type { Emulator, FaultAnswer } from '../../src/emulator/start-emulator.ts';

interface Course {
  /** How the k-th write is answered; null: as it should be. A run that goes on may send it again. */
  readonly answer: FaultAnswer | null;
  /** How everything after it is answered, until the run is over; null: as it should be. */
  readonly afterwards: FaultAnswer | null;
}

/**
 * What happens to a run at its k-th write. The network goes for good before that write is done, when it has been answered, or
 * when it is done and not answered; the service fails from there on; or the write alone is refused, or put off.
 */
const courses = {
  'cut before': { answer: { cut: true }, afterwards: { cut: true } },
  'cut after': { answer: null, afterwards: { cut: true } },
  'answer lost': { answer: { loseAnswer: true }, afterwards: { cut: true } },
  unavailable: { answer: { status: 503 }, afterwards: { status: 503 } },
  refused: { answer: { status: 403 }, afterwards: null },
  'rate limited': { answer: { status: 429 }, afterwards: null },
} as const satisfies Readonly<Record<string, Course>>;

export type Disaster = keyof typeof courses;
export const disasters = Object.keys(courses) as readonly Disaster[];

export interface Strike {
  readonly disaster: Disaster;
  /** 1 for the first. */
  readonly write: number;
}

/**
 * Faults for a strike. The function is to be told of each write while the emulator records it, with its number: it lays
 * the faults for the next one, or for all that follows.
 */
export function strikeAt(emulator: Emulator, { disaster, write }: Strike): (done: number) => void {
  const { answer, afterwards } = courses[disaster];
  return (done) => {
    if (done === write - 1 && answer !== null) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) emulator.addFault({ match: { method }, answer });
    }
    if (done !== write) return;
    emulator.clearFaults();
    if (afterwards !== null) emulator.addFault({ match: {}, times: Number.POSITIVE_INFINITY, answer: afterwards });
  };
}
