import type { Diagnostic, Result } from './language/diagnostic.ts';
import { hasErrors, sortDiagnostics } from './language/diagnostic.ts';
import { parse } from './language/parse/parse.ts';
import type { SourceFile } from './language/source.ts';
import { withoutEchoes } from './language/validate/echoes.ts';
import { validate } from './language/validate/validate.ts';
import { compile } from './model/compile/compile.ts';
import type { Definitions } from './model/definitions.ts';
import type { DesiredState } from './model/desired-state.ts';
import type { EffectiveModel } from './model/effective-model.ts';
import { link } from './model/link/link.ts';
import { resolve } from './model/resolve/resolve.ts';
import { checkLimits } from './targets/auth0/limits.ts';

/**
 * Files → effective model: parse, validate, link, resolve, and what the identity provider would refuse. All problems are
 * told at once, sorted; the model is null if any of them is an error.
 *
 * @param loading what loading the files found; a file that could not be read is known from it
 */
export function check(
  files: readonly SourceFile[],
  loading: readonly Diagnostic[] = [],
): Result<EffectiveModel | null> {
  const [documents, parsing] = parse(files);
  const [typed, validating] = validate(documents);
  const reading = [...loading, ...parsing, ...validating];
  const [definitions, linking] = link(typed);
  const [model, resolving] = resolve(definitions);
  const found: Diagnostic[] = [...reading, ...withoutEchoes([...linking, ...resolving], files, reading)];
  if (hasErrors(found)) return [null, sortDiagnostics(found)];
  const compiled = model.environments.map((environment) => compile(model, environment.name));
  for (const [desired, compiling] of compiled) {
    found.push(...compiling, ...(desired === null ? [] : checkLimits(desired)));
  }
  return [hasErrors(found) ? null : model, sortDiagnostics(found)];
}

/** Files → the desired state of one environment; null if anything in the repository is an error. */
export function build(
  files: readonly SourceFile[],
  environment: string,
  loading: readonly Diagnostic[] = [],
): Result<DesiredState | null> {
  const [model, diagnostics] = check(files, loading);
  if (model === null) return [null, diagnostics];
  const [desired, compiling] = compile(model, environment);
  return [desired, sortDiagnostics([...diagnostics, ...compiling])];
}

/** What the files declare as far as they can be read, problems aside: for the editor, which helps while one types. */
export function declared(files: readonly SourceFile[]): Definitions {
  const [documents] = parse(files);
  const [typed] = validate(documents);
  return link(typed)[0];
}
