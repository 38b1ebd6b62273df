import { describe, expect, it } from 'vitest';
import type { Audit } from '../../../src/analysis/audit/audit.ts';
import { compareAudits } from '../../../src/analysis/audit/compare-audits.ts';
import { checkSameTenant, readSignOff, signOff } from '../../../src/analysis/audit/sign-off.ts';
import { digestOf } from '../../../src/model/compile/digest.ts';
import { catalogs, role } from '../constraints/sketch.ts';
import { auditOf } from './observed.ts';

const clerk = role('clerk', { grants: ['money/pay'] });
const by = { product: '1.2.3', reviewer: 'Dana', signedAt: '2026-11-22T08:00:00.000Z', note: null };
type Tenant = Parameters<typeof auditOf>[1];
const audited = (tenant: Tenant) => auditOf([clerk], tenant);
const compared = (now: Audit, then: Audit, seen: readonly string[] = ['ann', 'bob']) => {
  const { states, gone, unseen, sameModel } = compareAudits(now, signOff(then, by), new Set(seen));
  const names = (findings: typeof gone) => findings.map(({ code, person }) => `${code} ${person?.id}`);
  return { states, gone: names(gone), unseen: names(unseen), sameModel };
};

describe('an audit beside the one before', () => {
  const ann = { ann: { roles: ['Clerk'], direct: ['shop pay'] } };
  const then = audited({ people: ann });

  it('is unchanged where only words have changed', () => {
    const retitled = catalogs.map(({ path, text }) => ({
      path,
      text: text.replace('        - name: pay\n', '        - name: pay\n          title: Payment\n'),
    }));
    const people = { ann: { ...ann.ann, address: 'ann@example.com' } };
    const now = auditOf([clerk], { people }, retitled);
    expect(now.findings[0]?.permissions[0]?.title).toBe('Payment');
    expect(now.findingsDigest).toBe(then.findingsDigest);
    expect(compared(now, then)).toEqual({ states: ['unchanged'], gone: [], unseen: [], sameModel: false });
    expect(compared(then, then).sameModel).toBe(true);
  });

  it('has changed where the same person holds more, and is new where another does', () => {
    const more = { ann: { ...ann.ann, direct: ['shop pay', 'shop sign'] }, bob: ann.ann };
    const now = audited({ people: more });
    expect(compared(now, then)).toMatchObject({ states: ['changed', 'new'], gone: [], unseen: [] });
    expect(now.findingsDigest).not.toBe(then.findingsDigest);
  });

  it('has lost what is not there any more, if it has been looked for', () => {
    const now = audited({ people: { ann: { roles: ['Clerk'] } } });
    const everybody = { ...now, coverage: { ...now.coverage, directPermissions: 'everybody' } } as const;
    const nobody = { ...now, coverage: { ...now.coverage, directPermissions: 'nobody' } } as const;
    const direct = 'direct-permission ann';
    expect(compared(now, then)).toMatchObject({ states: [], gone: [direct], unseen: [] });
    expect(compared(nobody, then)).toMatchObject({ gone: [], unseen: [direct] });
    // Whoever holds no role any more is not read, unless every user is.
    expect(compared(now, then, [])).toMatchObject({ gone: [], unseen: [direct] });
    expect(compared(everybody, then, [])).toMatchObject({ gone: [direct], unseen: [] });
  });

  it('does not know of organizations that it has not read', () => {
    const blocked = { ann: { members: { acme: ['Clerk'] }, blocked: true } };
    const before = audited({ people: blocked, organizations: 1 });
    expect(compared(audited({ people: {} }), before)).toMatchObject({ gone: [], unseen: ['blocked-holder ann'] });
    expect(compared(audited({ people: {}, organizations: 1 }), before)).toMatchObject({
      gone: ['blocked-holder ann'],
      unseen: [],
    });
  });
});

describe('a sign-off', () => {
  const signed = signOff(audited({ people: { ann: { direct: ['shop pay'], address: 'ann@example.com' } } }), by);
  const reasonOf = (value: unknown) => readSignOff(JSON.stringify(value), 'q4.json')[1].map(({ message }) => message);
  const sealed = (value: object) => ({ ...value, digest: digestOf(value, new Set(['digest'])) });

  it('is read as it was written, and names nobody by address', () => {
    expect(readSignOff(JSON.stringify(signed), 'q4.json')).toEqual([signed, []]);
    expect(JSON.stringify(signed)).not.toContain('ann@example.com');
  });

  it('is refused once a single thing in it is another', () => {
    for (const key of Object.keys(signed).filter((one) => one !== 'kind' && one !== 'schemaVersion')) {
      expect(reasonOf({ ...signed, [key]: 'else' }), key).toEqual([
        'the sign-off q4.json cannot be used: it was changed after it was signed',
      ]);
    }
    expect(reasonOf({ ...signed, more: 1 })).toEqual([expect.stringContaining('changed after it was signed')]);
  });

  it('is of one stack and one tenant', () => {
    const here = { stack: 'production', tenant: 'production.eu.auth0.com' };
    const told = (other: object) =>
      checkSameTenant({ ...here, ...other }, signed, 'q4.json').map(({ code, message }) => [code, message]);
    expect(told({})).toEqual([]);
    expect(told({ stack: 'staging', tenant: 'staging.eu.auth0.com' })).toEqual([
      ['RW6802', 'the sign-off q4.json is for stack production, and this audit is of staging'],
    ]);
    expect(told({ tenant: 'other.eu.auth0.com' })).toEqual([
      ['RW6802', 'the sign-off q4.json is for tenant production.eu.auth0.com, and this audit is of other.eu.auth0.com'],
    ]);
  });

  it('is refused where it is something else, of another version, or does not fit together', () => {
    expect(reasonOf({ kind: 'rolewright-plan' })).toEqual([expect.stringContaining('it is not a sign-off')]);
    expect(reasonOf(null)).toEqual([expect.stringContaining('it is not a sign-off')]);
    expect(reasonOf(sealed({ ...signed, schemaVersion: 2 }))).toEqual([expect.stringContaining('its version is 2')]);
    const others = sealed({ ...signed, findings: [] });
    expect(reasonOf(others)).toEqual([expect.stringContaining('its findings are not those that were signed')]);
    const [, problems] = readSignOff('{"kind":', 'q4.json');
    expect(problems.map(({ code, help }) => [code, help])).toEqual([
      ['RW6801', 'give the file that `rolewright audit --sign-off FILE` has written, as it was written'],
    ]);
  });
});
