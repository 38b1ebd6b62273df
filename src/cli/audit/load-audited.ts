import type { Diagnostic } from '../../language/diagnostic.ts';
import type { SourceFile } from '../../language/source.ts';
import { compile } from '../../model/compile/compile.ts';
import type { DesiredState } from '../../model/desired-state.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import type { Host } from '../host.ts';
import { loadModel } from '../load-model.ts';
import type { Failure } from '../outcome.ts';
import { failure } from '../outcome.ts';

/** What a tenant is held to. A model that breaks a rule of its own is still one; nothing is built from it here. */
export interface Audited {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly failure: Failure | null;
  readonly held: { readonly model: EffectiveModel; readonly desired: DesiredState } | null;
}

/** Reads the repository, and what a stack should hold by it. */
export async function loadAudited(host: Host, stack: string | undefined): Promise<Audited> {
  const { model, files, diagnostics } = await loadModel(host);
  if (model === null) return { files, diagnostics, failure: null, held: null };
  if (stack === undefined) {
    const known = model.environments.map(({ name }) => name).join(', ');
    const help = known === '' ? 'give --stack NAME, or set PULUMI_STACK' : `give --stack NAME; there are ${known}`;
    return { files, diagnostics, failure: failure('no stack is named', help).failure, held: null };
  }
  const [desired, compiling] = compile(model, stack);
  const all = [...diagnostics, ...compiling];
  return { files, diagnostics: all, failure: null, held: desired === null ? null : { model, desired } };
}
