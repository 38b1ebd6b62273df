import { hasErrors } from '../../language/diagnostic.ts';
import type { Finding } from '../../report/findings-text.ts';
import { counted } from '../../report/tally.ts';
import type { Host } from '../host.ts';
import type { LoadedModel } from '../load-model.ts';

/** The documents, and the stacks that they make possible. */
export function documentFindings({ root }: Host, { files, model, diagnostics }: LoadedModel): readonly Finding[] {
  const subject = 'documents';
  if (files.length === 0) {
    const [problem] = diagnostics;
    const found = problem?.message ?? 'none found';
    return [{ subject, state: 'missing', found, advice: problem?.help ?? null }];
  }
  const count = counted(files.length, 'file');
  if (model === null || hasErrors(diagnostics)) {
    return [{ subject, state: 'missing', found: `${count}, with errors`, advice: '`rolewright check` shows them' }];
  }
  const stacks = model.environments.map(({ name }) => name).join(', ');
  return [
    { subject, state: 'ok', found: `${count} in ${root}`, advice: null },
    stacks === ''
      ? {
          subject: 'stacks',
          state: 'missing',
          found: 'no Environment is declared',
          advice: 'declare one for each stack',
        }
      : { subject: 'stacks', state: 'ok', found: stacks, advice: null },
  ];
}
