import type { Audit, AuditCoverage } from '../../analysis/audit/audit.ts';
import type { AuditComparison } from '../../analysis/audit/compare-audits.ts';
import type { AuditFinding, Weight } from '../../analysis/audit/finding.ts';
import type { Paint } from '../paint.ts';
import { counted } from '../tally.ts';
import { terminalText } from '../terminal-text.ts';
import { auditAdvice, auditHeadings, auditSentence } from './words.ts';

const titles: Readonly<Record<Weight, string>> = { violation: 'Violations', review: 'For review' };

/** An audit for a terminal: violations first, each kind with what to do about it, then what was looked at. */
export function auditText(audit: Audit, comparison: AuditComparison | null, paint: Paint): string {
  const { stack, tenant, asOf, findings, summary, coverage } = audit;
  const head = `Audit of ${paint('strong', terminalText(stack))}, tenant ${terminalText(tenant)}, as of ${asOf}`;
  const listed = findings.map((finding, index) => ({ finding, state: comparison?.states[index] ?? null }));
  const blocks = (['violation', 'review'] as const).flatMap((weight) => {
    const some = listed.filter(({ finding }) => finding.weight === weight);
    return some.length === 0 ? [] : [paint('strong', titles[weight]), ...kinds(some, weight, paint)];
  });
  const tally = `${counted(summary.violations, 'violation')}, ${counted(summary.reviewItems, 'item')} to review`;
  return `${[
    head,
    ...blocks,
    ...(comparison === null ? [] : sinceBlocks(comparison, paint)),
    `${paint('faint', coverageText(coverage))}\nAudit: ${summary.violations + summary.reviewItems === 0 ? 'nothing was found' : tally}.`,
  ].join('\n\n')}\n`;
}

interface Listed {
  readonly finding: AuditFinding;
  readonly state: AuditComparison['states'][number] | null;
}

function kinds(listed: readonly Listed[], weight: Weight, paint: Paint): readonly string[] {
  return [...Map.groupBy(listed, ({ finding }) => finding.code)].map(([code, same]) => {
    const heading = paint(weight === 'violation' ? 'error' : 'advice', auditHeadings[code]);
    const lines = same.map(({ finding, state }) => {
      const mark = state === null || state === 'unchanged' ? '' : `${paint('change', state.toUpperCase())} `;
      const place = finding.rule === null ? '' : `  ${paint('link', terminalText(finding.rule.place))}`;
      return `    ${mark}${terminalText(auditSentence(finding))}${place}`;
    });
    return [`  ${heading}`, ...lines, `    ${paint('faint', `what to do: ${auditAdvice[code]}`)}`].join('\n');
  });
}

function sinceBlocks(comparison: AuditComparison, paint: Paint): readonly string[] {
  const { signed, sameModel, summary, gone, unseen } = comparison;
  const by = `Since ${terminalText(signed.signedAt)}, signed off by ${terminalText(signed.reviewer)}`;
  const numbers = [
    `${summary.new} new`,
    `${summary.changed} changed`,
    `${summary.unchanged} unchanged`,
    `${gone.length} gone`,
  ];
  const model = sameModel ? 'the model is the same' : 'the model is another one';
  const notSeen = unseen.length === 0 ? '' : `; ${unseen.length} not looked at this time`;
  const list = (title: string, findings: readonly AuditFinding[]): readonly string[] =>
    findings.length === 0
      ? []
      : [`  ${title}`, ...findings.map((finding) => `    ${terminalText(auditSentence(finding))}`)];
  return [
    [
      `${paint('strong', by)}: ${numbers.join(', ')}${notSeen}; ${model}`,
      ...list('Gone', gone),
      ...list('Not looked at this time', unseen),
    ].join('\n'),
  ];
}

/** What was looked at, so that silence is not taken for more than it is. */
export function coverageText({
  people,
  roles,
  directPermissions,
  unlistedUsers,
  organizations,
}: AuditCoverage): string {
  const direct = {
    nobody: 'direct permissions were not read',
    holders: 'direct permissions of these people only',
    everybody: 'direct permissions of every user',
  }[directPermissions];
  const rest = unlistedUsers === 0 ? '' : ` but ${unlistedUsers}, whom the tenant does not list`;
  const members =
    organizations === null ? 'organizations were not read' : `${counted(organizations, 'organization')} read`;
  return `Looked at: ${counted(people, 'person', 'people')} with ${counted(roles, 'role')}; ${direct}${rest}; ${members}.`;
}
