import { expect, test } from 'vitest';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { explained } from './recorded-differences.ts';
import { areRecordingsHere, recordedSessions } from './recorded-sessions.ts';
import type { Comparison } from './replay-session.ts';
import { replaySession } from './replay-session.ts';

test('recorded traffic of real tenants is answered in the same way', async ({ skip }) => {
  skip(!areRecordingsHere, 'the recordings are not on this machine: nothing was replayed');
  const sessions = recordedSessions();
  const comparisons: Comparison[] = [];
  for (const session of sessions) {
    // In the recordings a build with dependencies is looked at four times before it is done.
    const emulator = await startEmulator({ readsToBuild: 4 });
    comparisons.push(...(await replaySession(emulator, session)));
    await emulator.stop();
  }

  console.log(report(sessions.length, comparisons));
  expect(comparisons).toHaveLength(sessions.flatMap((session) => session.interactions).length);
  expect(comparisons.length).toBeGreaterThan(1000);
  const different = comparisons.filter(({ verdict }) => verdict === 'different');
  expect(different.filter(({ where }) => explained[where] === undefined)).toEqual([]);
  expect(different.map(({ where }) => where).sort()).toEqual(Object.keys(explained).sort());
  expect(shareOfAgreement(comparisons)).toBeGreaterThanOrEqual(0.95);
});

function shareOfAgreement(comparisons: readonly Comparison[]): number {
  return comparisons.filter(({ verdict }) => verdict !== 'different').length / comparisons.length;
}

/** How many recorded interactions agree, and each that does not, with its reason. */
function report(sessions: number, comparisons: readonly Comparison[]): string {
  const of = (verdict: Comparison['verdict']): readonly Comparison[] =>
    comparisons.filter((comparison) => comparison.verdict === verdict);
  const share = (100 * shareOfAgreement(comparisons)).toFixed(1);
  const counts = `${of('same').length} the same, ${of('newer').length} but for properties added since`;
  return [
    `${comparisons.length} recorded interactions in ${sessions} sessions: ${share} % agree (${counts}); these do not:`,
    ...of('different').map(({ where }) => `  ${where}: ${explained[where] ?? 'NOT EXPLAINED'}`),
  ].join('\n');
}
