import type { StepEventMetadata } from '@pulumi/pulumi/automation/events.js';
import type { Kind } from '../stack/resource-kinds.ts';
import type { Target } from '../stack/target.ts';
import { nameOfUrn } from './state.ts';

/** A step of the engine with kinds and properties in the words of all targets, where it is about a resource of ours. */
export function inAllTargetsWords(
  step: StepEventMetadata,
  target: Pick<Target, 'kindOf' | 'holds'>,
): StepEventMetadata {
  const kind = target.kindOf(step.type, nameOfUrn(step.urn));
  if (kind === null) return step;
  return {
    ...step,
    type: kind,
    ...(step.old === undefined ? {} : { old: sideOf(step.old, kind, target) }),
    ...(step.new === undefined ? {} : { new: sideOf(step.new, kind, target) }),
  };
}

function sideOf<Side extends StepEventMetadata['old']>(side: Side, kind: Kind, target: Pick<Target, 'holds'>): Side {
  if (!side) return side;
  const { inputs, outputs } = side;
  return {
    ...side,
    ...(inputs ? { inputs: target.holds(kind, inputs) } : {}),
    ...(outputs ? { outputs: target.holds(kind, outputs) } : {}),
  };
}
