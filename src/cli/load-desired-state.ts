import type { Diagnostic } from '../language/diagnostic.ts';
import type { SourceFile } from '../language/source.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Host } from './host.ts';
import type { Failure } from './outcome.ts';
import { failure } from './outcome.ts';

/**
 * What a stack should hold, or why that cannot be said. Where the only errors are exceptions that are over, both are
 * there: such a state may take away, and give nobody anything.
 */
export interface LoadedDesiredState {
  readonly files: readonly SourceFile[];
  readonly desired: DesiredState | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly failure: Failure | null;
}

/** Reads the repository and builds the desired state of a stack. */
export async function loadDesiredState(host: Host, stack: string | undefined): Promise<LoadedDesiredState> {
  const [{ loadRepository }, { buildRepositoryToNarrow, checkRepository }] = await Promise.all([
    import('../language/load-repository.ts'),
    import('../pipeline.ts'),
  ]);
  host.progress.tell('Checking the documents');
  const repository = await loadRepository(host.root);
  const files = [...repository.files, ...repository.settings.files];
  if (stack === undefined) {
    const [model, diagnostics] = checkRepository(repository, host.asOf);
    const known = (model?.environments ?? []).map(({ name }) => name).join(', ');
    const help = known === '' ? 'give --stack NAME, or set PULUMI_STACK' : `give --stack NAME; there are ${known}`;
    const missing = failure('no stack is named', help).failure;
    return { files, desired: null, diagnostics, failure: missing };
  }
  const [desired, diagnostics] = buildRepositoryToNarrow(repository, stack, host.asOf);
  return { files, desired, diagnostics, failure: null };
}
