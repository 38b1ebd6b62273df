import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic, sortDiagnostics } from '../../language/diagnostic.ts';
import { nearestName } from '../../language/nearest-name.ts';
import type { WantedCoverage } from '../../language/settings.ts';
import type { Expectation, Reference } from '../../model/definitions.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import { knownNames } from '../../model/link/names.ts';
import { checkExact } from './check-exact.ts';
import type { Decided } from './coverage.ts';
import { checkCoverage, coverageOf } from './coverage.ts';
import { decide } from './decide.ts';
import { whyHeld, whyNot } from './reasons.ts';
import type { Subject, TestedApplication } from './subject.ts';
import { subjectOf, testedApplication } from './subject.ts';
import type { ApplicationCoverage, ExpectationResult, Verification } from './verification.ts';

/**
 * Runs all role tests over the effective model, and counts what they cover.
 *
 * @param wanted how much of which application they must cover; of one that is not named, nothing
 */
export function verifyRoleTests(model: EffectiveModel, wanted: readonly WantedCoverage[] = []): Verification {
  const applications = model.applications.map(testedApplication);
  const verified = applications.map((application) => verifyApplication(application, wanted));
  const results = verified.flatMap((application) => application.results);
  const coverage = verified.map((application) => application.coverage);
  const tooLittle = wanted.flatMap((line) => {
    const reached = coverage.find(({ application }) => application === line.application);
    return reached === undefined ? [unknownApplication(line, coverage)] : checkCoverage(reached, line);
  });
  const diagnostics = sortDiagnostics([...results.flatMap((result) => result.diagnostics), ...tooLittle]);
  return { results, diagnostics, coverage };
}

function unknownApplication({ application: name, place }: WantedCoverage, known: Verification['coverage']): Diagnostic {
  const names = known.map(({ application }) => application);
  return diagnostic('RW2110', place, { name }, { suggestion: nearestName(name, names), expected: knownNames(names) });
}

function verifyApplication(
  application: TestedApplication,
  wanted: readonly WantedCoverage[],
): Pick<Verification, 'results'> & { readonly coverage: ApplicationCoverage } {
  const { name, roleTests } = application.effective.definition;
  const asked = roleTests.flatMap((test) =>
    test.tests.flatMap((expectation) => verifyExpectation(test.name, expectation, application)),
  );
  const decided = asked.flatMap(({ result, reference }): Decided[] => {
    const isOpen = result.diagnostics.some(({ code }) => code === 'RW5405');
    if (result.subject.kind === 'assignment' || isOpen) return [];
    return [{ role: result.subject.name, permissions: reference === null ? 'all' : [reference.permission] }];
  });
  const percent = wanted.find((line) => line.application === name)?.percent ?? null;
  return { results: asked.map(({ result }) => result), coverage: coverageOf(application, decided, percent) };
}

/** A result with the reference that it asks; null for `exact`. */
interface Asked {
  readonly result: ExpectationResult;
  readonly reference: Reference | null;
}

function verifyExpectation(test: string, expectation: Expectation, application: TestedApplication): readonly Asked[] {
  const subject = subjectOf(expectation, application);
  if (subject === null) return [];
  const who = subject.definition.name;
  const app = expectation.app?.name ?? null;
  const asked = (
    expects: ExpectationResult['expects'],
    reference: Reference | null,
    diagnostics: readonly Diagnostic[],
  ): Asked => {
    const what = reference === null ? 'holds exactly its set' : `${expects} ${reference.text}`;
    const result: ExpectationResult = {
      application: application.effective.definition.name,
      test,
      subject: { kind: subject.kind, name: who },
      app,
      expects,
      permission: reference?.text ?? null,
      title: `${who} ${what}${app === null ? '' : ` on ${app}`}`,
      passed: diagnostics.length === 0,
      place: reference?.place ?? expectation.place,
      diagnostics,
    };
    return { result, reference };
  };
  const one = (expects: 'can' | 'cannot') => (reference: Reference) =>
    asked(expects, reference, verifyReference(expects, reference, app, subject, application));
  return [
    ...expectation.can.map(one('can')),
    ...expectation.cannot.map(one('cannot')),
    ...(expectation.exact === null ? [] : [asked('exact', null, checkExact(expectation, subject, application))]),
  ];
}

function verifyReference(
  expects: 'can' | 'cannot',
  reference: Reference,
  app: string | null,
  subject: Subject,
  application: TestedApplication,
): readonly Diagnostic[] {
  const who = subject.definition.name;
  const { text: permission, place } = reference;
  const decision = decide(subject, reference, app, application);
  if (decision.kind === 'needs-app') {
    return [diagnostic('RW5405', place, { who, permission }, { help: 'add "app:" to the test' })];
  }
  if (decision.kind === 'can') {
    if (expects === 'can') return [];
    return [diagnostic('RW5402', place, { who, permission, app }, { related: whyHeld(decision.held) })];
  }
  if (expects === 'cannot') return [];
  const details = whyNot(subject, decision, reference, app, application);
  return [diagnostic('RW5401', place, { who, permission, app }, details)];
}
