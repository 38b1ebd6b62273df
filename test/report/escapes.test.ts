import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { csvCell } from '../../src/report/csv-cell.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { markdownText } from '../../src/report/markdown-text.ts';
import { shellExports, shellWord } from '../../src/report/shell-exports.ts';
import { terminalText } from '../../src/report/terminal-text.ts';

describe('terminal text', () => {
  it('leaves letters of every script alone', () => {
    for (const text of ['Verträge', 'договор', '契約', 'عقد', 'é', 'a – b']) expect(terminalText(text)).toBe(text);
  });

  it.each([
    ['\u001b[31m', '\\u{1b}[31m'],
    ['a\nb\tc\r', 'a\\nb\\tc\\r'],
    ['\u202eabc\u2066', '\\u{202e}abc\\u{2066}'],
    ['a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\u009b2J', '\\u{9b}2J'],
    ['\ud800', '\\u{d800}'],
    ['\u2028', '\\u{2028}'],
  ])('shows %j instead of doing it', (text, shown) => {
    expect(terminalText(text)).toBe(shown);
  });

  it('knows how wide it is', () => {
    expect([displayWidth('abc'), displayWidth('契約'), displayWidth('e\u0301'), displayWidth('🙂')]).toEqual([
      3, 4, 1, 2,
    ]);
  });
});

describe('markdown text', () => {
  it.each([
    ['a|b', 'a\\|b'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert\\(1\\)&gt;'],
    ['`code` *bold* _it_', '\\`code\\` \\*bold\\* \\_it\\_'],
    ['[x](https://evil.example)', '\\[x\\]\\(https:\\//evil.example\\)'],
    ['www.evil.example', 'www\\.evil.example'],
    ['@org/team and #12', '@<!-- -->org/team and #<!-- -->12'],
    ['# heading', '\\# heading'],
    ['1. list', '1\\. list'],
    ['a\nb', 'a b'],
    ['AT&amp;T', 'AT&amp;amp;T'],
    ['\u202eabc', ' abc'],
  ])('makes %j inert', (text, escaped) => {
    expect(markdownText(text)).toBe(escaped);
  });
});

describe('a cell of CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
  ])('%j is never a formula', (text, inert) => {
    expect(csvCell(text)).toBe(`"${inert}"`);
  });

  it('is quoted where it has to be', () => {
    expect(csvCell('a,b "c"\nd')).toBe('"a,b ""c""\nd"');
    expect(csvCell('View Cost-Center')).toBe('View Cost-Center');
    expect(csvCell('=HYPERLINK("http://evil")')).toBe('"\'=HYPERLINK(""http://evil"")"');
  });
});

describe('shell words', () => {
  it('come back out of a shell as they went in', () => {
    const value = `a b'c"$(touch x)\`y\`\\\n!`;
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(value)}`], { encoding: 'utf8' })).toBe(value);
    expect(shellWord('https://127.0.0.1:8443/x')).toBe('https://127.0.0.1:8443/x');
  });

  it('put folders before the PATH that is there', () => {
    expect(shellExports({ A: '1 2' }, ['/opt/my pulumi/bin'])).toBe(
      "export A='1 2'\nexport PATH='/opt/my pulumi/bin':\"$PATH\"\n",
    );
    expect(shellExports({ A: '1' }, [])).toBe('export A=1\n');
  });
});
