import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lints } from '../../../src/analysis/lint/lints.ts';
import { lintCodes, lintNames } from '../../../src/language/catalogue/lint-codes.ts';
import { catalogue } from '../../../src/language/catalogue.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import { clean, lintFiles } from './repository.ts';

const root = join(import.meta.dirname, '../../..');
const names = lints.map(({ name }) => name);
const filesIn = (folder: string, ending: string) =>
  readdirSync(join(root, folder)).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));

/** Pages whose examples would fill a book. */
const withoutExamples: readonly string[] = ['token-size'];

const sections = (name: string): ReadonlyMap<string, string> => {
  const [, ...parts] = readFileSync(join(root, `docs/lints/${name}.md`), 'utf8').split(/^## /mu);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1).trim()]));
};

/** The documents of an example, each below a comment with its path, on top of a repository without a flaw. */
const repositoryOf = (section: string): readonly SourceFile[] => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/u.exec(section) ?? [];
  const [, ...parts] = yaml.split(/^# (?=roles\/)/mu);
  return [
    ...clean,
    ...parts.map((part) => ({ path: part.slice(0, part.indexOf('\n')), text: part.slice(part.indexOf('\n') + 1) })),
  ];
};

describe('every lint', () => {
  it('stands in the registry once, in its file, with its test, its page and its codes', () => {
    expect(new Set(names).size).toBe(names.length);
    const sorted = names.toSorted();
    expect(filesIn('src/analysis/lint/rules', '.ts').toSorted()).toEqual(sorted);
    expect(
      filesIn('docs/lints', '.md')
        .filter((page) => page !== 'README')
        .toSorted(),
    ).toEqual(sorted);
    expect(filesIn('test/analysis/lint', '.test.ts')).toEqual(expect.arrayContaining(sorted));
    expect(lintNames.toSorted()).toEqual(sorted);
  });

  it('has its function named after it', () => {
    const camel = (name: string) => name.replace(/-(.)/gu, (_, letter: string) => letter.toUpperCase());
    expect(lints.map(({ find }) => find.name)).toEqual(names.map(camel));
  });

  it('has codes that nothing else has', () => {
    const all: Readonly<Record<string, unknown>> = catalogue;
    expect(Object.entries(lintCodes).filter(([code, entry]) => all[code] !== entry)).toEqual([]);
  });

  it('is asked before the one that looks for unused silences', () => {
    expect(names.at(-1)).toBe('unused-silence');
  });
});

describe.each(names)('the page of %s', (name) => {
  it('says what it finds, what to write instead, why, and how to silence it', () => {
    expect([...sections(name).keys()]).toEqual(['Summary', 'Avoid', 'Prefer', 'Why', 'How to silence']);
    expect([...sections(name).values()].filter((text) => text === '')).toEqual([]);
    expect(readFileSync(join(root, `docs/lints/${name}.md`), 'utf8')).toMatch(new RegExp(`^# ${name}\n`, 'u'));
  });

  it('names each of its codes', () => {
    const codes = Object.entries(lintCodes).flatMap(([code, { lint }]) => (lint === name ? [code] : []));
    expect(codes.filter((code) => !sections(name).get('Summary')?.includes(code))).toEqual([]);
  });

  it.skipIf(withoutExamples.includes(name))(
    'is right: what to avoid is found, by this lint alone, and what to prefer is not',
    () => {
      const told = (section: string) => lintFiles(repositoryOf(sections(name).get(section) ?? ''));
      const avoided = told('Avoid');
      expect(avoided.length).toBeGreaterThan(0);
      expect(avoided.filter(({ message }) => !message.endsWith(`[${name}]`))).toEqual([]);
      expect(told('Prefer')).toEqual([]);
    },
  );
});
