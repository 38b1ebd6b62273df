import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/language/catalogue.ts';
import { goldenCases } from '../support/cases.ts';

/** Codes that no test provokes by name, each with the reason. */
const unprovoked: Readonly<Record<string, string>> = {};

const provoked = new Set([
  ...goldenCases().flatMap(({ expected }) => codesIn(expected.get('expected.txt') ?? '')),
  ...testsBelow(resolve(import.meta.dirname, '..')).flatMap(codesIn),
]);

describe('the catalogue of codes', () => {
  it.for(Object.keys(catalogue))('%s is provoked by a golden case or a test', (code) => {
    if (code in unprovoked) return;
    expect([...provoked]).toContain(code);
  });

  it('excuses no code that is provoked after all', () => {
    expect(Object.keys(unprovoked).filter((code) => provoked.has(code))).toEqual([]);
  });

  it.for(Object.entries(catalogue))('%s says what it means in a sentence', ([, { meaning }]) => {
    expect(meaning).toMatch(/^[A-Z"].*\.$/u);
  });
});

function codesIn(text: string): readonly string[] {
  return [...text.matchAll(/\bRW\d{4}\b/gu)].map(([code]) => code);
}

function testsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ts$/u.test(path) && path !== 'language/catalogue.test.ts')
    .map((path) => readFileSync(join(folder, path), 'utf8'));
}
