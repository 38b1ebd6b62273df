import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredProvisioning } from '../../src/model/desired-state.ts';
import { previewForFile } from '../../src/reconcile/preview.ts';
import { policyIn } from '../../src/targets/auth0/action/sign-in-policy.ts';
import { desired } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import { tenantCall } from '../support/tenant-call.ts';

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

const roles = [
  { name: 'guest', scopes: ['view:spend'] },
  { name: 'buyer', scopes: ['edit:spend', 'view:spend'] },
];
const permissions = ['data/spend:view', 'data/spend:edit'];
const shop = (provisioning?: DesiredProvisioning) =>
  desired([{ permissions, roles, ...(provisioning === undefined ? {} : { provisioning }) }]);
const guests = shop({ default: 'guest', byEmailDomain: [] });
const buyers = shop({ default: 'buyer', byEmailDomain: [] });
const nobody = shop();
const ours = 'rolewright-just-in-time-dev';

const run = promisify(execFile);

/** `pulumi …`, typed by hand. */
async function pulumi(...args: readonly string[]): Promise<void> {
  const env = { ...stack.env, PULUMI_SKIP_UPDATE_CHECK: 'true' } as NodeJS.ProcessEnv;
  await run('pulumi', [...args, '--stack', 'dev'], { cwd: stack.workDir, env });
}

interface Action {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly secrets: readonly { readonly name: string }[];
  readonly deployed_version?: { readonly code: string };
}

async function actions(): Promise<readonly Action[]> {
  return ((await tenantCall(stack.emulator, 'GET', '/actions/actions')) as { actions: Action[] }).actions;
}

async function bound(): Promise<readonly string[]> {
  const answer = await tenantCall(stack.emulator, 'GET', '/actions/triggers/post-login/bindings');
  return (answer as { bindings: { action: { name: string } }[] }).bindings.map(({ action }) => action.name);
}

/** An action of somebody else's, deployed and bound after all others. */
async function bindForeign(name: string): Promise<void> {
  const body = {
    name,
    code: 'exports.onExecutePostLogin = async () => {};',
    supported_triggers: [{ id: 'post-login' }],
  };
  const { id } = (await tenantCall(stack.emulator, 'POST', '/actions/actions', body)) as Action;
  await tenantCall(stack.emulator, 'GET', `/actions/actions/${id}`);
  await tenantCall(stack.emulator, 'POST', `/actions/actions/${id}/deploy`);
  const refs = [...(await bound()), name].map((value) => ({
    ref: { type: 'action_name', value },
    display_name: value,
  }));
  await tenantCall(stack.emulator, 'PATCH', '/actions/triggers/post-login/bindings', { bindings: refs });
}

async function everyFile(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')))).join('\n');
}

const writes = (calls: readonly string[]) => calls.filter((call) => !call.startsWith('GET'));

describe('the action that gives roles at sign-in', () => {
  test('is deployed and bound beside those of others, follows the policy, and goes with it', async () => {
    await bindForeign('before');
    const first = await stack.up(guests);
    expect(first.problems).toEqual([]);
    expect(first.result?.plan.changes.filter(({ subject }) => subject === 'provisioning')).toEqual([
      {
        subject: 'provisioning',
        reach: 'newcomers',
        action: 'add',
        application: 'shop',
        role: 'guest',
        title: 'Guest',
        domain: null,
        connection: null,
        formerTitle: null,
        direction: 'widening',
      },
    ]);
    await bindForeign('after');
    expect(await bound()).toEqual(['before', ours, 'after']);
    expect((await stack.up(guests)).calls).toEqual([]);

    const id = stack.emulator.snapshot().roles.find(({ name }) => name === 'Buyer')?.id;
    const changed = await stack.up(buyers);
    expect(changed.result?.plan.changes).toMatchObject([{ action: 'update', role: 'buyer', formerTitle: 'Guest' }]);
    expect(
      writes(changed.calls).map((call) =>
        call
          .split('/')
          .at(-1)
          ?.replace(/\w+-\w+-\w+-\w+-\w+/, 'ID'),
      ),
    ).toEqual(['ID 200', 'deploy 200']);
    const action = (await actions()).find(({ name }) => name === ours);
    expect(policyIn(action?.deployed_version?.code)?.applications).toMatchObject([{ default: { id } }]);
    expect(await bound()).toEqual(['before', ours, 'after']);

    const removed = await stack.up(nobody);
    expect(removed.problems).toEqual([]);
    expect(removed.result?.plan.changes).toMatchObject([
      { subject: 'provisioning', action: 'remove', role: 'buyer', direction: 'narrowing' },
    ]);
    expect(await bound()).toEqual(['before', 'after']);
    expect((await actions()).map(({ name }) => name).sort()).toEqual(['after', 'before']);
    expect((await stack.up(nobody)).calls).toEqual([]);
  });

  test('gives a role no longer before that role gains anything, in the updates of a saved plan', async () => {
    await stack.up(guests);
    const scopes = ['edit:spend', 'view:spend'];
    const provisioning = { default: 'buyer', byEmailDomain: [] };
    const wider = desired([{ permissions, roles: roles.map(({ name }) => ({ name, scopes })), provisioning }]);
    const { env, workDir } = stack;
    const quiet = { signal: new AbortController().signal, onProgress: () => {}, onEngineOutput: null };
    const [planFile] = await previewForFile({ ...quiet, desired: wider, env, workDir, refresh: false }, '1.2.3');
    const newcomers = 'to whoever signs in to shop for the first time';
    expect(planFile?.updates).toEqual([
      [],
      [`no longer give role shop/guest ${newcomers}`],
      [`give role shop/buyer ${newcomers}`, 'grant edit:spend to role shop/guest'],
    ]);
    if (planFile === null) throw new Error('no plan');
    expect(await stack.up(wider, { planFile })).toMatchObject({ problems: [], result: { applied: true } });
    expect((await stack.up(wider)).calls).toEqual([]);
  });

  test('has its secrets from the configuration; they are nowhere in clear, and nobody is told of another one', async () => {
    await pulumi('stack', 'init');
    await pulumi('config', 'set', 'rolewright:justInTimeClientId', 'a-machine-of-its-own');
    const half = await stack.up(guests);
    expect(half.problems).toEqual([
      expect.stringMatching(/pulumi config set --secret rolewright:justInTimeClientSecret/),
    ]);
    expect(writes(half.calls)).toEqual([]);

    await pulumi('config', 'set', '--secret', 'rolewright:justInTimeClientSecret', 'hush-hush-hush');
    const told: string[] = [];
    const first = await stack.up(guests, { onEngineOutput: (text) => told.push(text) });
    expect(first.problems).toEqual([]);
    const secrets = (await actions()).flatMap((action) => action.secrets.map(({ name }) => name));
    expect(secrets).toEqual(['MANAGEMENT_CLIENT_ID', 'MANAGEMENT_CLIENT_SECRET']);
    expect((await stack.up(guests)).calls).toEqual([]);

    await pulumi('config', 'set', '--secret', 'rolewright:justInTimeClientSecret', 'hush-hush-again');
    const rotated = await stack.up(guests, { onEngineOutput: (text) => told.push(text) });
    expect(rotated).toMatchObject({ problems: [], result: { applied: true, plan: { changes: [] } } });
    expect(writes(rotated.calls)).toHaveLength(2);
    const everything = [...told, JSON.stringify([first, rotated]), await everyFile(stack.workDir)].join('\n');
    expect(everything).not.toMatch(/hush-hush/);
  });

  test('without secrets is refused before anything is written, but for a loopback tenant', async () => {
    const tenant = stack.emulator.domain;
    const elsewhere = { ...guests, environment: { ...guests.environment, tenant } };
    const refused = await stack.up(elsewhere);
    expect(refused.problems).toEqual([
      expect.stringMatching(/stack dev does not say as whom: .*docs\/just-in-time\.md/),
    ]);
    expect(writes(refused.calls)).toEqual([]);
  });

  test('that somebody has edited is told and set right by a run that compares with the tenant', async () => {
    await stack.up(guests);
    const [action] = await actions();
    const code = action?.code.replace('return usual;', 'return { id: "rol_admin" };');
    await tenantCall(stack.emulator, 'PATCH', `/actions/actions/${action?.id}`, { code });
    const { result, problems } = await stack.up(guests, { refresh: true });
    expect({ problems, changes: result?.plan.changes }).toMatchObject({
      problems: [],
      changes: [{ subject: 'provisioning', action: 'rewrite', application: 'shop', direction: 'neutral' }],
    });
    expect((await actions())[0]?.deployed_version?.code === action?.code).toBe(true);
  });

  test('of somebody else under its name is not taken over', async () => {
    await bindForeign(ours);
    const refused = await stack.up(guests);
    expect(refused.problems).toEqual([expect.stringMatching(/^RW6411 .*rolewright-just-in-time-dev/)]);
    expect(writes(refused.calls)).toEqual([]);
  });
});

describe('a run that is cut off', () => {
  const create = { method: 'POST', path: /\/actions\/actions$/ };
  const change = { method: 'PATCH', path: /\/actions\/actions\/[^/]*$/ };
  const deploy = { method: 'POST', path: /\/deploy$/ };
  const bind = { method: 'PATCH', path: /\/bindings$/ };
  const remove = { method: 'DELETE', path: /\/actions\/actions\/[^/]*$/ };
  const lost = { loseAnswer: true } as const;
  const refused = { status: 403 } as const;

  test.each([
    ['when the action is made', nobody, guests, create, lost],
    ['when a new action is deployed', nobody, guests, deploy, refused],
    ['when it is bound', nobody, guests, bind, lost],
    ['before it is bound', nobody, guests, bind, refused],
    ['when it is changed', guests, buyers, change, lost],
    ['when what is changed is deployed', guests, buyers, deploy, refused],
    ['when it is unbound', guests, nobody, bind, refused],
    ['when it is removed', guests, nobody, remove, lost],
  ])('%s: the next run ends where it should', async (_, before, after, match, answer) => {
    await bindForeign('before');
    expect((await stack.up(before)).problems).toEqual([]);
    stack.emulator.addFault({ match, times: 4, answer });
    await stack.up(after);
    stack.emulator.clearFaults();
    expect((await stack.up(after)).problems).toEqual([]);
    expect(await bound()).toEqual(after === nobody ? ['before'] : ['before', ours]);
    expect((await actions()).map(({ name }) => name).sort()).toEqual(after === nobody ? ['before'] : ['before', ours]);
    const role = stack.emulator.snapshot().roles.find(({ name }) => name === (after === buyers ? 'Buyer' : 'Guest'));
    const action = (await actions()).find(({ name }) => name === ours);
    const deployed = policyIn(action?.deployed_version?.code)?.applications.map((one) => one.default.id);
    expect(deployed).toEqual(after === nobody ? undefined : [role?.id]);
    expect((await stack.up(after)).calls).toEqual([]);
  });
});

describe('a sign-in at the tenant', () => {
  test('gives a role once; the tenant’s next token has it', async () => {
    const { emulator, env } = stack;
    const machine = {
      ROLEWRIGHT_JUST_IN_TIME_CLIENT_ID: emulator.clientId,
      ROLEWRIGHT_JUST_IN_TIME_CLIENT_SECRET: emulator.clientSecret,
    };
    const rule = { domain: 'acme.example', connection: 'acme', role: 'buyer' };
    const declared = shop({ default: 'guest', byEmailDomain: [rule] });
    expect((await stack.up(declared, { env: { ...env, ...machine } })).problems).toEqual([]);

    const dana = await person('dana@example.com');
    expect(await dana.signIn()).toEqual({ status: 200, permissions: [], roles: ['Guest'] });
    expect(await dana.signIn()).toEqual({ status: 200, permissions: ['view:spend'], roles: ['Guest'] });
    await dana.revoke();
    expect(await dana.signIn()).toEqual({ status: 200, permissions: [], roles: [] });

    const kim = await person('kim@example.com');
    emulator.addFault({ match: { method: 'POST', path: /\/users\/.*\/roles$/ }, answer: { status: 503 } });
    expect(await kim.signIn()).toEqual({ status: 200, permissions: [], roles: [] });
    expect(emulator.executions().at(-1)?.actions).toEqual([
      { name: ours, error: null, console: expect.stringContaining('POST roles was answered 503') },
    ]);
    expect(await kim.signIn()).toMatchObject({ status: 200, roles: ['Guest'] });

    const nothing = { status: 200, permissions: [], roles: [] };
    expect(await (await person('lee@example.com', { app_metadata: { invited: true } })).signIn()).toEqual(nothing);
    const acme = { connection: 'acme' };
    expect(await (await person('a@acme.example')).signIn()).toEqual(nothing);
    expect(await (await person('b@acme.example', { ...acme, email_verified: false })).signIn()).toEqual(nothing);
    expect(await (await person('c@acme.example', acme)).signIn()).toMatchObject({ roles: ['Buyer'] });
  });
});

/** Somebody who can sign in. */
async function person(email: string, more: { readonly connection?: string; readonly [key: string]: unknown } = {}) {
  const { connection = 'Username-Password-Authentication' } = more;
  const account = { connection, email, email_verified: true, password: 'a long password 1!', ...more };
  const { user_id: id } = (await tenantCall(stack.emulator, 'POST', '/users', account)) as { user_id: string };
  const path = `/users/${encodeURIComponent(id)}/roles`;
  const held = async () => (await tenantCall(stack.emulator, 'GET', path)) as { id: string; name: string }[];
  return {
    revoke: async () => tenantCall(stack.emulator, 'DELETE', path, { roles: (await held()).map((one) => one.id) }),
    signIn: async () => {
      const { status, body } = await askForToken({
        ...{ grant_type: 'http://auth0.com/oauth/grant-type/password-realm', realm: connection, username: email },
        ...{ password: account.password, client_id: stack.emulator.applicationId, audience: 'https://shop.example' },
      });
      const claims = JSON.parse(Buffer.from(body.access_token?.split('.')[1] ?? '', 'base64url').toString() || '{}');
      return { status, permissions: claims.permissions, roles: (await held()).map(({ name }) => name) };
    },
  };
}

function askForToken(
  parameters: object,
): Promise<{ readonly status: number; readonly body: { access_token?: string } }> {
  const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<typeof askForToken>>>();
  const { domain, certificateFile } = stack.emulator;
  const options = {
    method: 'POST',
    ca: readFileSync(certificateFile),
    headers: { 'content-type': 'application/json' },
  };
  const sent = request(`https://${domain}/oauth/token`, options, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
  });
  sent.on('error', reject);
  sent.end(JSON.stringify(parameters));
  return promise;
}
