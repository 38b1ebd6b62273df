import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const script = join(import.meta.dirname, '../../tools/crash-transcript.ts');

// The script itself fails where the next run does not end well, or leaves another tenant than one without a crash has.
test('a first up that is killed is finished by the next one, as docs/recovery.md tells it', async () => {
  const { stderr } = await promisify(execFile)(process.execPath, [script, '--check']);
  expect(stderr).toMatch(/^seed \d+: killed at call \d+ of \d+\n$/u);
});
