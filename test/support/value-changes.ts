import fc from 'fast-check';
import type { PlainMap, PlainValue } from '../../src/language/parse/document.ts';

const odd: readonly PlainValue[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  1001,
  1e21,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  ' ',
  ' a',
  'a ',
  'a\nb',
  'a\tb',
  'a'.repeat(64),
  'a'.repeat(65),
  'a'.repeat(129),
  'a'.repeat(201),
  'a b '.repeat(600),
  '😀',
  '😀'.repeat(150),
  '😀'.repeat(1500),
  '\ud800',
  'é',
  'All',
  'all',
  'a-b',
  'a--b',
  '-a',
  '365',
  'a/b:c',
  'apps',
  'nothing',
  'production',
  'loopback',
  'a.b',
  'rolewright/v1',
  'rolewright/v2',
  'Role',
  '1.0.0',
  '01.0.0',
  '30d',
  '0s',
  '100%',
  '101%',
  '2027-02-30',
  '2027-13-01',
  'a@b',
  'a b@c',
  [],
  ['a'],
  ['a', 'a'],
  [['a']],
  [null],
  {},
  { a: 'b' },
  { name: 'a' },
  { constructor: 'a' },
];

const keys = [
  'name',
  'title',
  'spec',
  'formerly',
  'owners',
  'annotations',
  'apps',
  'levels',
  'x',
  'constructor',
  'toString',
];

/** Changes to a document as data: a value for another, a key or an entry less or more. */
export const changes = fc.array(
  fc.record({
    kind: fc.constantFrom('replace', 'remove', 'add'),
    steps: fc.array(fc.nat(1000), { minLength: 1, maxLength: 7 }),
    key: fc.constantFrom(...keys),
    value: fc.constantFrom(...odd),
  }),
  { minLength: 1, maxLength: 2 },
);

type Change = (typeof changes extends fc.Arbitrary<infer T> ? T : never)[number];

/** The value with each change made to it, in order. */
export function changed(value: PlainValue, made: readonly Change[]): PlainValue {
  return made.reduce<PlainValue>((current, change) => at(current, change, 0), value);
}

function at(value: PlainValue, change: Change, depth: number): PlainValue {
  const step = change.steps[depth];
  if (value === null || typeof value !== 'object') return change.value;
  const isLast = step === undefined;
  if (isLast && change.kind === 'add') return withMore(value, change);
  const count = Array.isArray(value) ? value.length : Object.keys(value).length;
  if (isLast || count === 0) return change.kind === 'remove' ? value : change.value;
  const index = step % count;
  const removes = change.kind === 'remove' && depth === change.steps.length - 1;
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => (i !== index ? [item] : removes ? [] : [at(item, change, depth + 1)]));
  }
  const entries = Object.entries(value as PlainMap).flatMap(([key, item], i): [string, PlainValue][] =>
    i !== index ? [[key, item]] : removes ? [] : [[key, at(item, change, depth + 1)]],
  );
  return mapOf(entries);
}

function withMore(value: readonly PlainValue[] | PlainMap, { key, value: more }: Change): PlainValue {
  return Array.isArray(value) ? [...value, more] : mapOf([...Object.entries(value as PlainMap), [key, more]]);
}

/** As the parser makes maps: without a prototype. */
function mapOf(entries: readonly (readonly [string, PlainValue])[]): PlainMap {
  return Object.assign(Object.create(null), Object.fromEntries(entries)) as PlainMap;
}
