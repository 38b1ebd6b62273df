import type { FileDigests } from '../../analysis/diff/file-digests.ts';
import type { Diagnostic } from '../../language/diagnostic.ts';
import { hasErrors } from '../../language/diagnostic.ts';
import type { Repository } from '../../language/load-repository.ts';
import { loadRepository, loadRepositoryFrom } from '../../language/load-repository.ts';
import type { Place, SourceFile } from '../../language/source.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import { checkRepository } from '../../pipeline.ts';
import type { Clone } from '../../revisions/clone.ts';
import { readCommit } from '../../revisions/clone.ts';
import { revisionFiles } from '../../revisions/revision-files.ts';
import type { Host } from '../host.ts';
import { revisionDigests, workingDigests } from './judging-files.ts';

/** One side of a comparison: what a repository means there. */
export interface Side {
  /** As the reader named it: a revision, "the working tree". */
  readonly name: string;
  readonly model: EffectiveModel | null;
  /** Its errors, and nothing less: a comparison is not the place for advice. Places name the revision, as git does: `main:roles/…`. */
  readonly errors: readonly Diagnostic[];
  /** The files that those point into, named likewise. */
  readonly files: readonly SourceFile[];
  readonly digests: FileDigests;
  /** Says of a diagnostic's places that they are of this side. */
  readonly named: (diagnostic: Diagnostic) => Diagnostic;
}

/** The working tree as a side. Without a clone nothing is known of the files that judge besides the documents. */
export async function workingTree(host: Host, clone: Clone | null): Promise<Side> {
  const repository = await loadRepository(host.root);
  const digests = clone === null ? new Map() : await workingDigests(clone, repository.settings.files);
  return sideOf('the working tree', '', repository, digests, host.asOf);
}

/** A revision as a side. */
export async function revisionSide(host: Host, clone: Clone, name: string, commit: string): Promise<Side> {
  const repository = await loadRepositoryFrom(await revisionFiles(clone, commit));
  const digests = await revisionDigests(clone, commit, repository.settings.files);
  return sideOf(name, `${name}:`, repository, digests, host.asOf);
}

/** How many revisions before one that means nothing are tried: a branch that is broken for longer is repaired first. */
const mostTried = 100;

/** The last revision before a commit, back along first parents, that means something. */
export async function lastMeaningful(host: Host, clone: Clone, name: string, commit: string): Promise<Side | null> {
  let [parent] = (await readCommit(clone, commit)).parents;
  for (let count = 1; parent !== undefined && count <= mostTried; count += 1) {
    host.signal.throwIfAborted();
    host.progress.tell(`Looking for a revision before ${name} that means something: ${count}`);
    const side = await revisionSide(host, clone, `${name}~${count} (${parent.slice(0, 10)})`, parent);
    if (side.model !== null) return side;
    [parent] = (await readCommit(clone, parent)).parents;
  }
  return null;
}

function sideOf(
  name: string,
  prefix: string,
  repository: Repository,
  digests: FileDigests,
  asOf: string | undefined,
): Side {
  const [model, diagnostics] = checkRepository(repository, asOf);
  const place = (at: Place): Place => ({ ...at, file: prefix + at.file });
  const named = (item: Diagnostic): Diagnostic => ({
    ...item,
    place: item.place === null ? null : place(item.place),
    related: item.related.map((related) => ({ ...related, place: place(related.place) })),
  });
  const files = [...repository.files, ...repository.settings.files].map(({ path, text }) => ({
    path: prefix + path,
    text,
  }));
  return { name, model, errors: diagnostics.filter((item) => hasErrors([item])).map(named), files, digests, named };
}
