import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { formatSource } from '../../src/language/format.ts';
import type { PlainValue } from '../../src/language/parse/document.ts';
import { parse } from '../../src/language/parse/parse.ts';
import type { SourceFile } from '../../src/language/source.ts';
import { build, check } from '../../src/pipeline.ts';
import { documentsOf, filesOf, sketches } from '../support/arbitrary-repository.ts';
import { caseOptions, written } from '../support/cases.ts';

/** How somebody writes a document who does not care. */
interface Hand {
  /** All in braces and brackets, which only format reads. */
  readonly isFlow: boolean;
  readonly isQuoted: boolean;
  readonly lineEnd: '\n' | '\r\n';
  /** What stands at the end of each line in turn: blanks, or a comment. */
  readonly trail: readonly string[];
  /** Where the entries of each set go. */
  readonly order: readonly number[];
}

const hands: fc.Arbitrary<Hand> = fc.record({
  isFlow: fc.boolean(),
  isQuoted: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  trail: fc.array(fc.constantFrom('', '  ', ' # [a, comment]'), { minLength: 1, maxLength: 4 }),
  order: fc.array(fc.nat(9), { minLength: 5, maxLength: 5 }),
});

const sets = ['apps', 'grants', 'inherits', 'resellers'];

/** A value with each of its sets in an order that the hand gives. */
function disordered(value: PlainValue, order: readonly number[], key = ''): PlainValue {
  if (Array.isArray(value)) {
    const items = (value as readonly PlainValue[]).map((item) => disordered(item, order));
    if (!sets.includes(key) || !items.every((item) => typeof item === 'string')) return items;
    const ranked = items.map((item, index) => ({ item, rank: order[index % order.length] ?? 0 }));
    return ranked.toSorted((a, b) => a.rank - b.rank).map(({ item }) => item);
  }
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value as Readonly<Record<string, PlainValue>>);
  return Object.fromEntries(entries.map(([name, item]) => [name, disordered(item, order, name)]));
}

/** The same document by that hand. */
function rewritten(text: string, { isFlow, isQuoted, lineEnd, trail, order }: Hand): string {
  const [document] = parse([{ path: 'roles/x.yaml', text }])[0];
  const value = disordered(document?.value ?? null, order);
  if (isFlow) return `${JSON.stringify(value, null, 1).replaceAll('\n', lineEnd)}${lineEnd}`;
  const style = isQuoted ? ({ defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' } as const) : {};
  return stringify(value, style)
    .trimEnd()
    .split('\n')
    .map((line, index) => `${line}${trail[index % trail.length]}${lineEnd}`)
    .join('');
}

function formatted({ path, text }: SourceFile): SourceFile {
  const [result, problems] = formatSource({ path, text });
  expect(problems).toEqual([]);
  return { path, text: result };
}

/** All that files mean: the effective model, without where anything stands. */
function meaning(files: readonly SourceFile[]): unknown {
  const [model, diagnostics] = check(files, caseOptions);
  if (model === null) throw new Error(written(diagnostics));
  return JSON.parse(JSON.stringify(model, (key, value) => (/place$/iu.test(key) ? undefined : value)));
}

function digestOf(files: readonly SourceFile[]): string {
  const [desired, diagnostics] = build(files, 'production', caseOptions);
  if (desired === null) throw new Error(written(diagnostics));
  return desired.digest;
}

describe('print, then parse', () => {
  const order = fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 });

  it('gives the same model, whatever hand has written the documents, and printing once more changes nothing', () => {
    fc.assert(
      fc.property(sketches, fc.array(hands, { minLength: 1, maxLength: 4 }), order, (sketch, writers, seeds) => {
        const tidy = documentsOf(sketch);
        const untidy = tidy.map((text, index) => rewritten(text, writers[index % writers.length] as Hand));
        const printed = filesOf(untidy, seeds).map(formatted);
        expect(meaning(printed)).toEqual(meaning(filesOf(tidy, seeds)));
        expect(printed.map(formatted)).toEqual(printed);
      }),
      { numRuns: 40 },
    );
  });

  it('asks the identity provider for what the documents asked for before', () => {
    const block = hands.filter(({ isFlow }) => !isFlow);
    fc.assert(
      fc.property(sketches, block, (sketch, hand) => {
        const files = filesOf(documentsOf(sketch).map((text) => rewritten(text, hand)));
        expect(digestOf(files.map(formatted))).toBe(digestOf(files));
      }),
      { numRuns: 25 },
    );
  });
});
