import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { desired } from '../support/desired.ts';
import type { KeycloakStack } from '../support/keycloak-stack.ts';
import { onKeycloak, startKeycloakStack } from '../support/keycloak-stack.ts';
import type { ProxiedCall } from '../support/recording-proxy.ts';
import type { Run } from '../support/up-requests.ts';
import { missing } from './realm.ts';
import { password, person, realmOf } from './sign-in.ts';

const permissions = ['data/spend:view', 'data/spend:edit', 'data/contracts'];
const shop = (...scopes: readonly string[]) => desired([{ permissions, roles: [{ name: 'user', scopes }] }]);

const nobody = person('nobody');

const writesOf = ({ calls }: Run<unknown>) => calls.filter((call) => !call.startsWith('GET '));

describe.skipIf(missing !== null)('a stack in a realm', () => {
  let stack: KeycloakStack;
  beforeAll(async () => {
    stack = await startKeycloakStack();
    await stack.realm.call('POST', '/roles', { name: 'Of Somebody Else' });
    await stack.realm.call('POST', '/clients', { clientId: 'https://of-somebody-else.example' });
  });
  afterAll(() => stack?.stop());

  const effective = async (title: string) => {
    const role = (await stack.realm.call('GET', `/roles/${title}`)) as { readonly id: string } | null;
    if (role === null) return null;
    const composites = await stack.realm.call('GET', `/roles-by-id/${role.id}/composites`);
    return (composites as { readonly name: string }[]).map(({ name }) => name).sort();
  };

  it('is made in four writes, and again in none', async () => {
    const first = await stack.up(shop('view:spend'));
    expect(first.problems).toEqual([]);
    expect(first.result?.applied).toBe(true);
    expect(writesOf(first)).toEqual([
      'POST /clients 201',
      'POST /partialImport 200',
      'POST /roles 201',
      'POST /roles-by-id/{id}/composites 204',
    ]);
    expect(await effective('User')).toEqual(['view:spend']);

    const second = await stack.up(shop('view:spend'));
    expect(second).toMatchObject({ problems: [], calls: [], result: { plan: { changes: [] } } });
  });

  it('is as declared when it is read back', async () => {
    const read = await stack.preview(shop('view:spend'), { refresh: true });
    expect(read).toMatchObject({ problems: [], result: { changes: [] } });
    expect(writesOf(read)).toEqual([]);
    expect(read.calls.length).toBeGreaterThan(0);
  });

  it('gives one permission more in one write', async () => {
    const more = await stack.up(shop('contracts', 'view:spend'));
    expect(more.problems).toEqual([]);
    expect(writesOf(more)).toEqual(['POST /roles-by-id/{id}/composites 204']);
    // What it is composed of, and of what it may be, is read first.
    expect(more.calls.length).toBeLessThanOrEqual(5);
    expect(await effective('User')).toEqual(['contracts', 'view:spend']);
  });

  it('finds on a refresh what was changed by hand, and puts it right', async () => {
    const [client] = (await stack.realm.call('GET', '/clients?clientId=https://shop.example')) as { id: string }[];
    const edit = await stack.realm.call('GET', `/clients/${client?.id}/roles/edit:spend`);
    await stack.realm.call('POST', '/roles/User/composites', [edit]);
    const unseen = await stack.preview(shop('contracts', 'view:spend'));
    expect(unseen.result?.changes).toEqual([]);
    const seen = await stack.up(shop('contracts', 'view:spend'), { refresh: true });
    expect(seen.problems).toEqual([]);
    expect(seen.result?.plan.changes).toMatchObject([{ role: 'user', loses: [{ reference: 'data/spend:edit' }] }]);
    expect(writesOf(seen)).toEqual(['DELETE /roles-by-id/{id}/composites 204']);
    expect(await effective('User')).toEqual(['contracts', 'view:spend']);
  });

  it('goes as a whole, and what is not ours stays', async () => {
    const gone = await stack.up(desired([]));
    expect(gone.problems).toEqual([]);
    expect(writesOf(gone).every((call) => call.startsWith('DELETE '))).toBe(true);
    expect(await effective('User')).toBeNull();
    expect(await stack.realm.call('GET', '/clients?clientId=https://shop.example')).toEqual([]);
    expect(await effective('Of%20Somebody%20Else')).toEqual([]);
    expect(await stack.realm.call('GET', '/clients?clientId=https://of-somebody-else.example')).toHaveLength(1);
  });
});

describe.skipIf(missing !== null)('a stack whose realm does not answer as it should', () => {
  let stack: KeycloakStack;
  beforeAll(async () => {
    stack = await startKeycloakStack({ realm: realmOf([nobody]) });
  });
  afterAll(() => stack?.stop());

  /** One line, the exit code, and a next step. */
  const expectFailure = ({ diagnostics, problems }: Run<unknown>, problem: RegExp, exitCode: number) => {
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems[0]).not.toContain('\n');
    expect(exitCodeOf(diagnostics, false)).toBe(exitCode);
    expect(diagnostics[0]?.help).toBeTruthy();
  };
  const isWrite = ({ isWrite }: ProxiedCall) => isWrite;
  /** The server is gone from the n-th call of a kind on. */
  const stopAt = (n: number, counts: (call: ProxiedCall) => boolean) => {
    let seen = 0;
    stack.proxy.before(async (call) => {
      if (counts(call)) seen += 1;
      return seen < n ? undefined : 'break before it arrives';
    });
  };

  it.each([
    [
      'another server',
      { KEYCLOAK_URL: 'https://sso.example.com' },
      /^RW6102 KEYCLOAK_URL is sso\.example\.com, but dev belongs to loopback\//,
      2,
    ],
    ['no password', { KEYCLOAK_PASSWORD: undefined }, /^RW6103 no credentials for 127\.0\.0\.1:/, 3],
    [
      'a wrong password',
      { KEYCLOAK_PASSWORD: 'wrong' },
      /^RW6303 127\.0\.0\.1:\d+\/realms\/\S+ refused the credentials: .*Invalid user credentials/,
      3,
    ],
    ['a server that is not there', { KEYCLOAK_URL: 'http://127.0.0.1:9' }, /^RW6301 cannot reach 127\.0\.0\.1:9/, 4],
  ])('says so of %s', async (_, variables, problem, exitCode) => {
    const run = await stack.up(shop('view:spend'), { env: { ...stack.env, ...variables } });
    expectFailure(run, problem, exitCode);
    expect(writesOf(run)).toEqual([]);
  });

  it('says so of a realm that is not there', async () => {
    const asked = onKeycloak(shop('view:spend'), { tenant: 'loopback/realms/nowhere' });
    const run = await stack.up(asked, { desired: asked });
    expectFailure(run, /^RW6307 \S+\/realms\/nowhere refused to read roles and APIs: 404 Realm not found/, 4);
  });

  it('says so of an account that may not look at the realm', async () => {
    const variables = { KEYCLOAK_REALM: stack.realm.name, KEYCLOAK_USER: nobody.username, KEYCLOAK_PASSWORD: password };
    const run = await stack.up(shop('view:spend'), { env: { ...stack.env, ...variables } });
    expectFailure(run, /^RW6304 \S+ does not allow to read roles and APIs: 403 /, 3);
  });

  it('says so of a server that fails', async () => {
    stack.proxy.before(async () => ({ status: 503, body: { error: 'Overloaded, says the test' } }));
    const run = await stack.up(shop('view:spend'));
    stack.proxy.before(null);
    expectFailure(run, /^RW6306 \S+ failed to read roles and APIs: .*503 Overloaded, says the test/, 4);
  });

  it('says so of a server that stops in the middle, and goes on from there when it is back', async () => {
    stopAt(3, isWrite);
    const stopped = await stack.up(shop('view:spend'));
    expectFailure(stopped, /^RW630[16] /, 4);
    stack.proxy.before(null);
    const resumed = await stack.up(shop('view:spend'));
    expect(resumed.problems).toEqual([]);
    expect((await stack.preview(shop('view:spend'), { refresh: true })).result?.changes).toEqual([]);
  });
});
