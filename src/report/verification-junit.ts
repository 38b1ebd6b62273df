import type { ExpectationResult, Verification } from '../analysis/verify/verification.ts';
import { plainMessage } from './plain-message.ts';
import { xmlText } from './xml-text.ts';

/** Role tests as JUnit XML: a suite for each RoleTest, a case for each expectation, with the reason of a failure. */
export function verificationJunit({ results }: Verification): string {
  const suites = Map.groupBy(results, ({ application, test }) => `${application}/${test}`);
  const counts = countsOf(results);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="rolewright test" ${counts}>`,
    ...[...suites].map(([name, asked]) =>
      [
        `  <testsuite name="${xmlText(name)}" ${countsOf(asked)}>`,
        ...asked.map((result) => testCase(name, result)),
        '  </testsuite>',
      ].join('\n'),
    ),
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(suite: string, { title, place, diagnostics, passed }: ExpectationResult): string {
  const head = `    <testcase classname="${xmlText(suite)}" name="${xmlText(title)}" file="${xmlText(place.file)}" line="${place.line}"`;
  if (passed) return `${head}/>`;
  const failures = diagnostics.map(
    (item) =>
      `<failure type="${item.code}" message="${xmlText(item.message)}">${xmlText(plainMessage(item))}</failure>`,
  );
  return `${head}>${failures.join('')}</testcase>`;
}

function countsOf(results: readonly ExpectationResult[]): string {
  return `tests="${results.length}" failures="${results.filter(({ passed }) => !passed).length}" errors="0" skipped="0"`;
}
