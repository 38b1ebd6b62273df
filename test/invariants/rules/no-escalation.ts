import { judgeOf } from '../decisions.ts';
import type { Observation } from '../observation.ts';
import { callText, instantsOf } from '../observation.ts';
import { subjectsOf } from '../subjects.ts';

/**
 * 2. At every instant nobody may do what they may do neither before nor after, by the policy of either time. Somebody who
 * moves from one role to another may be denied for a moment, and is judged here all the same.
 */
export function escalations(observation: Observation): readonly string[] {
  const judge = judgeOf(observation.pair);
  return subjectsOf(observation).flatMap((subject) => {
    const { before, after } = subject;
    const ends = [...judge.before(before), ...judge.after(after)];
    const byOld = new Set([...ends, ...judge.before(after)]);
    const byNew = new Set([...ends, ...judge.after(before)]);
    for (const { call, snapshot } of instantsOf(observation)) {
      const held = subject.at(snapshot);
      const [gained] = [
        ...[...judge.before(held)].filter((one) => !byOld.has(one)),
        ...[...judge.after(held)].filter((one) => !byNew.has(one)),
      ];
      if (gained !== undefined) return [`after ${callText(call)} ${subject.name} may: ${gained}`];
    }
    return [];
  });
}
