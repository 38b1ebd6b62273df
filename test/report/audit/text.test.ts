import { describe, expect, it } from 'vitest';
import type { Audit } from '../../../src/analysis/audit/audit.ts';
import type { FindingCode } from '../../../src/analysis/audit/finding.ts';
import { finding, weights } from '../../../src/analysis/audit/finding.ts';
import { auditCsv } from '../../../src/report/audit/csv.ts';
import { auditText, coverageText } from '../../../src/report/audit/text.ts';
import { auditSentence } from '../../../src/report/audit/words.ts';
import { plain } from '../../../src/report/paint.ts';

const coverage: Audit['coverage'] = {
  people: 2,
  roles: 1,
  directPermissions: 'nobody',
  unlistedUsers: 0,
  organizations: null,
};
const auditOf = (findings: Audit['findings']): Audit => ({
  ...{
    schemaVersion: 1,
    stack: 'dev',
    purpose: 'development',
    tenant: 'loopback',
    asOf: '2026-11-22',
    model: 'sha256:1',
  },
  ...{ coverage, summary: { violations: 0, reviewItems: findings.length }, findingsDigest: 'sha256:2', findings },
});

/** What somebody may have called themselves and their role, to deceive whoever reads. */
const hostile = auditOf([
  finding('undeclared-holder', {
    application: { name: 'shop', title: '+Shop' },
    person: { id: '=cmd|calc', address: '@SUM(1)\u202e\u001b[2J' },
    organization: '-acme\r\nviolation',
    role: { reference: null, title: '=HYPERLINK("x")\u001b]0;', id: '+rol' },
    rule: { kind: 'constraint', name: '=1+1', place: '=a.yaml:1:1' },
  }),
]);

describe('hostile names', () => {
  it('do not reach the terminal as they are', () => {
    const text = auditText(hostile, null, plain);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).toContain('@SUM(1)\\u{202e}\\u{1b}[2J (=cmd|calc) in -acme\\r\\nviolation');
  });

  it('are no formulas in a spreadsheet', () => {
    const [, row = ''] = auditCsv(hostile, null).split(/\r\n(?=review)/u);
    for (const text of [
      `"'=cmd|calc"`,
      `"'@SUM(1)`,
      `"'-acme`,
      `"'=HYPERLINK(""x"")`,
      `"'+rol"`,
      `"'=1+1"`,
      `"'+Shop: `,
    ]) {
      expect(row).toContain(text);
    }
    expect(row).not.toMatch(/(^|,)"?[=+@-]/u);
  });
});

describe('an audit in words', () => {
  it('has a heading, a sentence and an advice for each kind', () => {
    const role = { reference: 'shop/clerk', title: 'Clerk', id: 'rol_1' };
    const codes = Object.keys(weights) as readonly FindingCode[];
    const rule = { kind: 'constraint', name: 'shop/rule', place: 'rules.yaml:1:1' } as const;
    const facts = { role, rule, found: 1, limit: 2, day: '2026-11-21' };
    const text = auditText(auditOf(codes.map((code) => finding(code, facts))), null, plain);
    expect(text.match(/^ {4}what to do: \S/gmu)?.length).toBe(codes.length);
    expect(text).not.toMatch(/undefined|null/u);
  });

  it('counts nobody as nobody', () => {
    const role = { reference: null, title: 'Clerk', id: 'rol_1' };
    expect(auditSentence(finding('foreign-role', { role, found: 0 }))).toContain('to nobody');
    expect(auditSentence(finding('foreign-role', { role, found: 2 }))).toContain('to 2 people');
  });

  it('says what was not looked at', () => {
    expect(coverageText(coverage)).toBe(
      'Looked at: 2 people with 1 role; direct permissions were not read; organizations were not read.',
    );
    expect(coverageText({ ...coverage, directPermissions: 'everybody', unlistedUsers: 234, organizations: 1 })).toBe(
      'Looked at: 2 people with 1 role; direct permissions of every user but 234, whom the tenant does not list; 1 organization read.',
    );
  });
});
