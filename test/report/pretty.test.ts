import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/language/diagnostic.ts';
import { diagnostic } from '../../src/language/diagnostic.ts';
import { framesOf } from '../../src/report/frame.ts';
import { coloured, plain } from '../../src/report/paint.ts';
import { pretty } from '../../src/report/pretty.ts';
import { placeOf, roleFile, samples } from './sample-diagnostics.ts';

const { misspelt, twice, noEngine } = samples;

describe('what people read of a diagnostic', () => {
  it('is the look that the language documents', () => {
    expect(pretty([misspelt], framesOf([roleFile]), plain)).toBe(
      [
        'roles/productiv/roles/limited-user.yaml:8:7  error RW2104  unknown permission "data/contract-dta:view"',
        '   8 |     - data/contract-dta:view',
        '     |       ^^^^^^^^^^^^^^^^^^^^^^',
        '   did you mean "data/contract-data:view"?  It is defined at roles/productiv/catalog.yaml:11:17.',
        '',
      ].join('\n'),
    );
  });

  it('names what was expected and every other place', () => {
    expect(pretty([twice], framesOf([roleFile]), plain)).toBe(
      [
        'roles/productiv/roles/limited-user.yaml:10:7  error RW3105  "data/contract-data" is granted twice',
        '   10 |     - data/contract-data:edit',
        '      |       ^^^^^^^^^^^^^^^^^^^^^^^',
        '   expected each permission once, at the level meant',
        '   first granted here: roles/productiv/roles/limited-user.yaml:9:7',
        '',
      ].join('\n'),
    );
  });

  it('shows an expected form in lines of its own', () => {
    const item = diagnostic('RW1005', null, { what: 'list' }, { expected: 'block style:\n  - a\n  - b' });
    expect(pretty([item], framesOf([]), plain)).toBe(
      'error RW1005  a list in flow style\n   expected block style:\n     - a\n     - b\n',
    );
  });

  it('has no frame where no file has the problem, or its text is not at hand', () => {
    expect(pretty([noEngine], framesOf([]), plain)).toBe(
      'error RW6001  the Pulumi engine was not found (no `pulumi` on PATH)\n   help: install Pulumi\n',
    );
    expect(pretty([twice], framesOf([]), plain)).not.toContain('|');
  });

  it('keeps a blank line between two, and says nothing of none', () => {
    expect(pretty([noEngine, noEngine], framesOf([]), plain).split('\n\n')).toHaveLength(2);
    expect(pretty([], framesOf([]), plain)).toBe('');
  });

  it('says the same in colours', () => {
    const frames = framesOf([roleFile]);
    const inColour = pretty([misspelt, twice, noEngine], frames, coloured);
    expect(inColour).toContain('\u001b[31m');
    expect(stripVTControlCharacters(inColour)).toBe(pretty([misspelt, twice, noEngine], frames, plain));
  });
});

describe('the frame', () => {
  const framed = (text: string, line: number, column: number, length: number) => {
    const place = placeOf('a.yaml', line, column, length);
    const item: Diagnostic = diagnostic('RW1010', place, {});
    return pretty([item], framesOf([{ path: 'a.yaml', text }]), plain)
      .split('\n')
      .slice(1, 3);
  };

  it('shows a tab and keeps the carets below what is meant', () => {
    expect(framed('spec:\n\t- name\n', 2, 2, 6)).toEqual(['   2 | \\t- name', '     |   ^^^^^^']);
  });

  it('shows what could deceive instead of doing it', () => {
    const [source, carets] = framed('name: a\u202eb\u001b[2Jc\n', 1, 8, 1);
    expect(source).toBe('   1 | name: a\\u{202e}b\\u{1b}[2Jc');
    expect(carets).toBe('     |        ^^^^^^^^');
  });

  it('counts wide characters as two columns', () => {
    expect(framed('名前: x\n', 1, 5, 1)).toEqual(['   1 | 名前: x', '     |       ^']);
  });

  it('leaves out CR, and points behind the last line', () => {
    expect(framed('kind: Role\r\n', 1, 1, 4)).toEqual(['   1 | kind: Role', '     | ^^^^']);
    expect(framed('kind: Role\n', 2, 1, 0)).toEqual(['   2 |', '     | ^']);
  });

  it('cuts a line of a megabyte around the token', () => {
    const text = `${'['.repeat(500_000)}here${']'.repeat(500_000)}`;
    const [source = '', carets = ''] = framed(text, 1, 500_001, 4);
    expect(source.length).toBeLessThan(140);
    expect(source.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('here');
  });

  it('of a token over several lines shows the first', () => {
    const place = { file: 'a.yaml', line: 1, column: 3, endLine: 3, endColumn: 2 };
    const item = diagnostic('RW1010', place, {});
    const text = pretty([item], framesOf([{ path: 'a.yaml', text: 'a: b\n  c\n d' }]), plain);
    expect(text.split('\n').slice(1, 3)).toEqual(['   1 | a: b', '     |   ^^']);
  });
});
