import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../src/language/source.ts';
import { assignment, catalogs, document, role } from '../constraints/sketch.ts';
import { auditOf, told } from './observed.ts';

type People = Parameters<typeof auditOf>[1]['people'];

const clerk = role('clerk', { grants: ['money/pay'] });

describe('assignments that are over', () => {
  const expired = (files: readonly SourceFile[], people: People, asOf = '2026-11-21') =>
    told(auditOf([clerk, ...files], { people, asOf }), 'expired-assignment');

  it('are told of who still holds the role, from the day after the last', () => {
    const team = assignment('team', 'clerk', ['ann through 2026-11-20', 'bob through 2026-11-20', 'cat']);
    const people = { ann: { roles: ['Clerk'] }, bob: {}, cat: { roles: ['Clerk'] } };
    expect(expired([team], people)).toEqual(['ann: Clerk, 2026-11-20']);
    expect(expired([team], people, '2026-11-20')).toEqual([]);
  });

  it('are not told where another assignment gives the role', () => {
    const team = assignment('team', 'clerk', ['ann through 2026-11-20']);
    const other = (user: string) => assignment('other', 'clerk', [user]);
    const people = { ann: { roles: ['Clerk'] } };
    expect(expired([team, other('ann')], people)).toEqual([]);
    expect(expired([team, other('ann through 2026-11-19')], people)).toEqual([
      'ann: Clerk, 2026-11-19',
      'ann: Clerk, 2026-11-20',
    ]);
  });

  it('mean the account with the verified address on the connection, whatever its capitals', () => {
    const team = assignment('team', 'clerk', ['ann@example.com through 2026-11-20']);
    const holder = { roles: ['Clerk'], address: 'Ann@Example.com' };
    expect(expired([team], { a1: holder })).toEqual(['a1: Clerk, 2026-11-20']);
    expect(expired([team], { a1: { ...holder, unverified: true } })).toEqual([]);
    expect(expired([team], { a1: { ...holder, address: 'anne@example.com' } })).toEqual([]);
  });

  it('are told of the narrowed role where the assignment was to some apps', () => {
    const whole = role('whole', { grants: ['data/spend:view'], more: ['restrictable: true'] });
    const zoomers = assignment('zoomers', 'whole', ['ann through 2026-11-20'], { more: ['apps:', '  - zoom'] });
    const people = { ann: { roles: ['Zoomers'] }, bob: { roles: ['Whole'] } };
    expect(expired([whole, zoomers], people)).toEqual(['ann: Zoomers, 2026-11-20']);
  });
});

describe('people whom no assignment names', () => {
  const undeclared = (files: readonly SourceFile[], people: People) =>
    told(auditOf([clerk, role('other', { grants: ['money/sign'] }), ...files], { people }), 'undeclared-holder');

  it('are told for roles that assignments give, and for no others', () => {
    const people = { ann: { roles: ['Clerk'] }, bob: { roles: ['Clerk', 'Other'] } };
    expect(undeclared([assignment('team', 'clerk', ['ann'])], people)).toEqual(['bob: Clerk']);
    expect(undeclared([], people)).toEqual([]);
  });

  it('are not told twice where their assignment is over', () => {
    expect(
      undeclared([assignment('team', 'clerk', ['ann through 2026-11-20'])], { ann: { roles: ['Clerk'] } }),
    ).toEqual([]);
  });

  it('are not told of a role that a first sign-in brings', () => {
    const policy = document('ProvisioningPolicy', 'first', 'shop', ['enabled: true', 'default:', '  role: clerk']);
    const people = { bob: { roles: ['Clerk'] } };
    expect(undeclared([assignment('team', 'clerk', ['ann']), policy], people)).toEqual([]);
  });
});

describe('what is to be reviewed', () => {
  const sensitive = catalogs.map(({ path, text }) => ({
    path,
    text: text.replace('            - name: view\n            - name: edit\n        - name: spend', (levels) =>
      levels.replaceAll(/(name: (?:view|edit))$/gmu, '$1\n              sensitive: true'),
    ),
  }));
  const holders = (people: People) =>
    told(
      auditOf([role('reads', { grants: ['data/contract:view'] }), clerk], { people }, sensitive),
      'sensitive-holder',
    );

  it('is a sensitive permission at the highest level held, by whatever gives any of it', () => {
    expect(holders({ ann: { roles: ['Reads', 'Clerk'], direct: ['shop edit:contract'] } })).toEqual([
      'ann: shop/data/contract:edit by Reads and itself',
    ]);
    expect(holders({ bob: { direct: ['shop peek:contract'] }, cat: { members: { acme: ['Reads'] } } })).toEqual([
      'cat (in acme): shop/data/contract:view by Reads',
    ]);
  });

  it('is what is held directly, and what a role of others gives', () => {
    const people = { ann: { roles: ['Clerk', 'Theirs'], direct: ['shop pay', 'desk file', 'shop gone'] } };
    const audit = auditOf([clerk], { people, edited: { Theirs: ['shop sign'], Elsewhere: [' read'] } });
    expect(told(audit, 'direct-permission', 'foreign-role')).toEqual([
      'ann: desk/work/file by itself',
      'ann: gone by itself, shop/money/pay by itself',
      'Theirs: shop/money/sign, 1 of null',
    ]);
  });

  it('is a role that nobody holds anywhere, as far as the tenant has it', () => {
    const files = [clerk, role('spare', { grants: ['money/sign'] }), role('unmade', { grants: ['money/sign'] })];
    const people = { ann: { members: { acme: ['Clerk'] } } };
    expect(told(auditOf(files, { people, without: ['Unmade'] }), 'unheld-role')).toEqual(['Spare']);
  });

  it('is who is blocked and holds a role', () => {
    const people = { ann: { roles: ['Clerk'], blocked: true }, bob: { blocked: true } };
    expect(told(auditOf([clerk], { people }), 'blocked-holder')).toEqual(['ann']);
  });
});

describe('an audit', () => {
  it('says the same, byte for byte, in whatever order the tenant lists its people', () => {
    const files = [clerk, assignment('team', 'clerk', ['zoe'])];
    const people: People = {
      zoe: { roles: ['Clerk'], direct: ['shop pay', 'shop sign'] },
      ann: { roles: ['Clerk'], direct: ['shop sign'] },
      bob: { roles: ['Clerk'], blocked: true },
    };
    const reversed = Object.fromEntries(Object.entries(people).toReversed());
    const text = JSON.stringify(auditOf(files, { people }));
    expect(JSON.stringify(auditOf(files, { people: reversed }))).toBe(text);
    expect(JSON.parse(text).findings.length).toBe(5);
  });

  it('finds nothing in a tenant that is as declared', () => {
    const files = [clerk, assignment('team', 'clerk', ['zoe'])];
    expect(auditOf(files, { people: { zoe: { roles: ['Clerk'] } } }).findings).toEqual([]);
  });
});
