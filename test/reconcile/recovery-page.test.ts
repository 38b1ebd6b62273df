import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/language/catalogue.ts';
import { firstDifference } from '../../tools/crash/compare.ts';
import { pageParts } from '../../tools/crash/page.ts';

const docs = join(import.meta.dirname, '../../docs');
const page = readFileSync(join(docs, 'recovery.md'), 'utf8');

describe('docs/recovery.md', () => {
  const told = Object.keys(catalogue).filter((code) => /^RW6(2|3|50)/u.test(code));

  test.each(told)('says what to do about %s', (code) => {
    expect(page).toMatch(new RegExp(`^\\| .*\`${code}\`.* \\| .+ \\| .+ \\|$`, 'mu'));
  });

  test('names tests that are there', () => {
    const tests = [...page.matchAll(/\]\((\.\.\/test\/\S+)\)/gu)].map(([, path = '']) => path);
    expect(tests.length).toBeGreaterThan(10);
    expect(tests.filter((path) => !existsSync(join(docs, path)))).toEqual([]);
  });

  test('has a transcript in which a run is killed and the next one ends well', () => {
    const { transcript } = pageParts(page);
    const typed = transcript.split('\n').filter((line) => /^[$#]/u.test(line));
    expect(typed.map((line) => line.split(' ', 3).join(' '))).toEqual([
      ...['$ rolewright up', '# Killed (SIGKILL)', '# The call', '$ tail -n'],
      ...['$ rolewright up', '$ tail -n', '$ rolewright preview', '# The tenant'],
    ]);
    expect(transcript).toContain('\nApplied to stack dev.\n');
    expect(transcript).toContain('\nNo change: stack dev is as declared.\n');
  });
});

describe('two transcripts', () => {
  const text =
    '$ up\n1 of 44 changes …\n# The call was POST /roles; it was done.\nPlan: 3 roles to create.\nThe run of dana@laptop (process 1) died.\nApplied.\n';

  test('are the same whatever call was hit, however far a run had come, and wherever', () => {
    const other = text
      .replace('1 of', '30 of')
      .replace('POST /roles', 'PATCH /roles/rol_a')
      .replace('3 roles', '1 API')
      .replace('dana@laptop', 'ci@build-7');
    expect(firstDifference(text, other.replace('$ up\n', '$ up\n2 of 44 changes …\n'))).toBeNull();
  });

  test('differ in what is said', () => {
    expect(firstDifference(text, text.replace('Applied.', 'error RW6307'))).toBe('- Applied.\n+ error RWN');
    expect(firstDifference(text, `${text}More.\n`)).toBe('- \n+ More.');
    expect(firstDifference(text, text.replace('Applied.\n', ''))).toBe('- Applied.\n+ ');
  });
});
