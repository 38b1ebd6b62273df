import type { Diagnostic } from '../language/diagnostic.ts';
import type { SourceFile } from '../language/source.ts';
import type { EffectiveModel } from '../model/effective-model.ts';
import type { Host } from './host.ts';

/** The files of the repository, and what they mean as far as they mean anything. */
export interface LoadedModel {
  readonly files: readonly SourceFile[];
  readonly model: EffectiveModel | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and checks the repository. */
export async function loadModel(host: Host): Promise<LoadedModel> {
  const [{ loadRepository }, { checkRepository }] = await Promise.all([
    import('../language/load-repository.ts'),
    import('../pipeline.ts'),
  ]);
  host.progress.tell('Checking the documents');
  const repository = await loadRepository(host.root);
  const [model, diagnostics] = checkRepository(repository, host.asOf);
  return { files: [...repository.files, ...repository.settings.files], model, diagnostics };
}
