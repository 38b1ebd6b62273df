import fc from 'fast-check';

const nasty = [
  '\t',
  ': ',
  '- ',
  '[',
  '}',
  '"',
  "'",
  '#',
  '&a ',
  '*a',
  '!t ',
  '|',
  '\n',
  '\r',
  '\u202e',
  '\ud800',
  '~',
  '1e5',
  '__proto__: x\n',
];

/** A change to a text: a line less, a line twice, a character less, or something nasty more. */
export const mutations = fc.array(
  fc.record({
    kind: fc.constantFrom('drop-line', 'double-line', 'drop-character', 'insert'),
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    what: fc.constantFrom(...nasty),
  }),
  { minLength: 1, maxLength: 3 },
);

type Mutation = (typeof mutations extends fc.Arbitrary<infer T> ? T : never)[number];

/** The text with each change made to it, in order. */
export function mutated(text: string, changes: readonly Mutation[]): string {
  return changes.reduce(mutate, text);
}

function mutate(text: string, { kind, at, what }: Mutation): string {
  const lines = text.split('\n');
  const line = Math.floor(at * lines.length);
  const offset = Math.floor(at * text.length);
  switch (kind) {
    case 'drop-line':
      return lines.toSpliced(line, 1).join('\n');
    case 'double-line':
      return lines.toSpliced(line, 0, lines[line] ?? '').join('\n');
    case 'drop-character':
      return text.slice(0, offset) + text.slice(offset + 1);
    case 'insert':
      return text.slice(0, offset) + what + text.slice(offset);
  }
}
