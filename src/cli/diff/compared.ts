import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import type { Clone } from '../../revisions/clone.ts';
import type { Range } from '../../revisions/range.ts';
import { mergeBase, resolveRevision } from '../../revisions/resolve-revision.ts';
import type { Host } from '../host.ts';
import { inEnvironment, lookUpEnvironment, withSharedConstraints } from './in-environment.ts';
import type { Side } from './side.ts';
import { lastMeaningful, revisionSide, workingTree } from './side.ts';

/** Two sides that are to be compared, or why they cannot be. */
export interface Compared {
  /** null: there is nothing to compare. */
  readonly base: MeaningfulSide | null;
  readonly head: MeaningfulSide | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: Side['files'];
}

/** A side that means something. */
export type MeaningfulSide = Side & { readonly model: EffectiveModel };

/** The two sides of a range of revisions. */
export async function comparedRevisions(host: Host, clone: Clone, range: Range): Promise<Compared> {
  host.progress.tell('Reading both sides');
  const [baseId, noBase] = await resolveRevision(clone, range.base);
  const [headId, noHead] = range.head === null ? [null, []] : await resolveRevision(clone, range.head);
  const unknown = [...noBase, ...noHead];
  if (baseId === null || unknown.length > 0) return nothingToCompare(unknown);
  let base = { name: range.base, id: baseId };
  if (range.fromWhereTheyParted && range.head !== null && headId !== null) {
    const [parting, unrelated] = await mergeBase(clone, base, { name: range.head, id: headId });
    if (parting === null) return nothingToCompare(unrelated);
    base = { name: `${parting.slice(0, 10)}, where ${range.base} and ${range.head} parted`, id: parting };
  }
  const head =
    range.head === null || headId === null
      ? await workingTree(host, clone)
      : await revisionSide(host, clone, range.head, headId);
  return judged(await baseSide(host, clone, base), head);
}

/** Two environments of the working tree. */
export async function comparedEnvironments(host: Host, from: string, to: string): Promise<Compared> {
  host.progress.tell('Checking the documents');
  const tree = await workingTree(host, null);
  if (tree.model === null) return { ...nothingToCompare(tree.errors), files: tree.files };
  const [one, unknownOne] = lookUpEnvironment(tree.model, from);
  const [other, unknownOther] = lookUpEnvironment(tree.model, to);
  if (one === null || other === null) return nothingToCompare([...unknownOne, ...unknownOther]);
  // Under one name, or each would be told to be new and the other removed; that they have two purposes is why there are two.
  const model = withSharedConstraints(tree.model, one, other);
  const { environments: _, ...base } = inEnvironment(model, one);
  const environments = [{ ...one, name: other.name, purpose: other.purpose }];
  return {
    base: { ...tree, name: from, model: { ...base, environments } },
    head: { ...tree, name: to, model: inEnvironment(model, other) },
    diagnostics: tree.errors,
    files: tree.files,
  };
}

interface BaseSide {
  readonly side: Side | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: Side['files'];
}

/** A base that means nothing must not make a review impossible: the last revision before it that does is compared instead. */
async function baseSide(
  host: Host,
  clone: Clone,
  { name, id }: { readonly name: string; readonly id: string },
): Promise<BaseSide> {
  const side = await revisionSide(host, clone, name, id);
  if (side.model === null) {
    const instead = await lastMeaningful(host, clone, name, id);
    const told = diagnostic('RW6708', null, { side: name, instead: instead?.name ?? null });
    return { side: instead, diagnostics: [told, ...side.errors], files: side.files };
  }
  const count = side.errors.length;
  const diagnostics = count === 0 ? [] : [diagnostic('RW6712', null, { side: name, count })];
  return { side, diagnostics, files: [] };
}

function judged(base: BaseSide, head: Side): Compared {
  const nothing = diagnostic('RW6708', null, { side: head.name, instead: null });
  return {
    base: meaningful(base.side),
    head: meaningful(head),
    diagnostics: [...base.diagnostics, ...(head.model === null ? [nothing] : []), ...head.errors],
    files: [...base.files, ...head.files],
  };
}

function meaningful(side: Side | null): MeaningfulSide | null {
  return side === null || side.model === null ? null : { ...side, model: side.model };
}

function nothingToCompare(diagnostics: readonly Diagnostic[]): Compared {
  return { base: null, head: null, diagnostics, files: [] };
}
