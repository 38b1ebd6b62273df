import { loadSources } from '../../../src/language/load.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import type { EffectiveModel } from '../../../src/model/effective-model.ts';
import { check } from '../../../src/pipeline.ts';

/** The day that counts as today in these tests. */
export const today = '2026-11-21';

/**
 * The repository's own catalogs and roles, without who holds them and without the rules that judge them: answers do not
 * depend on rules, and people come and go.
 */
export async function realFiles(): Promise<readonly SourceFile[]> {
  const [files] = await loadSources(new URL('../../..', import.meta.url).pathname);
  return files.filter(({ text }) => !/^kind: (?:Assignment|Constraint|RoleTest)$/mu.test(text));
}

/** What files mean. */
export function modelOf(files: readonly SourceFile[]): EffectiveModel {
  const [model, problems] = check(files, { asOf: today });
  if (model === null) throw new Error(JSON.stringify(problems, null, 2));
  return model;
}

/** People of Productiv: two app-restricted ones, one of them with a last day, and one who is gone; and an administrator. */
export const people: SourceFile = {
  path: 'roles/productiv/assignments/people.yaml',
  text: `apiVersion: rolewright/v1
kind: Assignment
metadata:
  application: productiv
  name: zoom-administrators
spec:
  role: application-admin
  apps:
    - zoom
  users:
    - email: dana@example.com
      connection: corporate-sso
      validThrough: 2027-03-31
    - id: auth0|123
    - id: auth0|gone
      validThrough: 2026-11-20
---
apiVersion: rolewright/v1
kind: Assignment
metadata:
  application: productiv
  name: administrators
spec:
  role: super-admin
  users:
    - email: root@example.com
      connection: corporate-sso
---
apiVersion: rolewright/v1
kind: Assignment
metadata:
  application: productiv
  name: chat-team
spec:
  role: collaboration-owners
  users:
    - id: auth0|chat
`,
};
