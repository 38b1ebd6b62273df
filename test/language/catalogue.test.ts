import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintCodes } from '../../src/language/catalogue/lint-codes.ts';
import { catalogue } from '../../src/language/catalogue.ts';
import { goldenCases } from '../support/cases.ts';

const tests = resolve(import.meta.dirname, '..');

/** Every code that a golden case expects, or that a test names. */
const provoked = new Set([
  ...goldenCases().flatMap(({ expected }) => codesIn(expected.get('expected.txt') ?? '')),
  ...testsBelow(tests).flatMap(codesIn),
]);

/** A lint has a test of its name; RW6… needs the engine or a tenant, and its words are told by the tests of those. */
function isTestedByOthers(code: string): boolean {
  const lint = Object.entries(lintCodes).find(([known]) => known === code)?.[1].lint;
  return code.startsWith('RW6') || (lint !== undefined && existsSync(join(tests, `analysis/lint/${lint}.test.ts`)));
}

describe('the catalogue of codes', () => {
  it.for(Object.keys(catalogue).filter((code) => !isTestedByOthers(code)))(
    '%s is provoked by a golden case or a test',
    (code) => {
      expect([...provoked]).toContain(code);
    },
  );

  it.for(Object.entries(catalogue))('%s says what it means', ([, { meaning }]) => {
    expect(meaning).toMatch(/^.{20,}\.$/u);
  });
});

function codesIn(text: string): readonly string[] {
  return [...text.matchAll(/\bRW\d{4}\b/gu)].map(([code]) => code);
}

function testsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && path !== 'language/catalogue.test.ts')
    .map((path) => readFileSync(join(folder, path), 'utf8'));
}
