import { fileURLToPath } from 'node:url';
import { loadSources } from '../../src/language/load.ts';
import { compile } from '../../src/model/compile/compile.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { EffectiveApplication, EffectiveModel } from '../../src/model/effective-model.ts';
import { environment, environmentFile, policyFile } from '../../tools/demo/keycloak-documents.ts';
import { modelOf } from '../authorize/sample.ts';
import type { Holder } from './expected.ts';
import { holdersOf } from './expected.ts';
import type { Person } from './sign-in.ts';
import { person } from './sign-in.ts';

/** Somebody who holds one role of one application, and nothing else. */
export interface Case {
  readonly application: EffectiveApplication;
  readonly holder: Holder;
  /** As the realm names the role. */
  readonly title: string;
  readonly audience: string;
  readonly person: Person;
}

const zoomAdministrator = person('productiv-zoom-administrators');

const assignment = `apiVersion: rolewright/v1
kind: Assignment
metadata:
  application: productiv
  name: zoom-administrators
spec:
  role: application-admin
  apps:
    - zoom
  users:
    - id: ${zoomAdministrator.id}
      reason: Of the test.
`;

const [files] = await loadSources(fileURLToPath(new URL('../../', import.meta.url)));

/** The catalogs of this repository with a restricted assignment, in an environment `keycloak`. */
export const model: EffectiveModel = modelOf([
  // A realm's default role would reach those who are restricted as well: `check` refuses it there.
  ...files.filter(({ path }) => path !== policyFile),
  { path: environmentFile, text: environment },
  { path: 'roles/productiv/assignments/zoom-administrators.yaml', text: assignment },
]);

/** What that environment should hold. */
export const state: DesiredState = stateOf(model);

/** A person for each role of the three applications. */
export const cases: readonly Case[] = model.applications.flatMap((application) => {
  const placed = state.applications.find(({ name }) => name === application.definition.name);
  return holdersOf(application).flatMap((holder): Case[] => {
    const role = placed?.roles.find(({ name }) => name === holder.definition.name);
    if (placed === undefined || role === undefined) return [];
    const who = holder.kind === 'assignment' ? zoomAdministrator : person(`${placed.name}-${role.name}`);
    return [{ application, holder, title: role.title, audience: placed.audience, person: who }];
  });
});

function stateOf(model: EffectiveModel): DesiredState {
  const [found] = compile(model, 'keycloak');
  if (found === null) throw new Error('there is no such environment');
  return found;
}
