import type { Diagnostic } from '../../language/diagnostic.ts';
import type { LintLevels } from '../../language/settings.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import type { Finding, Lint } from './lint-context.ts';
import { lints } from './lints.ts';
import { silenceAt, silencesIn } from './silences.ts';

/**
 * What could be better in a model that is right, each with its lint's name in brackets. A silence in the document of its
 * place silences a finding, and a level of the settings takes the place of its own; neither touches what is an error by
 * the catalogue of codes, but for `off`.
 *
 * @param documents the documents that the model was made from, all of them
 */
export function lint(
  model: EffectiveModel,
  documents: readonly TypedDocument[],
  levels: LintLevels = {},
): readonly Diagnostic[] {
  const silences = silencesIn(documents);
  const found: Finding[] = [];
  for (const { name, find } of lints) {
    const diagnostics = find({ model, documents, silences, found });
    found.push(...diagnostics.map((diagnostic) => ({ lint: name, diagnostic, silence: silenceOf(name, diagnostic) })));
  }
  return found.flatMap((finding) => toldOf(finding, levels));

  /** A silence that silenced the lint of unused silences would always be used. */
  function silenceOf(name: Lint['name'], { place }: Diagnostic) {
    return name === 'unused-silence' ? null : silenceAt(name, place, silences);
  }
}

function toldOf({ lint: name, diagnostic, silence }: Finding, levels: LintLevels): readonly Diagnostic[] {
  const level = levels[name];
  const isError = diagnostic.severity === 'error';
  if (level === 'off' || (silence !== null && !isError)) return [];
  const severity = isError ? 'error' : (level ?? diagnostic.severity);
  return [{ ...diagnostic, severity, message: `${diagnostic.message} [${name}]` }];
}
