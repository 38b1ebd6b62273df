import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/language/diagnostic.ts';
import { sortDiagnostics } from '../../src/language/diagnostic.ts';
import type { Place, SourceFile } from '../../src/language/source.ts';
import { check } from '../../src/pipeline.ts';
import { caseOptions, goldenCases } from '../support/cases.ts';
import { mutated, mutations } from '../support/mutations.ts';

const repositories = goldenCases().map(({ files }) => files);

/** A case with one of its files changed at random. */
const damaged = fc
  .tuple(fc.constantFrom(...repositories), fc.nat(20), mutations)
  .map(([files, which, changes]) =>
    files.map(
      (file, index): SourceFile =>
        index === which % files.length ? { path: file.path, text: mutated(file.text, changes) } : file,
    ),
  );

describe('whatever the files hold', () => {
  it('is told in diagnostics that stand within their files, sorted, the same each time and in any order of the files', () => {
    fc.assert(
      fc.property(damaged, (files) => {
        const [, diagnostics] = check(files, caseOptions);
        const texts = new Map(files.map(({ path, text }) => [path, text.split('\n')]));
        for (const place of diagnostics.flatMap(placesOf)) expectWithin(place, texts.get(place.file));
        expect(sortDiagnostics(diagnostics)).toEqual(diagnostics);
        expect(check(files.toReversed(), caseOptions)[1]).toEqual(diagnostics);
      }),
      { numRuns: 300 },
    );
  });
});

function placesOf({ place, related }: Diagnostic): readonly Place[] {
  return [...(place === null ? [] : [place]), ...related.map((item) => item.place)];
}

function expectWithin({ line, column, endLine, endColumn }: Place, lines: readonly string[] | undefined): void {
  const widthOf = (number: number) => lines?.[number - 1]?.length ?? -1;
  expect(column).toBeGreaterThanOrEqual(1);
  expect(column).toBeLessThanOrEqual(widthOf(line) + 1);
  expect(endColumn).toBeLessThanOrEqual(widthOf(endLine) + 1);
  expect(endLine > line || endColumn >= column).toBe(true);
}
