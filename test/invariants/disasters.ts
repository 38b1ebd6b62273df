import type { Emulator, FaultAnswer } from '../../src/emulator/start-emulator.ts';

/**
 * What happens to a run at its k-th write. The network goes for good before that write is done, when it has been answered, or
 * when it is done and not answered; or the write alone is refused.
 */
export const disasters = ['cut before', 'cut after', 'answer lost', 'refused'] as const;
export type Disaster = (typeof disasters)[number];

export interface Strike {
  readonly disaster: Disaster;
  /** 1 for the first. */
  readonly write: number;
}

const methods = ['POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Faults for a strike. The function is to be told of each write while the emulator records it, with its number: it lays
 * the faults for the next one, or ends all traffic.
 */
export function strikeAt(emulator: Emulator, { disaster, write }: Strike): (done: number) => void {
  const onWrites = (answer: FaultAnswer, times: number) => {
    for (const method of methods) emulator.addFault({ match: { method }, times, answer });
  };
  const cutEverything = () => emulator.addFault({ match: {}, times: Number.POSITIVE_INFINITY, answer: { cut: true } });
  return (done) => {
    if (done === write - 1 && disaster === 'cut before') onWrites({ cut: true }, Number.POSITIVE_INFINITY);
    if (done === write - 1 && disaster === 'answer lost') onWrites({ loseAnswer: true }, 1);
    if (done === write - 1 && disaster === 'refused') onWrites({ status: 403 }, 1);
    if (done !== write) return;
    emulator.clearFaults();
    if (disaster !== 'refused') cutEverything();
  };
}
