import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byCodePoint } from '../../src/language/source.ts';

const codePoints = (text: string) => [...text].map((character) => character.codePointAt(0) ?? 0);

/** The order as one would write it down, character by character. */
function expected(a: readonly number[], b: readonly number[]): number {
  const [first, ...others] = a;
  const [start, ...rest] = b;
  if (first === undefined || start === undefined) return a.length - b.length;
  return first - start || expected(others, rest);
}

// U+E000 and U+FFFD come after the surrogates that U+1F600 is made of, and before U+1F600 itself.
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\u{e000}', '\u{fffd}', '\u{1f600}', '\u{1f601}') });

test('texts are ordered by code point', () => {
  expect(byCodePoint('\u{fffd}', '\u{1f600}')).toBeLessThan(0);
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(byCodePoint(a, b))).toBe(Math.sign(expected(codePoints(a), codePoints(b))));
    }),
  );
});
