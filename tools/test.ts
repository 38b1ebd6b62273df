import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Everything that must hold, in the order of what is quickest to say no: format and lint, types, then all tests. Ends
 * with one plain line of counts, in which each of the first two counts as one test; exits with 1 if anything failed.
 */
const folder = mkdtempSync(join(tmpdir(), 'rolewright-tests-'));
const report = join(folder, 'report.json');
const arguments_ = process.argv.slice(2);
try {
  const checks = [
    step('format and lint', 'biome', ['check', '--error-on-warnings']),
    step('types', 'tsc', ['-p', '.']),
  ];
  step('tests', 'vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...arguments_,
  ]);
  const counts = JSON.parse(readFileSync(report, 'utf8')) as Counts;
  const passed = counts.numPassedTests + checks.filter(Boolean).length;
  // A file that cannot even be loaded has no tests to fail, and must not pass for that.
  const unloaded = counts.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = counts.numFailedTests + unloaded + checks.filter((ok) => !ok).length;
  const skipped = counts.numPendingTests + counts.numTodoTests;
  process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  process.exitCode = failed > 0 || !counts.success ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Counts {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

function step(name: string, command: string, args: readonly string[]): boolean {
  process.stderr.write(`\n${name}: ${command} ${args[0] ?? ''}\n`);
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) process.stderr.write(`cannot run ${command}: ${error.message}\n`);
  return status === 0;
}
