import type { Diagnostic } from '../../src/language/diagnostic.ts';
import { diagnostic } from '../../src/language/diagnostic.ts';
import type { Place, SourceFile } from '../../src/language/source.ts';

/** A place within one line, `length` characters from a 1-based column. */
export function placeOf(file: string, line: number, column: number, length: number): Place {
  return { file, line, column, endLine: line, endColumn: column + length };
}

export const roleFile: SourceFile = {
  path: 'roles/productiv/roles/limited-user.yaml',
  text: [
    'apiVersion: rolewright/v1',
    'kind: Role',
    'metadata:',
    '  application: productiv',
    '  name: limited-user',
    'spec:',
    '  grants:',
    '    - data/contract-dta:view',
    '    - data/contract-data:view',
    '    - data/contract-data:edit',
    '',
  ].join('\n'),
};

const misspelt = diagnostic(
  'RW2104',
  placeOf(roleFile.path, 8, 7, 22),
  { reference: 'data/contract-dta:view' },
  { suggestion: 'data/contract-data:view', help: 'it is defined at roles/productiv/catalog.yaml:11:17' },
);

const twice = diagnostic(
  'RW3105',
  placeOf(roleFile.path, 10, 7, 23),
  { permission: 'data/contract-data' },
  {
    expected: 'each permission once, at the level meant',
    related: [{ message: 'first granted here', place: placeOf(roleFile.path, 9, 7, 23) }],
  },
);

const noEngine = diagnostic('RW6001', null, { found: 'no `pulumi` on PATH' }, { help: 'install Pulumi' });

const lineEnds = diagnostic('RW1013', placeOf(roleFile.path, 1, 26, 1), {}, { help: 'rolewright format writes LF' });

/** One of each shape that a diagnostic has. */
export const samples = { misspelt, twice, noEngine, lineEnds } as const satisfies Record<string, Diagnostic>;
