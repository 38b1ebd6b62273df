import { describe, expect, test } from 'vitest';
import type { EmulatorOfTest } from './emulator-of-test.ts';
import { emulatorOfTest, errorOf } from './emulator-of-test.ts';

const code = 'exports.onExecutePostLogin = async () => {};';
const postLogin = { supported_triggers: [{ id: 'post-login', version: 'v3' }], code };
const bindings = '/actions/triggers/post-login/bindings';

interface ShownAction {
  readonly id: string;
  readonly status: string;
  readonly all_changes_deployed: boolean;
  readonly current_version?: { readonly number: number; readonly code: string };
  readonly deployed_version?: { readonly id: string; readonly number: number; readonly deployed: boolean };
}

async function actionOfTest(body: object = {}, emulator?: EmulatorOfTest) {
  const of = emulator ?? (await emulatorOfTest());
  const id = await of.create('/actions/actions', { name: 'Hello', ...postLogin, ...body });
  const path = `/actions/actions/${id}`;
  const read = async (): Promise<ShownAction> => (await of.send('GET', path)).body as ShownAction;
  return { ...of, id, path, read };
}

/** One that runs: read once, so that it is built, and deployed. */
async function deployedAction(name: string, emulator?: EmulatorOfTest) {
  const action = await actionOfTest({ name }, emulator);
  await action.read();
  expect(await action.send('POST', `${action.path}/deploy`)).toMatchObject({ status: 200 });
  return action;
}

const refTo = (value: string, type = 'action_id') => ({ ref: { type, value } });

describe('an action', () => {
  test('is pending, then built, then deployed as a version; a change is not deployed by itself', async () => {
    const { send, read, path } = await actionOfTest();
    expect(await read()).toMatchObject({
      status: 'built',
      all_changes_deployed: false,
      runtime: 'node22',
      secrets: [],
    });
    expect(await read()).not.toHaveProperty('deployed_version');
    const deployed = await send('POST', `${path}/deploy`);
    expect(deployed.body).toMatchObject({
      number: 1,
      deployed: false,
      status: 'built',
      code,
      action: { name: 'Hello' },
    });
    expect(await read()).toMatchObject({
      all_changes_deployed: true,
      current_version: { number: 1, status: 'BUILT' },
      deployed_version: { number: 1, deployed: true },
    });
    const changed = await send('PATCH', path, { code: 'second' });
    expect(changed.body).toMatchObject({
      name: 'Hello',
      code: 'second',
      status: 'pending',
      all_changes_deployed: false,
    });
    expect(await read()).toMatchObject({ status: 'built', deployed_version: { number: 1, code } });
    await send('POST', `${path}/deploy`);
    expect(await read()).toMatchObject({ all_changes_deployed: true, deployed_version: { number: 2, code: 'second' } });
  });

  test('with dependencies is building for as many reads as asked, and not to be deployed meanwhile', async () => {
    const emulator = await emulatorOfTest({ readsToBuild: 2 });
    const { send, read, path } = await actionOfTest({ dependencies: [{ name: 'auth0', version: '4.0.0' }] }, emulator);
    expect(await read()).toMatchObject({ status: 'building' });
    expect(await send('POST', `${path}/deploy`)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("must be in the 'built' state") },
    });
    expect(await send('POST', `${path}/deploy`)).toMatchObject({ status: 200 });
  });

  test('fails to build for good with a dependency that npm cannot have', async () => {
    const { send, read, path } = await actionOfTest({
      dependencies: [{ name: 'crypto', version: '17.7.1' }],
      deploy: true,
    });
    expect(await read()).toMatchObject({ status: 'building' });
    expect(await read()).toMatchObject({ status: 'failed' });
    expect(await send('POST', `${path}/deploy`)).toMatchObject({ status: 400 });
    expect(await read()).not.toHaveProperty('deployed_version');
  });

  test('can be deployed as it is created', async () => {
    const { read } = await actionOfTest({ deploy: true });
    expect(await read()).toMatchObject({ all_changes_deployed: true, deployed_version: { number: 1 } });
  });

  test('keeps the names of its secrets and no value', async () => {
    const secret = (name: string) => ({ name, value: `canary-${name}` });
    const { send, path, snapshot } = await actionOfTest({ secrets: [secret('foo')] });
    const changed = await send('PATCH', path, { secrets: [secret('bar'), secret('foo')] });
    expect((changed.body as { secrets: { name: string }[] }).secrets.map(({ name }) => name)).toEqual(['foo', 'bar']);
    await send('PATCH', path, { code: 'second' });
    const read = await send('GET', path);
    expect(read.body).toMatchObject({ secrets: [{ name: 'foo' }, { name: 'bar' }] });
    expect(JSON.stringify([changed, read, snapshot()])).not.toContain('canary');
    expect(await send('PATCH', path, { secrets: [] })).toMatchObject({ body: { secrets: [] } });
  });

  test('has versions that can be listed, read and gone back to', async () => {
    const { send, read, path } = await deployedAction('Hello');
    await send('PATCH', path, { code: 'second' });
    await read();
    await send('POST', `${path}/deploy`);
    const { versions } = (await send('GET', `${path}/versions`)).body as { versions: ShownVersion[] };
    expect(versions).toMatchObject([
      { number: 1, code, deployed: false },
      { number: 2, code: 'second', deployed: true },
    ]);
    const first = `${path}/versions/${versions[0]?.id}`;
    expect(await send('GET', first)).toMatchObject({ status: 200, body: { number: 1, status: 'built' } });
    expect(await send('GET', `${path}/versions/none`)).toMatchObject({ status: 404 });
    expect(await send('POST', `${first}/deploy`)).toMatchObject({ body: { number: 3, code } });
    // The draft is still the second text, and so not what runs.
    expect(await read()).toMatchObject({ code: 'second', all_changes_deployed: false, deployed_version: { code } });
  });

  test('has a name of its own, and is 404 when it is not there', async () => {
    const { send, create, id } = await actionOfTest();
    expect(await send('POST', '/actions/actions', { name: 'Hello', ...postLogin })).toMatchObject({ status: 400 });
    const other = await create('/actions/actions', { name: 'Other', ...postLogin });
    expect(await send('PATCH', `/actions/actions/${other}`, { name: 'Hello' })).toMatchObject({ status: 400 });
    expect(await send('DELETE', `/actions/actions/${id}`)).toMatchObject({ status: 204 });
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      expect(await send(method, `/actions/actions/${id}`, method === 'PATCH' ? {} : undefined)).toMatchObject({
        status: 404,
        body: errorOf(404, 'Not Found', 'That action does not exist.'),
      });
    }
  });
});

interface ShownVersion {
  readonly id: string;
  readonly number: number;
}

test('actions are listed by pages of their own shape, and by filters', async () => {
  const emulator = await emulatorOfTest();
  for (let index = 0; index < 3; index += 1) {
    await actionOfTest({ name: `Action ${index}`, deploy: index === 2 }, emulator);
  }
  const machine = { supported_triggers: [{ id: 'credentials-exchange' }] };
  await actionOfTest({ name: 'Machine', ...machine }, emulator);
  const list = async (query: string) => (await emulator.send('GET', `/actions/actions${query}`)).body as ListedActions;
  expect(await list('?per_page=3')).toMatchObject({ total: 4, per_page: 3, actions: { length: 3 } });
  expect(await list('?per_page=3')).not.toHaveProperty('page');
  expect(await list('?page=1&per_page=3')).toMatchObject({ total: 4, page: 1, per_page: 3, actions: { length: 1 } });
  // The provider reads on for as long as there is a total.
  expect(await list('?page=2&per_page=3')).toEqual({ actions: [], page: 2, per_page: 3 });
  const named = async (query: string) => (await list(query)).actions.map(({ name }) => name);
  expect(await named('')).toEqual(['Action 0', 'Action 1', 'Action 2', 'Machine']);
  expect(await named('?triggerId=credentials-exchange')).toEqual(['Machine']);
  expect(await named('?actionName=Action%201')).toEqual(['Action 1']);
  expect(await named('?deployed=true')).toEqual(['Action 2']);
  expect(await named('?installed=true')).toEqual([]);
  const { triggers } = (await emulator.send('GET', '/actions/triggers')).body as { triggers: object[] };
  expect(triggers).toContainEqual({ id: 'post-login', version: 'v3', status: 'CURRENT' });
  expect(await emulator.send('GET', '/actions/modules')).toMatchObject({ body: { modules: [] } });
});

interface ListedActions {
  readonly actions: readonly { readonly name: string }[];
}

describe('what runs at a trigger', () => {
  test('is replaced whole, in the order given, with new ids each time', async () => {
    const first = await deployedAction('First');
    const second = await deployedAction('Second', first);
    const { send } = first;
    const patch = async (...list: object[]) => (await send('PATCH', bindings, { bindings: list })).body as Bindings;
    const one = await patch({ ...refTo('Second', 'action_name'), display_name: 'shown' });
    expect(one.bindings).toMatchObject([
      { trigger_id: 'post-login', display_name: 'shown', action: { id: second.id, all_changes_deployed: false } },
    ]);
    const binding = one.bindings[0]?.id ?? '';
    const two = await patch(refTo(first.id), refTo(binding, 'binding_id'));
    expect(two.bindings.map(({ action }) => action.id)).toEqual([first.id, second.id]);
    expect(two.bindings.map(({ display_name }) => display_name)).toEqual(['First', 'Second']);
    expect(two.bindings.map(({ id }) => id)).not.toContain(binding);
    expect((await send('GET', `${bindings}?per_page=100`)).body).toEqual({ ...two, total: 2, per_page: 100 });
    expect(await patch()).toEqual({ bindings: [] });
    expect((await send('GET', bindings)).body).toEqual({ bindings: [], per_page: 20 });
  });

  test('cannot be deleted, but by force', async () => {
    const { send, id, path } = await deployedAction('Hello');
    await send('PATCH', bindings, { bindings: [refTo(id)] });
    expect(await send('DELETE', path)).toMatchObject({
      status: 409,
      body: { message: 'Unable to delete an action bound to a trigger.' },
    });
    expect(await send('DELETE', `${path}?force=true`)).toMatchObject({ status: 204 });
    expect((await send('GET', bindings)).body).toEqual({ bindings: [], per_page: 20 });
  });

  test('is deployed, known and made for that trigger, or nothing changes', async () => {
    const { send, id } = await deployedAction('Hello');
    await send('PATCH', bindings, { bindings: [refTo(id)] });
    await send('POST', '/actions/actions', { name: 'Draft', ...postLogin });
    for (const list of [[refTo(id), refTo('Draft', 'action_name')], [refTo('nobody')], [{ display_name: 'no ref' }]]) {
      expect(await send('PATCH', bindings, { bindings: list })).toMatchObject({ status: 400 });
    }
    const elsewhere = '/actions/triggers/post-change-password/bindings';
    expect(await send('PATCH', elsewhere, { bindings: [refTo(id)] })).toMatchObject({ status: 400 });
    expect(await send('GET', '/actions/triggers/at-night/bindings')).toMatchObject({
      status: 400,
      body: {
        errorCode: 'invalid_uri',
        message: expect.stringMatching(/^Path validation error: .* on property triggerId/),
      },
    });
    expect((await send('GET', bindings)).body).toMatchObject({ bindings: [{ action: { id } }] });
  });
});

interface Bindings {
  readonly bindings: readonly {
    readonly id: string;
    readonly display_name: string;
    readonly action: { readonly id: string };
  }[];
}
