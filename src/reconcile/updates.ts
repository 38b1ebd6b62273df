import type { PulumiFn } from '@pulumi/pulumi/automation/workspace.js';
import { byCodePoint } from '../language/source.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Adoption } from '../stack/adoption.ts';
import type { Owed } from '../stack/journal.ts';
import { formatOwed, journalName, journalType, registerJournal } from '../stack/journal.ts';
import type { LoweredState } from '../stack/lowered-state.ts';
import { kinds } from '../stack/resource-kinds.ts';
import type { Target } from '../stack/target.ts';
import type { Settlement } from './adoption.ts';
import type { Strays } from './disagreement.ts';
import type { Effect } from './effects.ts';
import { effectsOf, withoutEffects } from './effects.ts';
import { afterSteps, expectedSteps } from './expected-steps.ts';
import type { KnownAccounts } from './holder-changes.ts';
import { stagesWithNewcomers } from './newcomers.ts';
import { hasPeople, withoutPeople } from './people.ts';
import type { Step } from './plan-from-steps.ts';
import { planFromSteps } from './plan-from-steps.ts';
import type { UpdateRequest } from './run-update.ts';
import { withSignIn } from './sign-in-stages.ts';
import type { StackState } from './state.ts';
import { nameOfUrn } from './state.ts';

/** One run of the engine in the course of an `up`. */
export interface Update {
  readonly program: PulumiFn;
  readonly options: Pick<UpdateRequest, 'refresh' | 'checkpoints' | 'targets'>;
  /** What is told of it while it runs; null: its changes are counted. */
  readonly progress: string | null;
  /** What it does to the tenant, as `effectsOf` words it. */
  readonly effects: readonly string[];
}

/** What the updates of a plan are made from. */
export interface Undertaking {
  readonly identityProvider: Target;
  readonly desired: DesiredState;
  readonly target: LoweredState;
  /** The state as it is, and as the preview has seen it. */
  readonly state: StackState;
  readonly seen: StackState;
  readonly settlement: Settlement;
  readonly accounts: KnownAccounts;
  readonly refresh: boolean;
  readonly writes: number;
  readonly createsOnly: boolean;
  /** Where the engine does more, or less, than what is declared; a run that overrides their refusals carries that out too. */
  readonly strays: Strays;
}

/**
 * The updates that carry a plan out, one after the other: the journal, then one for each stage. What each does is worked
 * out without the engine, from what the one before leaves.
 */
export function updatesOf(undertaking: Undertaking): readonly Update[] {
  const { identityProvider, desired, target, state, seen, settlement, accounts, strays } = undertaking;
  const { adoption, owed, orphans } = settlement;
  const effects = (steps: readonly Step[], more: readonly Effect[] = []) =>
    withoutEffects([...effectsOf(planFromSteps(steps, desired, '', accounts)), ...more], strays.leftOut)
      .map(({ text }) => text)
      .sort(byCodePoint);
  const updates: Update[] = [];
  let resources = seen.resources;

  const writeDown = async () => registerJournal(owed, state.outputs);
  if (needsWriting(owed, state.owed)) {
    const options = { refresh: false, targets: [journalUrn] };
    updates.push({ program: writeDown, options, progress: 'writing down what will be created', effects: [] });
  }
  const all = withSignIn([...peopleLast(undertaking), ...stagesWithNewcomers(target, seen)], undertaking);
  const made = new Set<string>();
  for (const [index, stage] of all.entries()) {
    const steps = expectedSteps(stage, resources, adoptionBut(made, adoption));
    // What a later stage creates stays written down until then.
    const owedAfterwards = index === all.length - 1 ? orphans : owed;
    const options = {
      refresh: index === 0 && undertaking.refresh,
      checkpoints: hasPeople(stage) || !canDoWithoutCheckpoints(undertaking),
    };
    const program = () => identityProvider.register(stage, { adoption, owedAfterwards });
    // The first program that is whole is the one in which the engine misses what it does not declare.
    const unasked = index === 0 ? strays.unasked : [];
    updates.push({ program, options, progress: null, effects: effects(steps, unasked) });
    resources = afterSteps(resources, steps);
    for (const step of steps) if (step.new) made.add(`${step.type} ${nameOfUrn(step.new.urn)}`);
  }
  return updates;
}

/** The journal, whatever the project is named: `*` stands for a part of a URN. */
export const journalUrn = `urn:pulumi:*::*::${journalType}::${journalName}`;

/** Only what is not written down yet costs an update; names that are settled meanwhile go with the main one. */
function needsWriting(owed: readonly Owed[], written: readonly Owed[]): boolean {
  const there = new Set(written.map((entry) => formatOwed([entry])));
  return owed.some((entry) => !there.has(formatOwed([entry])));
}

/** What earlier stages have taken over is there, and no longer to be imported. */
function adoptionBut(made: ReadonlySet<string>, adoption: Adoption): Adoption {
  const left = (ids: Readonly<Record<string, string>>, type: string) =>
    Object.fromEntries(Object.entries(ids).filter(([name]) => !made.has(`${type} ${name}`)));
  return {
    apis: left(adoption.apis, kinds.api),
    scopes: left(adoption.scopes, kinds.scopes),
    roles: left(adoption.roles, kinds.role),
    grants: left(adoption.grants, kinds.grants),
    actions: left(adoption.actions, kinds.action),
  };
}

/**
 * The file backend writes the whole state at every step: 500 roles take minutes with checkpoints and seconds without.
 * Where a large change only creates, and the journal names it all, a run that is killed loses nothing without them: the
 * next one adopts what it finds.
 */
function canDoWithoutCheckpoints({ createsOnly, writes }: Undertaking): boolean {
  return createsOnly && writes >= manyWrites;
}

const manyWrites = 100;

/**
 * The journal does not name people, so they come with checkpoints: in an update of their own, where nobody holds
 * anything yet and the rest does without.
 */
function peopleLast(undertaking: Undertaking): readonly LoweredState[] {
  const { target, seen } = undertaking;
  const first = seen.resources.every(({ type }) => type !== kinds.holder && type !== kinds.defaultRole);
  if (!first || !hasPeople(target) || !canDoWithoutCheckpoints(undertaking)) return [];
  return [withoutPeople(target)];
}
