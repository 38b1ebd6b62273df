import { diagnostic } from '../language/diagnostic.ts';
import type { Effect } from './effects.ts';
import { doingOfEffects, withoutEffects } from './effects.ts';
import type { Refusal } from './refusal.ts';
import { refusal } from './refusal.ts';

/** Where the engine's plan is not what the documents ask for. */
export interface Strays {
  /** What nobody has asked for: a resource that other means put into the stack is deleted, a role is made anew. */
  readonly unasked: readonly Effect[];
  /** What is declared, and left out. */
  readonly leftOut: readonly Effect[];
}

/** Compares what the engine announces with what is expected. The plan that people read is always the engine's. */
export function straysOf(engine: readonly Effect[], expected: readonly Effect[]): Strays {
  return { unasked: withoutEffects(engine, expected), leftOut: withoutEffects(expected, engine) };
}

/** One refusal for each thing that strays are about, with its own override. */
export function disagreements({ unasked, leftOut }: Strays): readonly Refusal[] {
  return [
    ...bySubject(unasked).map(([subject, doing]) =>
      refusal('unasked', subject, (help) =>
        diagnostic('RW6420', null, { doing }, { help: `${otherProgram}; ${help}` }),
      ),
    ),
    ...bySubject(leftOut).map(([subject, doing]) =>
      refusal('left-out', subject, (help) => diagnostic('RW6421', null, { doing }, { help: `${compare}; ${help}` })),
    ),
  ];
}

const otherProgram =
  'see with `pulumi stack --show-urns` what else is in the stack; if another program declares it, run that one with `pulumi up`';
const compare = 'run it with --refresh, so that the state is what the tenant holds';

function bySubject(effects: readonly Effect[]): readonly (readonly [subject: string, doing: string])[] {
  return [...Map.groupBy(effects, ({ subject }) => subject)].map(([subject, some]) => [subject, doingOfEffects(some)]);
}
