import { describe, expect, it } from 'vitest';
import { people, realFiles, today } from '../analysis/explain/real-catalogs.ts';
import { repositoryOf, runRolewright } from './run-rolewright.ts';

const reasoned = people.text.replace(
  '      validThrough: 2027',
  '      reason: Zoom renewal (OPS-4711)\n      validThrough: 2027',
);
const cwd = repositoryOf([...(await realFiles()), { ...people, text: reasoned }]);
const show = (...args: string[]) => runRolewright(['show', ...args, '--as-of', today, '--quiet'], { cwd });

describe('rolewright show, of an assignment', () => {
  it('says who holds what, for which apps, until when and why', async () => {
    const { code, stdout, stderr } = await show('productiv/zoom-administrators');
    expect([code, stderr]).toEqual([0, '']);
    const [heading, who, data] = stdout.split('\n\n');
    expect(heading).toBe(
      [
        'Zoom Administrators  productiv/zoom-administrators',
        '  kind      assignment: who holds a role',
        '  assigns   application-admin',
        '  apps      Zoom',
        '  vendors   Zoom Communications',
        '  resellers cdw',
        '  people    2, and 1 whose last day is over',
        '  declared  roles/productiv/assignments/people.yaml:5:9',
        '  holds     13 permissions',
      ].join('\n'),
    );
    expect(who).toBe(
      [
        'People',
        '  dana@example.com (corporate-sso)  through 2027-03-31   roles/productiv/assignments/people.yaml:11:14',
        '    Zoom renewal (OPS-4711)',
        '  auth0|123                         without end          roles/productiv/assignments/people.yaml:15:11',
        '  auth0|gone                        ended on 2026-11-20  roles/productiv/assignments/people.yaml:16:11',
      ].join('\n'),
    );
    expect(data).toMatch(
      /^Data\n.*\n {2}Engagement Data +View +for its apps +.*through application-admin, basic-user/u,
    );
    expect(data).toMatch(/ {2}File Uploads +Edit {2}SENSITIVE +application-wide +roles/u);
  });

  it('says that a role is held for all apps, and of a custom role for which', async () => {
    const [all, custom] = await Promise.all([show('productiv/administrators'), show('productiv/chat-team')]);
    expect(all.stdout).toContain('  assigns   super-admin\n  apps      all\n  people    1\n');
    expect(all.stdout).not.toContain('for its apps');
    expect(custom.stdout).toContain('  assigns   collaboration-owners\n  apps      Slack, Zoom\n');
    expect(custom.stdout).toContain('for its apps');
  });

  it('is named by the role that it gives', async () => {
    expect((await show('productiv/application-admin')).stdout).toContain('  assigned  by zoom-administrators\n');
    expect((await show('productiv/collaboration-owners')).stdout).toContain('  assigned  by chat-team\n');
  });

  it('is data for a program', async () => {
    const [assignment, role] = await Promise.all([
      show('productiv/zoom-administrators', '--format', 'json'),
      show('productiv/application-admin', '-j'),
    ]);
    expect([assignment.code, assignment.stderr]).toEqual([0, '']);
    const data = JSON.parse(assignment.stdout);
    expect(data).toMatchObject({
      schemaVersion: 1,
      kind: 'assignment',
      name: 'zoom-administrators',
      assigns: 'application-admin',
      apps: ['zoom'],
      vendors: ['zoom-communications'],
      base: null,
      inherits: [],
    });
    expect(data.people).toMatchObject([
      {
        account: { by: 'email', email: 'dana@example.com', connection: 'corporate-sso' },
        reason: 'Zoom renewal (OPS-4711)',
        validThrough: '2027-03-31',
        ended: false,
        place: { line: 11 },
      },
      { account: { by: 'id', id: 'auth0|123' }, reason: null, validThrough: null, ended: false },
      { account: { by: 'id', id: 'auth0|gone' }, validThrough: '2026-11-20', ended: true },
    ]);
    expect(data.permissions).toHaveLength(13);
    expect(data.permissions[0].chains[0][0]).toMatchObject({ kind: 'assigns', names: 'application-admin' });
    expect(JSON.parse(role.stdout)).toMatchObject({
      assigns: null,
      people: null,
      assignments: ['zoom-administrators'],
    });
  });

  it('is among the names that are suggested, and completed', async () => {
    expect(await show('productiv/zoom-administrator')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('did you mean "productiv/zoom-administrators"?'),
    });
    const { stdout } = await runRolewright(['complete', '--', 'show', 'productiv/zoom-'], { cwd });
    expect(stdout).toBe('productiv/zoom-administrators\n');
  });
});
