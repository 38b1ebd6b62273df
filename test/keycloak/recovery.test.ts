import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DesiredState } from '../../src/model/desired-state.ts';
import { desired } from '../support/desired.ts';
import type { KeycloakStack } from '../support/keycloak-stack.ts';
import { startKeycloakStack } from '../support/keycloak-stack.ts';
import { missing } from './realm.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

describe.skipIf(missing !== null)('a run that loses the server', () => {
  let stack: KeycloakStack;
  beforeAll(async () => {
    stack = await startKeycloakStack();
  });
  afterAll(() => stack?.stop());

  const shop = (protect: boolean, ...names: readonly string[]): DesiredState =>
    desired([{ permissions: ['data/notes'], roles: names.map((name) => ({ name, scopes: ['notes'] })) }], { protect });
  const made = async () => (await stack.realm.call('GET', '/roles?search=User')) as readonly Named[];

  test('finds in the next one what its call had made, and makes nothing twice', async () => {
    let isLost = false;
    stack.proxy.before(async ({ method, path }) => {
      if (isLost) return 'break before it arrives';
      isLost = method === 'POST' && path.endsWith('/roles');
      return isLost ? 'break before the answer arrives' : undefined;
    });
    const lost = await stack.up(shop(true, 'user'));
    expect(lost.result?.applied).not.toBe(true);
    const [orphan] = await made();
    expect(orphan?.name).toBe('User');

    stack.proxy.before(null);
    const next = await stack.up(shop(true, 'user'));
    expect([next.problems, next.result?.applied]).toEqual([[], true]);
    const roles = next.result?.plan.changes.filter(({ subject }) => subject === 'role');
    expect(roles).toMatchObject([{ action: 'adopt', role: 'user' }]);
    expect((await made()).map(({ id }) => id)).toEqual([orphan?.id]);
    expect((await stack.preview(shop(true, 'user'))).result?.changes).toEqual([]);
  });

  test('keeps what is protected until it is said in so many words', async () => {
    await stack.up(shop(true, 'user', 'guest'));
    const refused = await stack.up(shop(true, 'user'));
    expect(refused.problems).toEqual([expect.stringContaining('shop/guest')]);
    const deleted = await stack.up(shop(true, 'user'), { overrides: ['protected:shop/guest'] });
    expect([deleted.problems, deleted.result?.applied]).toEqual([[], true]);
    expect(await stack.realm.call('GET', '/roles/Guest')).toBeNull();
  });

  test('leaves what is not its own: a role of the same title is refused', async () => {
    await stack.realm.call('POST', '/roles', { name: 'Editor', description: 'Editor, declared in YAML.' });
    const refused = await stack.up(shop(true, 'user', 'editor'));
    expect(refused.problems).toEqual([expect.stringMatching(/^RW6406 .*Editor/)]);
    expect(refused.calls.filter((call) => !call.startsWith('GET '))).toEqual([]);
  });
});
