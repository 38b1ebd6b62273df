import { describe, expect, it } from 'vitest';
import { repositoryOf, runRolewright } from './run-rolewright.ts';

const sample = repositoryOf();
const run = (...args: string[]) => runRolewright(['who-can', ...args], { cwd: sample });
const talk = (stderr: string) => stderr.replace('Checking the documents …\n', '');

describe('rolewright who-can', () => {
  it('answers on stdout, and says nothing else', async () => {
    const { code, stdout, stderr } = await run('desk/data/contract-data:edit', '--app', 'desk/zoom');
    expect([code, talk(stderr)]).toEqual([0, '']);
    expect(stdout).toBe(
      [
        'Who can edit Contract Data (sensitive) for Zoom',
        '',
        'Roles',
        '  Editor  Edit  roles/desk/roles/editor.yaml:12:7',
        '',
        'Custom roles',
        '  Chat Owners  Edit  for Slack and Zoom only  roles/desk/roles/editor.yaml:12:7  through editor',
        '',
        'No assignment gives it to anybody.',
        'What somebody was given at the identity provider itself is not known here.',
        '',
      ].join('\n'),
    );
  });

  it('prints every format', async () => {
    const formats = ['text', 'json', 'csv', 'markdown'];
    const runs = await Promise.all(formats.map((format) => run('desk/data/spend-data', '--format', format)));
    for (const { code, stdout, stderr } of runs) {
      expect([code, talk(stderr)]).toEqual([0, '']);
      expect(stdout).toContain('Chat Owners');
    }
    expect(JSON.parse(runs[1]?.stdout ?? '')).toMatchObject({ schemaVersion: 1, roles: [{ name: 'editor' }] });
    expect(runs[2]?.stdout).toContain('role,Editor,desk/editor,,,,');
  });

  it('suggests for a misspelt permission or app, and ends with 2', async () => {
    const permission = await run('desk/data/contract-data:edt');
    expect([permission.code, permission.stdout]).toEqual([2, '']);
    expect(permission.stderr).toContain('error RW2107  "desk/data/contract-data" has no level "edt"\n');
    expect(permission.stderr).toContain('did you mean "desk/data/contract-data:edit"?');
    const app = await run('desk/data/contract-data:edit', '--app', 'desk/zom', '-j');
    expect(app.code).toBe(2);
    expect(JSON.parse(app.stdout).diagnostics).toMatchObject([{ code: 'RW2112', suggestion: 'desk/zoom' }]);
    expect((await run()).code).toBe(2);
  });
});
