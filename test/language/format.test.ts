import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatSource } from '../../src/language/format.ts';
import type { PlainValue } from '../../src/language/parse/document.ts';
import { parse } from '../../src/language/parse/parse.ts';

const root = join(import.meta.dirname, '../..');
const formatted = (text: string) => formatSource({ path: 'roles/x.yaml', text })[0];

/** Lists that are sets, told as sets; everything else as it is. */
function meaning(value: PlainValue, key = ''): PlainValue {
  if (Array.isArray(value)) {
    const items = value.map((item) => meaning(item as PlainValue));
    const isSet = ['apps', 'except', 'grants', 'inherits', 'resellers'].includes(key);
    return isSet && items.every((item) => typeof item === 'string') ? items.toSorted() : items;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, meaning(item as PlainValue, name)]));
}

function yamlFiles(folder: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(join(root, folder, path), 'utf8') }));
}

describe('format', () => {
  it('writes block style and sorted sets, and keeps every comment with what it speaks of', () => {
    const text = [
      '# who it is',
      'apiVersion: rolewright/v1',
      'kind: Role # the kind',
      'metadata: { application: shop, name: seller }',
      'spec:',
      '  grants: [orders/z, orders/a]',
      '  inherits:',
      '    # of the whole list',
      '    - viewer # the viewer',
      '    # about clerk',
      '    - clerk',
      '# the end',
      '',
    ].join('\n');
    expect(formatted(text)).toBe(
      [
        '# who it is',
        'apiVersion: rolewright/v1',
        'kind: Role # the kind',
        'metadata:',
        '  application: shop',
        '  name: seller',
        'spec:',
        '  grants:',
        '    - orders/a',
        '    - orders/z',
        '  inherits:',
        '    # of the whole list',
        '    # about clerk',
        '    - clerk',
        '    - viewer # the viewer',
        '',
        '# the end',
        '',
      ].join('\n'),
    );
  });

  it('leaves the very text of a document that needs no change, aligned comments included', () => {
    const text =
      'apiVersion: rolewright/v1\nkind: Role          # aligned\nspec:\n  grants:\n    - a/b\n    - a/c       # too\n';
    expect(formatted(text)).toBe(text);
  });

  it('writes LF, without a byte order mark, without blanks at the ends of lines', () => {
    expect(formatted('\uFEFFapiVersion: rolewright/v1  \r\nkind: Role\r\n\r\n')).toBe(
      'apiVersion: rolewright/v1\nkind: Role\n',
    );
  });

  it("gives back a file that is not the language's YAML as it was, with its problems", () => {
    const text = 'a: &anchor b\nc: *anchor\n';
    const [same, problems] = formatSource({ path: 'roles/x.yaml', text });
    expect(same).toBe(text);
    expect(problems.map(({ code }) => code)).toEqual(['RW1006', 'RW1007']);
  });

  it('is a law: formatting twice is formatting once, and what is parsed afterwards means the same', () => {
    const files = [...yamlFiles('roles'), ...yamlFiles('test/cases')];
    expect(files.length).toBeGreaterThan(300);
    for (const file of files) {
      const [text, problems] = formatSource(file);
      if (problems.length > 0) continue;
      expect([file.path, formatSource({ ...file, text })[0]]).toEqual([file.path, text]);
      const before = parse([file])[0].map(({ value }) => meaning(value));
      // A flow collection is refused by parse, so that only what could be read before can be compared.
      if (before.length > 0) expect(parse([{ ...file, text }])[0].map(({ value }) => meaning(value))).toEqual(before);
    }
  });
});
