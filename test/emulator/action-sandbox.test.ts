import { describe, expect, test } from 'vitest';
import { bindings, signInTenant } from './sign-in-tenant.ts';

describe('an action', () => {
  test('that fails lets nobody in, and leaves nothing behind but what it wrote to the console', async () => {
    const { bind, signIn, send, path, executions, ada } = await signInTenant();
    await bind(
      { body: "console.log('hello %s', event.user.email, { a: 1 }); api.user.setAppMetadata('seen', 1)" },
      { body: "console.error('x'.repeat(300)); throw new Error('no way')" },
      { body: 'console.log(3)' },
    );
    expect(await signIn()).toMatchObject({
      status: 500,
      body: { error: 'server_error', error_description: expect.stringContaining('no way') },
    });
    expect((await send('GET', path)).body).not.toHaveProperty('app_metadata.seen');
    expect(executions()).toEqual([
      {
        trigger: 'post-login',
        user: ada,
        actions: [
          { name: 'action-1', console: 'hello ada@example.com { a: 1 }\n', error: null },
          { name: 'action-2', console: 'x'.repeat(256), error: 'no way' },
        ],
      },
    ]);
  });

  test.each([
    ['has an endless loop', 'for (;;);', 'It took longer than 1 s.'],
    [
      'waits for what never comes',
      'await new Promise((resolve) => setInterval(() => {}, 1000));',
      'It took longer than 1 s.',
    ],
    ['ends its process', 'process.exit(0)', 'It ended its process.'],
  ])('that %s is ended', async (_, body, error) => {
    const { bind, signIn, executions } = await signInTenant({ actionTimeLimitMilliseconds: 1000 });
    await bind({ body: `console.log('begun'); ${body}` });
    expect(await signIn()).toMatchObject({ status: 500 });
    expect(executions()).toMatchObject([{ actions: [{ console: 'begun\n', error }] }]);
  });

  test.each([
    ['exports nothing', { code: '' }, 'The action exports no onExecutePostLogin.'],
    ['is no JavaScript', { code: 'exports = {' }, expect.stringContaining('Unexpected')],
    ['wants a package', { body: "require('auth0')" }, expect.stringContaining("Cannot find module 'auth0'")],
    [
      'asks for what is not served',
      { body: "api.redirect.sendUserTo('https://example.com')" },
      expect.stringContaining('undefined'),
    ],
    ['reads files', { body: "require('node:fs').readFileSync('/etc/passwd')" }, expect.stringContaining('restricted')],
    [
      'starts processes',
      { body: "require('node:child_process').execSync('true')" },
      expect.stringContaining('restricted'),
    ],
    ['needs our environment', { body: 'if (process.env.PATH === undefined) throw Error("none")' }, 'none'],
  ])('that %s fails', async (_, action, error) => {
    const { bind, signIn, executions } = await signInTenant();
    await bind(action);
    expect(await signIn()).toMatchObject({ status: 500 });
    expect(executions()).toMatchObject([{ actions: [{ error }] }]);
  });

  test("has Node's own modules and its promises", async () => {
    const { bind, claims } = await signInTenant();
    const hash = "require('node:crypto').createHash('sha256').update('a').digest('hex').slice(0, 4)";
    await bind({
      code: `module.exports = { onExecutePostLogin: (event, api) => new Promise((resolve) => setTimeout(() => {
      api.accessToken.setCustomClaim('hash', ${hash}); resolve(); }, 10)) };`,
    });
    expect((await claims()).hash).toBe('ca97');
  });
});

describe('the values of secrets', () => {
  const telling =
    "exports.onExecutePostLogin = async (event, api) => api.accessToken.setCustomClaim('secrets', event.secrets);";
  const named = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([name, value]) => ({ name, value }));

  test('are those of the deployed version; a list replaces the one before', async () => {
    const { bind, claims, send } = await signInTenant();
    const [id = ''] = await bind({ code: telling, secrets: named({ a: '1', b: '2' }) });
    expect((await claims()).secrets).toEqual({ a: '1', b: '2' });
    await send('PATCH', `/actions/actions/${id}`, { secrets: [{ name: 'a', value: '3' }, { name: 'b' }] });
    expect((await claims()).secrets).toEqual({ a: '1', b: '2' });
    const deploy = async () => {
      await send('GET', `/actions/actions/${id}`);
      await send('POST', `/actions/actions/${id}/deploy`);
    };
    await deploy();
    expect((await claims()).secrets).toEqual({ a: '3', b: '2' });
    await send('PATCH', `/actions/actions/${id}`, { secrets: named({ c: '4' }) });
    await deploy();
    expect((await claims()).secrets).toEqual({ c: '4' });
    const { versions } = (await send('GET', `/actions/actions/${id}/versions`)).body as { versions: { id: string }[] };
    await send('POST', `/actions/actions/${id}/versions/${versions[0]?.id}/deploy`);
    expect((await claims()).secrets).toEqual({ a: '1', b: '2' });
  });

  test('are in no answer, no call, no snapshot', async () => {
    const { bind, claims, send, calls, snapshot } = await signInTenant();
    const [id = ''] = await bind({ code: telling, secrets: named({ a: 'hush-hush' }) });
    await send('PATCH', `/actions/actions/${id}`, { secrets: named({ a: 'hush-hush-2' }) });
    expect((await claims()).secrets).toEqual({ a: 'hush-hush' });
    const answers = await Promise.all(
      [`/actions/actions/${id}`, `/actions/actions/${id}/versions`, '/actions/actions', bindings].map((path) =>
        send('GET', path),
      ),
    );
    expect(JSON.stringify(answers.map(({ body }) => body))).toContain('"name":"a"');
    expect(JSON.stringify([answers.map(({ body }) => body), calls(), snapshot()])).not.toContain('hush');
  });
});
