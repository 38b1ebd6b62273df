import type { LintName } from '../../language/catalogue/lint-codes.ts';
import type { Diagnostic } from '../../language/diagnostic.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import type { Silence } from './silences.ts';

/** What a lint may look at. */
export interface LintContext {
  /** Free of errors: a lint never speaks of what is broken. */
  readonly model: EffectiveModel;
  /** For what the model does not keep: which file has which documents. */
  readonly documents: readonly TypedDocument[];
  readonly silences: readonly Silence[];
  /** What the lints before this one have found, the silenced included. */
  readonly found: readonly Finding[];
}

/** What a lint has found, and the silence that stands in the document of its place. */
export interface Finding {
  readonly lint: LintName;
  readonly diagnostic: Diagnostic;
  readonly silence: Silence | null;
}

/** A lint: a name, and a function that never guesses, since a false alarm is a bug. */
export interface Lint {
  readonly name: LintName;
  readonly find: (context: LintContext) => readonly Diagnostic[];
}
