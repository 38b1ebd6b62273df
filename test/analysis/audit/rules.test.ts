import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/analysis/constraints/check-constraints.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import {
  assignment,
  constraint,
  customRole,
  environment,
  exception,
  list,
  modelOf,
  role,
  today,
} from '../constraints/sketch.ts';
import { auditOf, told } from './observed.ts';

const restrictable = { more: ['restrictable: true'] };

describe('restrictions that conflict', () => {
  const files = [
    role('whole', { grants: ['data/spend:view'], ...restrictable }),
    role('more', { grants: ['data/spend:edit'], ...restrictable }),
    customRole('some', 'whole', ['zoom']),
    customRole('others', 'whole', ['slack']),
  ];
  const conflicts = (people: Parameters<typeof auditOf>[1]['people']) =>
    told(auditOf(files, { people }), 'conflicting-restrictions');

  it('are two of them, or one and none, and tell by which roles', () => {
    expect(
      conflicts({
        ann: { roles: ['Whole', 'Some'] },
        bob: { roles: ['Some', 'Others'] },
        cat: { roles: ['Whole', 'More'] },
        dan: { roles: ['Some'] },
      }),
    ).toEqual([
      'ann: restriction:none restriction:some by Some and Whole',
      'bob: restriction:others restriction:some by Others and Some',
    ]);
  });

  it('may come without a role, and from a role that nobody declares', () => {
    const people = { ann: { roles: ['Some'], direct: ['shop restriction:none'] }, bob: { roles: ['Theirs', 'Some'] } };
    const edited = { Theirs: ['shop restriction:others'] };
    expect(told(auditOf(files, { people, edited }), 'conflicting-restrictions')).toEqual([
      'ann: restriction:none restriction:some by Some and itself',
      'bob: restriction:others restriction:some by Some and Theirs',
    ]);
  });

  it('do not come from what is held at different places of sign-in', () => {
    expect(conflicts({ ann: { roles: ['Whole'], members: { acme: ['Some'], umbra: ['Others'] } } })).toEqual([]);
    expect(conflicts({ ann: { members: { acme: ['Some', 'Others'] } } })).toEqual([
      'ann (in acme): restriction:others restriction:some by Others and Some',
    ]);
  });
});

const separate = (exceptions: readonly string[] = [], permissions = ['data/contract:view', 'data/spend:edit']) =>
  constraint([
    'separate:',
    ...list('permissions', permissions).map((line) => `  ${line}`),
    ...(exceptions.length === 0 ? [] : ['exceptions:', ...exceptions]),
  ]);

describe('permissions that are kept apart', () => {
  const reads = role('reads', { grants: ['data/contract:edit'] });
  const peeks = role('peeks', { grants: ['data/contract:peek'] });
  const spends = role('spends', { grants: ['data/spend:edit'] });
  const both = { roles: ['Reads', 'Spends'] };
  const found = (files: readonly SourceFile[], person: object = both, more: object = {}) =>
    told(auditOf([reads, peeks, spends, ...files], { people: { ann: person }, ...more }), 'separated-permissions');

  it('are held at least at their level', () => {
    expect(found([separate()])).toEqual(['ann: shop/data/contract:edit by Reads, shop/data/spend:edit by Spends']);
    expect(found([separate()], { roles: ['Peeks', 'Spends'] })).toEqual([]);
  });

  it('are held by whatever the tenant gives: a role that was edited, one of others, none at all', () => {
    const edited = { Reads: ['shop view:contract', 'shop edit:spend'] };
    expect(found([separate()], { roles: ['Reads'] }, { edited })).toEqual([
      'ann: shop/data/contract:view by Reads, shop/data/spend:edit by Reads',
    ]);
    expect(found([separate()], { roles: ['Reads'], direct: ['shop edit:spend'] })).toEqual([
      'ann: shop/data/contract:edit by Reads, shop/data/spend:edit by itself',
    ]);
  });

  it('are excepted for a person by id or verified address, and no longer when the exception is over', () => {
    const person = { ...both, address: 'Ann@example.com' };
    expect(found([separate(exception(['user: ann@example.com'])), anns], person)).toEqual([]);
    expect(found([separate(exception(['user: ann@example.com'])), anns], { ...person, unverified: true }).length).toBe(
      1,
    );
    expect(found([separate(exception(['user: ann@example.com'], '2026-11-20')), anns], person).length).toBe(1);
    expect(found([separate(exception(['user: ann@example.com'], today)), anns], person)).toEqual([]);
  });

  it('are excepted for an assignment as long as it names the person', () => {
    const excepted = separate(exception(['assignment: team']));
    const team = (user: string) => assignment('team', 'reads', [user]);
    expect(found([excepted, team('ann')])).toEqual([]);
    expect(found([excepted, team('bob')]).length).toBe(1);
    expect(found([excepted, team('ann through 2026-11-20')]).length).toBe(1);
  });

  it('are excepted for the one role that gives both, also to whoever has one of them by another', () => {
    const chief = role('chief', { grants: ['data/contract:view', 'data/spend:edit'] });
    const excepted = separate(exception(['role: chief']));
    expect(found([chief, excepted], { roles: ['Chief'] })).toEqual([]);
    expect(found([chief, excepted], { roles: ['Chief', 'Reads'] })).toEqual([]);
    expect(found([chief, excepted]).length).toBe(1);
  });

  it('may be of two applications', () => {
    const files = role('files', { application: 'desk', grants: ['work/file'] });
    const rule = separate([], ['shop/data/spend:edit', 'desk/work/file']);
    const spanning = { ...rule, text: rule.text.replace('\n  application: shop', '') };
    expect(found([files, spanning], { roles: ['Files', 'Spends'] })).toEqual([
      'ann: desk/work/file by Files, shop/data/spend:edit by Spends',
    ]);
  });

  it('are told of declared people by check and audit alike', () => {
    const team = [assignment('one', 'reads', ['ann', 'bob']), assignment('other', 'spends', ['bob', 'cat'])];
    const files = [reads, spends, separate(), ...team];
    const people = { ann: { roles: ['Reads'] }, bob: both, cat: { roles: ['Spends'] } };
    const declared = checkConstraints(modelOf(files), today).map(({ message }) => message.split(' ')[0]);
    const audited = auditOf(files, { people }).findings.filter(({ weight }) => weight === 'violation');
    expect(audited.map(({ person }) => person?.id)).toEqual(declared);
    expect(declared).toEqual(['bob']);
  });
});

const anns = assignment('anns', 'reads', ['ann@example.com']);

describe('permissions that are reserved', () => {
  const clerk = role('clerk', { grants: ['data/spend:view'], ...restrictable });
  const files = [
    clerk,
    role('heir', { inherits: ['clerk'], ...restrictable }),
    customRole('some', 'clerk', ['zoom']),
    assignment('zoomers', 'clerk', ['zed'], { more: ['apps:', '  - zoom'] }),
  ];
  const rule = (...more: readonly string[]) =>
    constraint([
      'reserved:',
      '  permissions:',
      '    - data/spend:view',
      '  roles:',
      '    - clerk',
      ...(more.length === 0 ? [] : ['exceptions:', ...more]),
    ]);
  const found = (people: Parameters<typeof auditOf>[1]['people'], ...more: readonly string[]) =>
    told(
      auditOf([...files, rule(...more)], { people, edited: { Theirs: ['shop edit:spend'] } }),
      'reserved-permission',
    );

  it('are for a listed role, its custom roles and its assignments, and for nobody else', () => {
    expect(
      found({
        ann: { roles: ['Clerk'] },
        bob: { roles: ['Some'] },
        cat: { roles: ['Zoomers'] },
        dan: { roles: ['Heir', 'Clerk'] },
        eve: { roles: ['Theirs'] },
        fay: { direct: ['shop view:spend'] },
      }),
    ).toEqual([
      'dan: shop/data/spend:view by Heir',
      'eve: shop/data/spend:edit by Theirs',
      'fay: shop/data/spend:view by itself',
    ]);
  });

  it('are excepted for a role up to the level that is named', () => {
    const people = { dan: { roles: ['Heir'] } };
    expect(found(people, ...exception(['role: heir']))).toEqual([]);
    expect(found(people, ...exception(['role: heir', 'permission: data/spend:view']))).toEqual([]);
    const widened = { people, edited: { Heir: ['shop edit:spend'] } };
    const excepted = rule(...exception(['role: heir', 'permission: data/spend:view']));
    expect(told(auditOf([...files, excepted], widened), 'reserved-permission')).toEqual([
      'dan: shop/data/spend:edit by Heir',
    ]);
  });
});

describe('permissions that are never for a purpose', () => {
  const rule = (purpose: string) =>
    constraint(['never:', '  permissions:', '    - money/pay', `  purpose: ${purpose}`]);
  const signs = role('signs', { grants: ['money/sign'] });

  it('are forbidden in an environment of that purpose alone', () => {
    const tenant = { people: { ann: { roles: ['Signs'], direct: ['shop pay', 'shop sign'] } } };
    expect(told(auditOf([signs, rule('production')], tenant), 'forbidden-permission')).toEqual([
      'ann: shop/money/pay by itself',
    ]);
    expect(told(auditOf([signs, rule('staging')], tenant), 'forbidden-permission')).toEqual([]);
  });
});

describe('the holders of a role', () => {
  const files = [
    role('owner', { grants: ['data/spend:edit'], ...restrictable }),
    customRole('some', 'owner', ['zoom']),
    assignment('zoomers', 'owner', ['zed'], { more: ['apps:', '  - zoom'] }),
  ];
  const rule = (lines: readonly string[], exceptions: readonly string[] = []) =>
    constraint([
      'holders:',
      '  role: owner',
      ...lines.map((line) => `  ${line}`),
      ...(exceptions.length === 0 ? [] : ['exceptions:', ...exceptions]),
    ]);
  const found = (lines: readonly string[], people: Parameters<typeof auditOf>[1]['people'], ...more: string[]) =>
    told(auditOf([...files, rule(lines, more)], { people, organizations: 1 }), 'too-few-holders', 'too-many-holders');

  it('are too few where those do not suffice who hold all of it, everywhere', () => {
    const people = { ann: { roles: ['Owner'] }, bob: { roles: ['Some'] }, cat: { members: { acme: ['Owner'] } } };
    expect(found(['atLeast: 2'], people)).toEqual(['Owner: 1 of 2']);
    expect(found(['atLeast: 1'], people)).toEqual([]);
    expect(found(['atLeast: 2'], people, ...exception(['role: owner']))).toEqual([]);
  });

  it('are too many where anybody holds it for some apps, or somewhere; each counts once', () => {
    const people = {
      ann: { roles: ['Owner', 'Some'], members: { acme: ['Owner'] } },
      bob: { roles: ['Zoomers'] },
      cat: { members: { acme: ['Owner'] } },
      dee: { roles: ['Some'] },
    };
    expect(found(['atMost: 3'], people)).toEqual(['Owner: 4 of 3']);
    expect(found(['atMost: 4'], people)).toEqual([]);
  });

  it('are counted where an environment asks for them, and their role is missed', () => {
    const text = `${environment('guarded', 'production').text}  guards:\n    requiredRoles:\n      - role: shop/owner\n        minimumHolders: 2\n`;
    const guarded = { path: 'guarded.yaml', text };
    const audited = (tenant: Parameters<typeof auditOf>[1]) =>
      told(auditOf([...files, guarded], tenant, undefined, 'guarded'), 'too-few-holders', 'missing-required-role');
    expect(audited({ people: { ann: { roles: ['Owner'] } } })).toEqual(['Owner: 1 of 2']);
    expect(audited({ people: { ann: { roles: ['Owner'] }, bob: { roles: ['Owner'] } } })).toEqual([]);
    expect(audited({ people: {}, without: ['Owner'] })).toEqual(['Owner']);
  });
});
