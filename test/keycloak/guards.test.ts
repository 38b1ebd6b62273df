import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { digestOf } from '../../src/model/compile/digest.ts';
import type { DesiredEnvironment, DesiredState } from '../../src/model/desired-state.ts';
import { previewForFile } from '../../src/reconcile/preview.ts';
import type { ApplicationSketch } from '../support/desired.ts';
import { desired } from '../support/desired.ts';
import type { KeycloakStack } from '../support/keycloak-stack.ts';
import { startKeycloakStack } from '../support/keycloak-stack.ts';
import type { Run } from '../support/up-requests.ts';
import { missing } from './realm.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const admin = { name: 'admin', scopes: ['a', 'b', 'c'] };
const user = { name: 'user', scopes: ['a'] };
const permissions = ['data/a', 'data/b', 'data/c'];
const writes = ({ calls }: Run<unknown>) => calls.filter((call) => !call.startsWith('GET '));

describe.skipIf(missing !== null)('what stands between a plan and a realm', () => {
  let stack: KeycloakStack;
  beforeAll(async () => {
    stack = await startKeycloakStack();
    expect((await stack.up(declared({ roles: [admin, user] }))).problems).toEqual([]);
  });
  afterAll(() => stack?.stop());

  /** With the digest that the compiler would give it. */
  function declared(sketch: ApplicationSketch, environment: Partial<DesiredEnvironment> = {}): DesiredState {
    const state = stack.here(desired([{ permissions, ...sketch }], environment));
    return { ...state, digest: digestOf(state, new Set(['digest', 'declaredAt'])) };
  }

  const roles = () => stack.realm.call('GET', '/roles') as Promise<readonly Named[]>;
  const permissionsOf = async (title: string) => {
    const role = (await roles()).find(({ name }) => name === title);
    const held = (await stack.realm.call('GET', `/roles-by-id/${role?.id}/composites`)) as readonly Named[];
    return held.map(({ name }) => name).toSorted();
  };

  test('a plan that takes more away than the environment allows is refused, with nothing written', async () => {
    const guards = { maximumRemoval: 0.25, requiredRoles: [] };
    const run = await stack.up(declared({ roles: [{ ...admin, scopes: ['a'] }, user] }, { guards }));
    expect(run.problems).toEqual(['RW6401 the plan takes away 2 of 4 grants, more than the 25 % that are allowed']);
    expect([exitCodeOf(run.diagnostics, false), writes(run)]).toEqual([5, []]);
  });

  test('a role that people must hold is counted in the realm, those in a group too', async () => {
    const guards = {
      maximumRemoval: null,
      requiredRoles: [{ application: 'shop', role: 'admin', minimumHolders: 1 }],
    };
    const narrower = declared({ roles: [{ ...admin, scopes: ['a', 'b'] }, user] }, { guards });
    const refused = await stack.up(narrower);
    expect(refused.problems).toEqual([expect.stringMatching(/^RW640\d .*shop\/admin/)]);
    expect([exitCodeOf(refused.diagnostics, false), writes(refused)]).toEqual([5, []]);
    await stack.realm.call('POST', '/users', { username: 'dana', enabled: true });
    await stack.realm.call('POST', '/groups', { name: 'admins' });
    const [dana] = (await stack.realm.call('GET', '/users?username=dana')) as readonly Named[];
    const [group] = (await stack.realm.call('GET', '/groups?search=admins')) as readonly Named[];
    const role = (await roles()).find(({ name }) => name === 'Admin');
    await stack.realm.call('POST', `/groups/${group?.id}/role-mappings/realm`, [role]);
    await stack.realm.call('PUT', `/users/${dana?.id}/groups/${group?.id}`);
    expect((await stack.up(narrower)).problems).toEqual([]);
    expect(await permissionsOf('Admin')).toEqual(['a', 'b']);
  });

  test('a saved plan is carried out as it was saved, and not where the realm is another by then', async () => {
    const wider = declared({ roles: [admin, user] });
    const { env, workDir } = stack;
    const { signal } = new AbortController();
    const request = {
      desired: wider,
      env,
      workDir,
      signal,
      refresh: false,
      onProgress: () => {},
      onEngineOutput: null,
    };
    const [planFile, problems] = await previewForFile(request, '1.2.3');
    expect([planFile?.updates, problems]).toEqual([[['grant c to role shop/admin']], []]);
    if (planFile === null) return;

    const role = (await roles()).find(({ name }) => name === 'User');
    const held = (await stack.realm.call('GET', `/roles-by-id/${role?.id}/composites`)) as readonly Named[];
    await stack.realm.call('DELETE', `/roles-by-id/${role?.id}/composites`, held);
    const moved = await stack.up(wider, { planFile });
    expect(moved.problems).toEqual([expect.stringMatching(/^RW643\d /)]);
    expect([exitCodeOf(moved.diagnostics, false), writes(moved)]).toEqual([7, []]);

    await stack.realm.call('POST', `/roles-by-id/${role?.id}/composites`, held);
    const carriedOut = await stack.up(wider, { planFile });
    expect(carriedOut.problems).toEqual([]);
    expect(writes(carriedOut)).toHaveLength(1);
    expect(await permissionsOf('Admin')).toEqual(['a', 'b', 'c']);
  });
});
