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
import type { TypedDocument } from './language/validate/typed-document.ts';
import { validate } from './language/validate/validate.ts';
import { compile, compileUndigested } from './model/compile/compile.ts';
import type { Definitions } from './model/definitions.ts';
import type { DesiredState } from './model/desired-state.ts';
import type { EffectiveModel } from './model/effective-model.ts';
import { link } from './model/link/link.ts';
import { resolve } from './model/resolve/resolve.ts';
import { checkLimits as checkLimitsOfAuth0 } from './targets/auth0/limits.ts';
import { checkLimits as checkLimitsOfKeycloak } from './targets/keycloak/limits.ts';

/** What an identity provider would refuse is known without its client. */
const checkLimits = { auth0: checkLimitsOfAuth0, keycloak: checkLimitsOfKeycloak };

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
  /** Whether exceptions whose last day is over except all the same; if not said, they do not. */
  readonly pastExceptions?: 'except' | 'except nothing';
}

/**
 * Files → effective model: parse, validate, link, resolve; then constraints, role tests, lints, and what the identity
 * provider would refuse. All problems are told at once, sorted. The model is null if it could not be resolved; one that
 * breaks a rule is still there to be asked about, and nothing is built from it.
 */
export function check(files: readonly SourceFile[], options: CheckOptions = {}): Result<EffectiveModel | null> {
  const { loading = [], asOf = today(), settings, pastExceptions = 'except nothing' } = options;
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
    const dayOfExceptions = pastExceptions === 'except' ? beforeEveryLastDay : asOf;
    found.push(...checkConstraints(model, dayOfExceptions), ...verifyRoleTests(model, settings?.coverage).diagnostics);
  }
  if (!isWhole) return [null, sortDiagnostics(found)];
  for (const [desired, compiling] of model.environments.map(({ name }) => compileUndigested(model, name))) {
    found.push(...compiling, ...(desired === null ? [] : checkLimits[desired.environment.target](desired)));
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

/**
 * As `buildRepository`, but exceptions that are over do not stand in the way of a change that only takes away: where they
 * are all that is wrong, the state comes with their errors. Whoever uses a state that comes with errors must see to it
 * that nobody gains by it; a state without errors is like any other.
 */
export function buildRepositoryToNarrow(
  repository: Repository,
  environment: string,
  asOf?: string,
): Result<DesiredState | null> {
  const [desired, diagnostics] = buildRepository(repository, environment, asOf);
  if (desired !== null || hasErrors(repository.unset)) return [desired, diagnostics];
  const lenient = { ...optionsOf(repository, asOf), pastExceptions: 'except' } as const;
  return [build(repository.files, environment, lenient)[0], diagnostics];
}

function optionsOf({ unread, settings }: Repository, asOf: string | undefined): CheckOptions {
  return { loading: unread, settings, ...(asOf === undefined ? {} : { asOf }) };
}

function withSettings<T>({ unset }: Repository, value: T, diagnostics: readonly Diagnostic[]): Result<T | null> {
  return [hasErrors(unset) ? null : value, sortDiagnostics([...unset, ...diagnostics])];
}

/** One file → its documents: what parsing and validating it comes to, whatever stands in the others. */
export function readFile(file: SourceFile): Result<readonly TypedDocument[]> {
  const [documents, parsing] = parse([file]);
  const [typed, validating] = validate(documents);
  return [typed, [...parsing, ...validating]];
}

/**
 * A whole repository → what its documents mean, whether or not it breaks a rule: for the past, of which nobody wants to
 * hear findings. Null with the errors where they mean nothing.
 *
 * @param asOf the day that counts as today; it decides only who is in an assignment
 * @param read `readFile`, or one that remembers
 */
export function resolveRepository(
  { files, unread, unset }: Repository,
  asOf: string,
  read: typeof readFile,
): Result<EffectiveModel | null> {
  const documents = files.map(read);
  const reading = [...unset, ...unread, ...documents.flatMap(([, diagnostics]) => diagnostics)];
  const [definitions, linking] = link(documents.flatMap(([typed]) => typed));
  const [model, resolving] = resolve(definitions, asOf);
  const found = [...reading, ...withoutEchoes([...linking, ...resolving], files, reading)];
  return [hasErrors(found) ? null : model, sortDiagnostics(found)];
}

/** What the files declare as far as they can be read, problems aside: for the editor, which helps while one types. */
export function declared(files: readonly SourceFile[]): Definitions {
  const [documents] = parse(files);
  const [typed] = validate(documents);
  return link(typed)[0];
}

const beforeEveryLastDay = '0001-01-01';

/** The one place where the clock enters. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
