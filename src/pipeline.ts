import { checkConstraints } from './analysis/constraints/check-constraints.ts';
import { lint } from './analysis/lint/lint.ts';
import { verifyRoleTests } from './analysis/verify/verify-role-tests.ts';
import type { Diagnostic, Result } from './language/diagnostic.ts';
import { hasErrors, sortDiagnostics } from './language/diagnostic.ts';
import type { Repository } from './language/load-repository.ts';
import { parse } from './language/parse/parse.ts';
import type { Settings } from './language/settings.ts';
import type { SourceFile } from './language/source.ts';
import { withoutEchoes } from './language/validate/echoes.ts';
import { validate } from './language/validate/validate.ts';
import { compile, compileUndigested } from './model/compile/compile.ts';
import type { Definitions } from './model/definitions.ts';
import type { DesiredState } from './model/desired-state.ts';
import type { EffectiveModel } from './model/effective-model.ts';
import { link } from './model/link/link.ts';
import { resolve } from './model/resolve/resolve.ts';
import { checkLimits } from './targets/auth0/limits.ts';

export interface CheckOptions {
  /** What loading the files found; a file that could not be read is known from it. */
  readonly loading?: readonly Diagnostic[];
  /** The day that counts as today for whatever expires, `YYYY-MM-DD` in UTC. */
  readonly asOf?: string;
  /**
   * The repository's own: the levels of lints, the check of annotations, and what role tests must cover. Without them
   * only those lints are told that are errors by themselves.
   */
  readonly settings?: Pick<Settings, 'annotations' | 'lints'> & Partial<Pick<Settings, 'coverage'>>;
}

/**
 * Files → effective model: parse, validate, link, resolve; then constraints, role tests, lints, and what the identity
 * provider would refuse. All problems are told at once, sorted. The model is null if it could not be resolved; one that
 * breaks a rule is still there to be asked about, and nothing is built from it.
 */
export function check(files: readonly SourceFile[], options: CheckOptions = {}): Result<EffectiveModel | null> {
  const { loading = [], asOf = today(), settings } = options;
  const [documents, parsing] = parse(files);
  const [typed, validating] = validate(documents);
  const reading = [...loading, ...parsing, ...validating];
  const [definitions, linking] = link(typed);
  const [model, resolving] = resolve(definitions, asOf);
  const found: Diagnostic[] = [
    ...reading,
    ...(settings?.annotations?.(typed) ?? []),
    ...withoutEchoes([...linking, ...resolving], files, reading),
  ];
  const isWhole = !hasErrors(found);
  // A rule judged over roles with gaps would accuse the wrong ones.
  if (!hasErrors([...reading, ...linking])) {
    found.push(...checkConstraints(model, asOf), ...verifyRoleTests(model, settings?.coverage).diagnostics);
  }
  if (!isWhole) return [null, sortDiagnostics(found)];
  for (const [desired, compiling] of model.environments.map(({ name }) => compileUndigested(model, name))) {
    found.push(...compiling, ...(desired === null ? [] : checkLimits(desired)));
  }
  const linted = lint(model, typed, settings?.lints);
  found.push(...linted.filter(({ severity }) => settings !== undefined || severity === 'error'));
  return [model, sortDiagnostics(found)];
}

/** Files → the desired state of one environment; null if anything in the repository is an error. */
export function build(
  files: readonly SourceFile[],
  environment: string,
  options: CheckOptions = {},
): Result<DesiredState | null> {
  const [model, diagnostics] = check(files, options);
  if (model === null || hasErrors(diagnostics)) return [null, diagnostics];
  const [desired, compiling] = compile(model, environment);
  return [desired, sortDiagnostics([...diagnostics, ...compiling])];
}

/** A whole repository → effective model: `check` with its own settings, and what reading them found. */
export function checkRepository(repository: Repository, asOf?: string): Result<EffectiveModel | null> {
  const [model, diagnostics] = check(repository.files, optionsOf(repository, asOf));
  return withSettings(repository, model, diagnostics);
}

/** A whole repository → the desired state of one environment. */
export function buildRepository(
  repository: Repository,
  environment: string,
  asOf?: string,
): Result<DesiredState | null> {
  const [desired, diagnostics] = build(repository.files, environment, optionsOf(repository, asOf));
  return withSettings(repository, desired, diagnostics);
}

function optionsOf({ unread, settings }: Repository, asOf: string | undefined): CheckOptions {
  return { loading: unread, settings, ...(asOf === undefined ? {} : { asOf }) };
}

function withSettings<T>({ unset }: Repository, value: T, diagnostics: readonly Diagnostic[]): Result<T | null> {
  return [hasErrors(unset) ? null : value, sortDiagnostics([...unset, ...diagnostics])];
}

/** What the files declare as far as they can be read, problems aside: for the editor, which helps while one types. */
export function declared(files: readonly SourceFile[]): Definitions {
  const [documents] = parse(files);
  const [typed] = validate(documents);
  return link(typed)[0];
}

/** The one place where the clock enters. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
