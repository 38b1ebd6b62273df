import { describe, expect, it } from 'vitest';
import { build, check } from '../../src/pipeline.ts';
import type { GoldenCase } from '../support/cases.ts';
import { caseOptions, goldenCases, written } from '../support/cases.ts';
import { desiredText, effectiveText } from '../support/model-text.ts';

/**
 * Each folder of test/cases/ is a small repository and what must come of it: every diagnostic with its exact place and
 * words, and none more; where it is right, what its roles hold and what an environment then asks for. All of it is
 * written by hand from the design, never from what the code says: where the two differ, the code is wrong.
 */
describe('golden cases', () => {
  it.for(goldenCases())('$name', (golden) => {
    for (const [file, expected] of golden.expected) expect(textOf(file, golden), file).toBe(expected);
  });

  it('are many, and each says what is told of it', () => {
    expect(goldenCases().length).toBeGreaterThan(100);
    for (const { name, expected } of goldenCases()) expect([...expected.keys()], name).toContain('expected.txt');
  });
});

function textOf(file: string, { files }: GoldenCase): string {
  const [model, diagnostics] = check(files, caseOptions);
  if (file === 'expected.txt') return written(diagnostics);
  if (model === null) return 'no model';
  if (file === 'expected-effective.txt') return effectiveText(model);
  const environment = /^expected-desired\.(.+)\.txt$/u.exec(file)?.[1] ?? '';
  const [desired] = build(files, environment, caseOptions);
  return desired === null ? 'no desired state' : desiredText(desired);
}
