import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/language/source.ts';
import type { EffectiveAssignment } from '../../src/model/effective-model.ts';
import { assignment, catalogs, customRole, document, role } from '../analysis/constraints/sketch.ts';
import { resolvedShop } from './resolved-shop.ts';

/** The catalogs, with vendors and resellers whose names are not in the order of the apps. */
const withVendors = catalogs.map(({ path, text }) => ({
  path,
  text: text.replace(
    /spec:\n {2}apps:\n.*$/su,
    [
      'spec:',
      '  vendors:',
      '    - name: slack-inc',
      '      resellers:',
      '        - shi',
      '  apps:',
      '    - name: asana',
      '    - name: slack',
      '      vendor: slack-inc',
      '      resellers:',
      '        - cdw',
      '    - name: zoom',
      '      resellers:',
      '        - bechtle',
      '',
    ].join('\n'),
  ),
}));

const clerk = role('clerk', { grants: ['data/contract:view', 'money/pay'], more: ['restrictable: true'] });
const team = customRole('team', 'clerk', ['slack', 'zoom']);
const whole = (name: string, users: readonly string[]) => assignment(name, 'clerk', users, { more: ['allApps: true'] });
const narrowed = (name: string, app: string, users: readonly string[]) =>
  assignment(name, 'clerk', users, { more: ['apps:', `  - ${app}`] });
const renamed = (file: SourceFile, formerly: readonly string[]): SourceFile => ({
  ...file,
  text: file.text.replace('\nspec:', `\n  formerly:\n${formerly.map((name) => `    - ${name}`).join('\n')}\nspec:`),
});

/** What somebody with the one assignment holds. */
function held(files: readonly SourceFile[]): EffectiveAssignment {
  const { shop, problems } = resolvedShop([clerk, ...files], withVendors);
  const [only] = shop.assignments;
  if (only === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return only;
}

describe('who is assigned', () => {
  it('a role holds it for all apps', () => {
    expect(held([whole('clerks', ['auth0|1'])])).toMatchObject({
      heldRole: 'clerk',
      narrows: false,
      restriction: 'none',
      apps: [],
      vendors: [],
      resellers: [],
    });
  });

  it('a custom role holds it for its apps, under the oldest of its names', () => {
    const custom = renamed(team, ['chat', 'chat-team']);
    expect(held([custom, assignment('chatters', 'team', ['auth0|1'])])).toMatchObject({
      heldRole: 'team',
      narrows: false,
      restriction: 'chat',
      apps: [{ name: 'slack' }, { name: 'zoom' }],
      vendors: ['slack-inc'],
      resellers: ['bechtle', 'cdw', 'shi'],
    });
  });

  it('a role for some apps holds what is called like the assignment, under the oldest of its names', () => {
    expect(held([renamed(narrowed('slackers', 'slack', ['auth0|1']), ['chat'])])).toMatchObject({
      heldRole: 'slackers',
      narrows: true,
      restriction: 'chat',
      apps: [{ name: 'slack' }],
      vendors: ['slack-inc'],
      resellers: ['cdw', 'shi'],
    });
    expect(held([narrowed('zoomers', 'zoom', ['auth0|1'])])).toMatchObject({ restriction: 'zoomers', vendors: [] });
  });

  it('holds exactly the permissions of the role, by one step more', () => {
    const { permissions } = held([narrowed('zoomers', 'zoom', ['auth0|1'])]);
    expect(permissions.map(({ permission, level }) => [permission, level])).toEqual([
      ['data/contract', 'view'],
      ['money/pay', null],
    ]);
    expect(permissions[0]?.chains).toMatchObject([
      [
        { kind: 'assigns', role: 'zoomers', names: 'clerk' },
        { kind: 'grants', role: 'clerk', names: 'data/contract:view' },
      ],
    ]);
  });

  it('holds nothing from the day after the last one on', () => {
    const { shop, problems } = resolvedShop([
      clerk,
      whole('clerks', ['auth0|1 through 2026-11-20', 'auth0|2 through 2026-11-21', 'auth0|3']),
    ]);
    expect(shop.assignments[0]?.users.map(({ account }) => account)).toEqual([
      { by: 'id', id: 'auth0|2' },
      { by: 'id', id: 'auth0|3' },
    ]);
    expect(problems).toMatchObject([
      { code: 'RW5105', place: { line: 10 }, help: 'remove the entry, or set a later day' },
    ]);
  });

  it('a role that means nothing is left out', () => {
    const circle = [role('one', { inherits: ['other'] }), role('other', { inherits: ['one'] })];
    const { shop, problems } = resolvedShop([
      ...circle,
      customRole('narrow', 'one', ['zoom']),
      assignment('ones', 'one', ['auth0|1 through 2026-11-20']),
      document('ProvisioningPolicy', 'just-in-time', 'shop', ['enabled: true', 'default:', '  role: one']),
    ]);
    expect([shop.roles, shop.customRoles, shop.assignments]).toEqual([[], [], []]);
    expect(problems.filter(({ code }) => code !== 'RW3102').map(({ code }) => code)).toEqual(['RW3101']);
  });
});

describe('one person', () => {
  const codes = (files: readonly SourceFile[]) =>
    resolvedShop([clerk, team, ...files]).problems.map(({ code }) => code);
  const ann = ['auth0|ann'];

  it.each([
    ['for all apps and for some', [whole('a', ann), narrowed('b', 'zoom', ann)]],
    ['for some apps and for all', [narrowed('a', 'zoom', ann), whole('b', ann)]],
    ['by a custom role and for all apps', [assignment('a', 'team', ann), whole('b', ann)]],
    ['by a custom role and for its very apps', [assignment('a', 'team', ann), narrowed('b', 'zoom', ann)]],
    ['for the same app by two assignments', [narrowed('a', 'zoom', ann), narrowed('b', 'zoom', ann)]],
  ])('cannot hold a role %s', (_, files) => {
    expect(codes(files)).toEqual(['RW5104']);
  });

  it.each([
    ['twice for all apps', [whole('a', ann), whole('b', ann)]],
    ['and another one for all apps', [whole('a', ann), role('payer', {}), assignment('b', 'payer', ann)]],
    ['by one custom role twice', [assignment('a', 'team', ann), assignment('b', 'team', ann)]],
    ['after another one that is over', [narrowed('a', 'zoom', ['auth0|ann through 2026-11-20']), whole('b', ann)]],
  ])('can hold a role %s', (_, files) => {
    expect(codes(files).filter((code) => code !== 'RW5105')).toEqual([]);
  });
});
