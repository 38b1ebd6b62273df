import type { Audit } from '../../analysis/audit/audit.ts';
import type { AuditComparison } from '../../analysis/audit/compare-audits.ts';
import type { AuditFinding } from '../../analysis/audit/finding.ts';
import { csvCell } from '../csv-cell.ts';
import { auditAdvice, auditSentence, permissionText, sourceText } from './words.ts';

const head = [
  'Kind',
  'Finding',
  'Application',
  'Person (personal data)',
  'Address (personal data)',
  'Organization',
  'Role',
  'Role id',
  'Permissions',
  'Through',
  'Rule',
  'Place',
  'Found',
  'Limit',
  'Last day',
  'Since the sign-off',
  'In words',
  'What to do',
  'Decision',
  'Decided by',
];

/**
 * An audit as CSV for a spreadsheet: one row a finding, and two empty columns for who reviews. What is gone since a sign-off
 * has rows too. It holds ids and addresses of people.
 */
export function auditCsv({ findings }: Audit, comparison: AuditComparison | null): string {
  const rows = [
    ...findings.map((finding, index) => rowOf(finding, comparison?.states[index] ?? '')),
    ...(comparison?.gone ?? []).map((finding) => rowOf(finding, 'gone')),
    ...(comparison?.unseen ?? []).map((finding) => rowOf(finding, 'not looked at')),
  ];
  return [head, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function rowOf(finding: AuditFinding, state: string): readonly string[] {
  const { code, weight, application, person, organization, role, rule, permissions, markers, through } = finding;
  const sources = [...through, ...permissions.flatMap((permission) => permission.through)];
  return [
    weight,
    code,
    application?.name ?? '',
    person?.id ?? '',
    person?.address ?? '',
    organization ?? '',
    role === null ? '' : (role.reference ?? role.title),
    role?.id ?? '',
    [...markers, ...permissions.map(permissionText)].join('; '),
    [...new Set(sources.map(sourceText))].join('; '),
    rule?.name ?? '',
    rule?.place ?? '',
    String(finding.found ?? ''),
    String(finding.limit ?? ''),
    finding.day ?? '',
    state,
    auditSentence(finding),
    auditAdvice[code],
    '',
    '',
  ];
}
