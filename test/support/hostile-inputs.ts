/** Just below the size that is still read. */
const size = 1_900_000;

const catalog = [
  'apiVersion: rolewright/v1',
  'kind: PermissionCatalog',
  'metadata:',
  '  name: shop',
  'spec:',
  '  version: 1.0.0',
  '  sections:',
  '    - name: orders',
  '      permissions:',
  '        - name: place-order',
].join('\n');

/** A file that was written to break its reader, and the codes that it must end in; none where it is merely odd. */
export interface HostileInput {
  readonly name: string;
  readonly text: () => string;
  readonly codes: readonly string[];
}

/** The yardstick of time: a catalog of a size that some real one could have. */
export function honestCatalog(): string {
  const sections = numbered(20, (section) => [
    `    - name: section-${section}`,
    '      permissions:',
    ...numbered(40, (index) => [
      `        - name: permission-${section}-${index}`,
      '          whenDenied:',
      '            hidden:',
      `              - Section ${section} > Area ${index}`,
    ]),
  ]);
  return [...catalog.split('\n').slice(0, 7), ...sections].join('\n');
}

/** The text of a role with these lines in its spec. */
export function roleWith(name: string, lines: readonly string[]): string {
  return [
    'apiVersion: rolewright/v1',
    'kind: Role',
    'metadata:',
    '  application: shop',
    `  name: ${name}`,
    'spec:',
    ...lines,
  ].join('\n');
}

export const hostileInputs: readonly HostileInput[] = [
  { name: 'billion laughs', text: billionLaughs, codes: ['RW1005', 'RW1006', 'RW1007'] },
  { name: 'quadratic blow-up', text: quadratic, codes: ['RW1006', 'RW1007'] },
  { name: 'merge keys of merge keys', text: mergeKeys, codes: ['RW1006', 'RW1007', 'RW1008'] },
  { name: 'opening brackets', text: () => filled('['), codes: ['RW1012'] },
  { name: 'opening braces', text: () => filled('{a: '), codes: ['RW1012'] },
  { name: 'lists of lists of lists', text: () => filled('- '), codes: ['RW1012'] },
  { name: 'keys of keys of keys', text: () => filled('? '), codes: ['RW1012'] },
  { name: 'values without keys', text: () => filled(': '), codes: ['RW1012'] },
  { name: 'ever deeper indentation', text: everDeeper, codes: ['RW1012'] },
  { name: 'closing brackets', text: () => filled(']\n'), codes: ['RW1021'] },
  { name: 'tags', text: () => filled('!a '), codes: ['RW1021'] },
  { name: 'anchors', text: () => filled('&a '), codes: ['RW1021'] },
  { name: 'quotes', text: () => filled('"'), codes: ['RW1021'] },
  { name: 'empty lines', text: () => filled('\n'), codes: ['RW1021'] },
  { name: 'tabs', text: () => filled('a\t'), codes: ['RW1021'] },
  { name: 'invisible characters', text: () => filled('\u200b', size / 3), codes: ['RW1021'] },
  { name: 'NUL bytes', text: () => filled('\0'), codes: ['RW1021'] },
  { name: 'carriage returns', text: () => filled('\r'), codes: ['RW1021'] },
  { name: 'one very long word', text: () => `a: ${filled('x')}`, codes: ['RW1104'] },
  {
    name: 'one very long line of prose',
    text: () => roleWith(`x\n  description: ${filled('x ')}`, ['  restrictable: true']),
    codes: ['RW1109'],
  },
  { name: 'a hundred thousand empty documents', text: () => '---\n'.repeat(100_000), codes: ['RW1022'] },
  { name: 'thousands of documents', text: () => '---\na: b\n'.repeat(10_000), codes: ['RW1104'] },
  { name: 'one key again and again', text: () => 'a: b\n'.repeat(20_000), codes: ['RW1004'] },
  {
    name: 'unknown keys',
    text: () =>
      roleWith(
        'x',
        numbered(20_000, (i) => [`  k${i}: v`]),
      ),
    codes: ['RW1103'],
  },
  { name: 'keys of Object.prototype', text: prototypeKeys, codes: ['RW1017', 'RW1103'] },
];

/** Two roles with 49,000 unknown permissions each, the catalog that does not have them, and a file that cannot be read. */
export function manyMistakes(): readonly { readonly path: string; readonly text: string }[] {
  const grants = numbered(49_000, (i) => [`    - nowhere/thing-${i}`]);
  return [
    { path: 'roles/a.yaml', text: catalog },
    { path: 'roles/b.yaml', text: roleWith('b', ['  grants:', ...grants]) },
    { path: 'roles/c.yaml', text: roleWith('c', ['  grants:', ...grants]) },
    { path: 'roles/d.yaml', text: roleWith('d', ['  inherits: *b']) },
  ];
}

/** Thousands of roles, each of which inherits from the next. */
export function longInheritance(): readonly { readonly path: string; readonly text: string }[] {
  const roles = numbered(3000, (i) => [roleWith(`r${i}`, ['  inherits:', `    - r${i + 1}`])]);
  return [
    { path: 'roles/a.yaml', text: catalog },
    { path: 'roles/b.yaml', text: roles.join('\n---\n') },
  ];
}

function billionLaughs(): string {
  const levels = numbered(9, (i) => [`l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`]);
  return ['l0: &l0 lol', ...levels].join('\n');
}

function quadratic(): string {
  return [`a: &a ${'x'.repeat(50_000)}`, 'b:', ...Array(5000).fill('  - *a')].join('\n');
}

function mergeKeys(): string {
  return ['a0: &a0', '  x: y', ...numbered(200, (i) => [`a${i + 1}: &a${i + 1}`, `  <<: *a${i}`])].join('\n');
}

function everDeeper(): string {
  let text = '';
  for (let depth = 0; text.length < size; depth += 1) text += `${' '.repeat(depth)}a:\n`;
  return text;
}

function prototypeKeys(): string {
  const evil = ['__proto__:', '  polluted: true', 'constructor:', '  prototype:', '    polluted: true'];
  const at = (indent: string) => evil.map((line) => indent + line);
  return [...at(''), roleWith('x', at('  ')), '---', roleWith('z', ['  constructor:', '    prototype: polluted'])].join(
    '\n',
  );
}

function filled(text: string, length = size): string {
  return text.repeat(Math.floor(length / text.length));
}

function numbered<T>(count: number, lines: (index: number) => readonly T[]): readonly T[] {
  return Array.from({ length: count }, (_, index) => lines(index)).flat();
}
