import type { WrittenRoleTest } from '../../language/schema/kinds.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import type { Expectation, Named, Reference, RoleTest } from '../definitions.ts';
import type { Collector } from './collector.ts';
import { claimOf, identityOf } from './identity.ts';
import { linkReference } from './link-reference.ts';
import type { LinkedApplication } from './linked-application.ts';
import { lookUpAssignable, lookUpAssignment } from './look-up-role.ts';
import { claimNames, lookUp } from './names.ts';

type WrittenTest = WrittenRoleTest['spec']['tests'][number];

/** Links the RoleTests of an application. Each has a name of its own, by which a report and a filter mean it alone. */
export function linkRoleTests(
  documents: readonly TypedDocument<'RoleTest'>[],
  application: LinkedApplication,
  collector: Collector,
): readonly RoleTest[] {
  const claims = documents.map((typed) =>
    claimOf(typed.document, typed.value.metadata, linkRoleTest(typed, application, collector)),
  );
  return [...claimNames('role test', claims, collector).current.values()];
}

/** Links a RoleTest: a misspelt name is an error, so that no expectation can pass by naming nobody. */
function linkRoleTest(
  { document, value }: TypedDocument<'RoleTest'>,
  application: LinkedApplication,
  collector: Collector,
): RoleTest {
  const tests = value.spec.tests.flatMap((written, index): Expectation[] => {
    const path = ['spec', 'tests', index];
    const subject = subjectOf(written, path);
    if (subject === null) return [];
    const appPlace = document.locate([...path, 'app']);
    const app = written.app === undefined ? null : { name: written.app, place: appPlace };
    if (app !== null) lookUp(application.directory.apps, app.name, appPlace, 'RW2112', collector);
    if (written.can === undefined && written.cannot === undefined && written.exact === undefined) {
      collector.report('RW5407', subject.place, {}, { expected: 'can, cannot or exact' });
    }
    const references = (key: 'can' | 'cannot' | 'exact'): readonly Reference[] =>
      (written[key] ?? []).flatMap((name, at) => {
        const place = document.locate([...path, key, at]);
        return linkReference({ name, place }, application.name, application.catalog, collector) ?? [];
      });
    const place = written.exact === undefined ? subject.place : document.locate([...path, 'exact'], 'key');
    const exact = written.exact === undefined ? null : references('exact');
    checkOnce(exact ?? [], collector);
    return [{ subject, app, can: references('can'), cannot: references('cannot'), exact, place }];
  });
  return { ...identityOf(document, value.metadata, collector), application: application.name, tests };

  function subjectOf(written: WrittenTest, path: readonly (string | number)[]): Expectation['subject'] | null {
    const named = (kind: 'role' | 'assignment', name: string): Named & { kind: typeof kind } => ({
      kind,
      name,
      place: document.locate([...path, kind]),
    });
    if (written.role !== undefined && written.assignment === undefined) {
      const subject = named('role', written.role);
      return lookUpAssignable(subject, application.name, application.roles, collector) === null ? null : subject;
    }
    if (written.role === undefined && written.assignment !== undefined) {
      const subject = named('assignment', written.assignment);
      return lookUpAssignment(subject, application.name, application.roles, collector) === null ? null : subject;
    }
    const found = written.role === undefined ? 'nobody' : 'a role and an assignment at once';
    collector.report(
      'RW5406',
      document.locate([...path, 'assignment'], 'key'),
      { found },
      { expected: 'role, or assignment' },
    );
    return null;
  }
}

/** An exact set has each permission once, at its highest level. */
function checkOnce(exact: readonly Reference[], collector: Collector): void {
  const seen = new Map<string, Reference>();
  for (const reference of exact) {
    const first = seen.get(reference.permission);
    if (first === undefined) {
      seen.set(reference.permission, reference);
      continue;
    }
    const details = {
      related: [{ message: 'first here', place: first.place }],
      expected: 'once, at the highest level',
    };
    collector.report('RW2120', reference.place, { entry: reference.permission, key: 'exact' }, details);
  }
}
