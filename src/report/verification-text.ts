import type { ApplicationCoverage, Verification } from '../analysis/verify/verification.ts';
import type { Paint } from './paint.ts';
import { terminalText } from './terminal-text.ts';

/** Role tests for a terminal: each test with what it expects, then the share of roles × permissions that is tested. */
export function verificationText({ results, coverage }: Verification, paint: Paint): string {
  const tests = Map.groupBy(results, ({ application, test }) => `${application}/${test}`);
  const blocks = [...tests].map(([name, asked]) => {
    const failed = asked.filter(({ passed }) => !passed);
    const count = paint('faint', `${asked.length - failed.length} of ${asked.length}`);
    const mark = failed.length === 0 ? paint('add', 'ok  ') : paint('error', 'FAIL');
    const lines = failed.map(({ title }) => `      ${paint('error', 'FAIL')}  ${terminalText(title)}\n`);
    return `${mark}  ${terminalText(name)}  ${count}\n${lines.join('')}`;
  });
  return `${blocks.join('')}${coverage.map((item) => coverageLine(item, paint)).join('')}`;
}

function coverageLine({ application, covered, cells, share, roles }: ApplicationCoverage, paint: Paint): string {
  const percent = `${Math.floor(share * 100)} %`;
  const open = roles.filter(({ untested }) => untested.length > 0).map(({ role }) => role);
  const rest = open.length === 0 ? '' : paint('faint', `  untested in ${open.join(', ')}`);
  return `${paint('strong', application)}: ${percent} of roles × permissions tested (${covered} of ${cells})${rest}\n`;
}
