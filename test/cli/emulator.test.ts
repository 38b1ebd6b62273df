import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryOf, runRolewright, startRolewright } from './run-rolewright.ts';

const ask = `
  const { request } = await import('node:https');
  request('https://' + process.env.AUTH0_DOMAIN + '/api/v2/roles', {
    headers: { authorization: 'Bearer ' + process.env.AUTH0_API_TOKEN },
  }, (response) => { console.log(response.statusCode); response.resume(); }).end();
`;

describe('rolewright emulator', () => {
  it('runs a command against the tenant, counts its calls and ends with its exit code', async () => {
    const cwd = repositoryOf();
    const [asked, failed] = await Promise.all([
      runRolewright(['emulator', '--trace', '--', process.execPath, '--input-type=module', '-e', ask], { cwd }),
      runRolewright(['emulator', '--', process.execPath, '-e', 'process.exit(7)', '--', '--flag'], { cwd }),
    ]);
    expect(asked).toMatchObject({ code: 0, stdout: '200\n' });
    expect(asked.stderr).toMatch(/^ +1 {2}GET +200 {2}\/api\/v2\/roles {2}\d+ ms\n1 call reached the tenant, 0 of/u);
    expect(failed).toMatchObject({ code: 7, stdout: '', stderr: '0 calls reached the tenant, 0 of them writes\n' });
  });

  it('takes `rolewright` for itself, and leaves set variables alone', async () => {
    const cwd = repositoryOf();
    const env = { PULUMI_BACKEND_URL: 'file:///elsewhere' };
    const { stdout } = await runRolewright(['emulator', '--', 'rolewright', 'doctor', '--json'], { cwd, env });
    const { findings } = JSON.parse(stdout);
    expect(findings).toContainEqual(
      expect.objectContaining({ subject: 'tenant', state: 'ok', found: expect.stringContaining('takes the token') }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ subject: 'state', state: 'ok', found: 'file:///elsewhere' }),
    );
    expect(existsSync(join(cwd, '.rolewright'))).toBe(false);
  });

  it('has plain commands find the Node that runs it before an older one', async () => {
    const cwd = repositoryOf();
    const old = join(cwd, 'old');
    const own = dirname(process.execPath);
    mkdirSync(old);
    writeFileSync(join(old, 'node'), '#!/bin/sh\necho an older one\n', { mode: 0o755 });
    const pathIn = async (PATH: string) => {
      const script = 'node -p process.execPath; echo "$PATH"';
      const { stdout } = await runRolewright(['emulator', '--', 'sh', '-c', script], { cwd, env: { PATH } });
      return stdout.trimEnd().split('\n');
    };
    expect((await pathIn(`${old}:/usr/bin:/bin`))[0]).toBe(process.execPath);
    // Where ours is the first already, nothing is put before it.
    const [node, path = ''] = await pathIn(`${own}:${old}:/usr/bin:/bin`);
    expect(node).toBe(process.execPath);
    expect(path.split(':').filter((folder) => folder === own)).toHaveLength(1);
  });

  it('says in one line what is wrong with a command or a port', async () => {
    const cwd = repositoryOf();
    const [command, port] = await Promise.all([
      runRolewright(['emulator', '--', 'no-such-command'], { cwd }),
      runRolewright(['emulator', '--port', '70000'], { cwd }),
    ]);
    expect(command).toMatchObject({ code: 2, stderr: 'error: cannot run no-such-command: there is no such command\n' });
    expect(port).toMatchObject({ code: 2, stderr: expect.stringContaining('from 0 to 65535') });
  });

  it('by hand prints lines to paste, stays until Ctrl-C, ends with 0 and leaves nothing behind', async () => {
    const cwd = repositoryOf();
    const child = startRolewright(['emulator'], { cwd });
    let stdout = '';
    child.stdout.setEncoding('utf8');
    for await (const text of child.stdout) {
      stdout += text;
      if (!stdout.includes('PULUMI_CONFIG_PASSPHRASE')) continue;
      expect(readdirSync(join(cwd, '.rolewright/state'))).toHaveLength(1);
      child.kill('SIGINT');
    }
    const code = child.exitCode ?? (await new Promise((resolve) => child.on('close', resolve)));
    expect(code).toBe(0);
    for (const line of stdout.trimEnd().split('\n')) expect(line).toMatch(/^export [A-Z0-9_]+=/u);
    const names = [...stdout.matchAll(/^export (\w+)=/gmu)].map(([, name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'AUTH0_DOMAIN',
        'AUTH0_API_TOKEN',
        'SSL_CERT_FILE',
        'NODE_EXTRA_CA_CERTS',
        'PULUMI_BACKEND_URL',
        'ROLEWRIGHT_JUST_IN_TIME_CLIENT_ID',
        'ROLEWRIGHT_JUST_IN_TIME_CLIENT_SECRET',
      ]),
    );
    expect(readdirSync(join(cwd, '.rolewright/state'))).toEqual([]);
  });
});
