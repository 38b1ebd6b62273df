import type { Judge } from '../decisions.ts';
import { judgeOf } from '../decisions.ts';
import type { Observation } from '../observation.ts';
import { callText, instantsOf } from '../observation.ts';
import type { Subject } from '../subjects.ts';
import { subjectsOf } from '../subjects.ts';

/**
 * 1. At every instant everybody may do at least what they may do both before and after. What a policy allows them at both
 * ends, that policy allows them meanwhile: services have it then. Where only the scope of a permission changes, no policy
 * does, and one of the two is enough. Each subject is told once, at the first call that fails it.
 */
export function outages(observation: Observation): readonly string[] {
  const judge = judgeOf(observation.pair);
  return subjectsOf(observation)
    .filter(({ staysInRoles }) => staysInRoles)
    .flatMap((subject) => {
      const missing = missingOf(subject, judge);
      for (const { call, snapshot } of instantsOf(observation)) {
        const [lost] = missing(snapshot);
        if (lost !== undefined) return [`after ${callText(call)} ${subject.name} may not: ${lost}`];
      }
      return [];
    });
}

function missingOf({ before, after, at }: Subject, judge: Judge) {
  const last = judge.after(after);
  const always = [...judge.before(before)].filter((one) => last.has(one));
  const [oldLast, newFirst] = [judge.before(after), judge.after(before)];
  return (snapshot: Observation['first']): readonly string[] => {
    const held = at(snapshot);
    const [old, now] = [judge.before(held), judge.after(held)];
    return always.filter(
      (one) =>
        (oldLast.has(one) && !old.has(one)) || (newFirst.has(one) && !now.has(one)) || (!old.has(one) && !now.has(one)),
    );
  };
}
