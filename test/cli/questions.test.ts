import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { changedDocuments, repositoryOf, runRolewright, startRolewright } from './run-rolewright.ts';

const good = repositoryOf();
const bad = repositoryOf(
  changedDocuments('roles/desk/roles/editor.yaml', (text) => text.replace('data/spend-data', 'data/spend-dat')),
);
const run = (...args: string[]) => runRolewright(args, { cwd: good });

describe('rolewright show', () => {
  it('prints a role', async () => {
    const { code, stdout, stderr } = await run('show', 'desk/editor');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Editor  desk/editor\n');
    expect(JSON.parse((await run('show', 'desk/editor', '-j')).stdout)).toMatchObject({
      schemaVersion: 1,
      name: 'editor',
    });
  });

  it('suggests the nearest for a role that is not there', async () => {
    expect(await run('show', 'desk/edtor')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: there is no role "desk/edtor"\n   help: did you mean "desk/editor"?\n',
    });
    expect((await run('show', 'viewer')).stderr).toContain('did you mean "desk/viewer"?');
  });

  it('says in JSON too why there is no data', async () => {
    const { code, stdout } = await run('show', 'desk/nobody', '--format', 'json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, error: 'there is no role "desk/nobody"' });
  });
});

describe('rolewright matrix', () => {
  it('prints every format on stdout alone', async () => {
    for (const format of ['text', 'json', 'markdown', 'csv', 'html']) {
      const { code, stdout, stderr } = await run('matrix', '--format', format);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('Chat Owners');
    }
    expect(JSON.parse((await run('matrix', '--format', 'json', '--application', 'desk')).stdout)).toMatchObject({
      schemaVersion: 1,
      applications: [{ name: 'desk' }],
    });
  });

  it('knows its applications', async () => {
    expect(await run('matrix', '--application', 'dsk')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('did you mean "desk"?'),
    });
  });

  it('prints no half of a matrix when the documents are wrong', async () => {
    const { code, stdout, stderr } = await runRolewright(['matrix', '--format', 'json'], { cwd: bad });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).diagnostics[0].code).toBe('RW2104');
    expect(stderr).toContain('error RW2104');
    expect(await runRolewright(['matrix'], { cwd: bad })).toMatchObject({ code: 1, stdout: '' });
  });

  it('survives a reader that has had enough', async () => {
    const child = startRolewright(['matrix', '--format', 'json'], { cwd: good });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('rolewright build', () => {
  it('prints the desired state, the same bytes every time', async () => {
    const runs = await Promise.all([run('build', '--stack', 'dev'), run('build', '-s', 'dev')]);
    const digests = runs.map(({ stdout }) => createHash('sha256').update(stdout).digest('hex'));
    expect(digests[0]).toBe(digests[1]);
    expect(JSON.parse(runs[0].stdout)).toMatchObject({ schemaVersion: 1, environment: { name: 'dev' } });
  });

  it('takes the stack from PULUMI_STACK', async () => {
    const { code, stdout } = await runRolewright(['build'], { cwd: good, env: { PULUMI_STACK: 'dev' } });
    expect([code, JSON.parse(stdout).environment.name]).toEqual([0, 'dev']);
  });

  it('ends with 6 for a stack that is not there, and names the nearest', async () => {
    const { code, stderr } = await run('build', '--stack', 'de');
    expect(code).toBe(6);
    expect(stderr).toContain('"dev"');
  });

  it('ends with 2 where no stack is named, and names those that are there', async () => {
    const { code, stderr } = await run('build');
    expect(code).toBe(2);
    expect(stderr).toBe('error: no stack is named\n   help: give --stack NAME; there are dev\n');
  });
});
