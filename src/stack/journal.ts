import type { Input } from '@pulumi/pulumi';
import { ComponentResource } from '@pulumi/pulumi';
import { byCodePoint } from '../language/source.ts';

/** Something that a run found absent at the tenant and is about to create; only such things are adopted after a crash. */
export type Owed =
  | { readonly kind: 'role'; readonly name: string; readonly title: string; readonly description: string }
  | { readonly kind: 'application'; readonly name: string; readonly audience: string }
  /** Also one that is only changed: until the run ends, nobody knows whether its code was deployed. */
  | { readonly kind: 'action'; readonly name: string; readonly title: string };

export const journalType = 'rolewright:index:Journal';
export const journalName = 'journal';

/**
 * The creates that the stack has begun, kept in its own state as the output `owed`, one JSON text. It is written by an
 * update of its own before the first create, and registered again, with less, when everything is there. As long as it
 * names something that the state does not hold, a run has been cut off, and what it names is ours although the state
 * has no id for it.
 *
 * A plain `pulumi up` does not know what is owed and registers no outputs, and then the engine keeps those that stand.
 */
export class Journal extends ComponentResource {
  constructor(owed: Input<string> | null) {
    super(journalType, journalName, {}, {});
    if (owed !== null) super.registerOutputs({ owed });
  }

  /** The base class calls this by itself with nothing, which would erase what stands in the state. */
  protected override registerOutputs(): void {}
}

/** The entries as they stand in the state, sorted, so that the same entries are the same text. */
export function formatOwed(owed: readonly Owed[]): string {
  return JSON.stringify([...owed].sort((a, b) => byCodePoint(a.kind, b.kind) || byCodePoint(a.name, b.name)));
}

/**
 * The program of the update that comes before the first create and calls nobody: it writes down what will be ours.
 * It hands the stack's outputs on as they stand, because a program that returns none erases them.
 */
export function registerJournal<T>(owed: readonly Owed[], outputs: T): T {
  new Journal(formatOwed(owed));
  return outputs;
}
