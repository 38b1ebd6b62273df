import fc from 'fast-check';
import type { PlainValue } from '../../src/language/parse/document.ts';

/** A change to a document as an object: somewhere in it, something else. */
export interface Mutation {
  /** Which of all values of the document, counted round. */
  readonly at: number;
  readonly change: 'remove' | 'rename' | 'replace' | 'double' | 'wrap';
  readonly by: PlainValue;
}

/** Changes that put in the words of these documents as well as values of every type. */
export function mutations(words: readonly string[]): fc.Arbitrary<readonly Mutation[]> {
  const by = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...words) },
    fc.constantFrom<PlainValue>(null, true, false, 0, 1, -1, 1.5, '', ' ', 'all', '1.0', 'a/b', 'a/b:c', {}, []),
    fc.string(),
  );
  const change = fc.constantFrom<Mutation['change']>('remove', 'rename', 'replace', 'double', 'wrap');
  return fc.array(fc.record({ at: fc.nat(), change, by }), { minLength: 1, maxLength: 3 });
}

/** The document after the changes; the original is left alone. */
export function mutated(document: PlainValue, changes: readonly Mutation[]): PlainValue {
  const holder: { root: PlainValue } = { root: structuredClone(document) };
  for (const change of changes) mutate(holder, change);
  return holder.root;
}

type Slot =
  | { readonly in: Record<string, PlainValue>; readonly key: string }
  | { readonly in: PlainValue[]; readonly key: number };

function mutate(holder: { root: PlainValue }, { at, change, by }: Mutation): void {
  const slots = slotsOf(holder as Record<string, PlainValue>);
  const slot = slots[at % slots.length];
  if (slot === undefined) return;
  const value = valueIn(slot);
  if (change === 'replace') put(slot, by);
  else if (change === 'wrap') put(slot, [value]);
  else if (change === 'double') {
    if (Array.isArray(value)) put(slot, [...value, ...value]);
    else if (Array.isArray(slot.in)) slot.in.push(value);
  } else if (Array.isArray(slot.in)) {
    slot.in.splice(Number(slot.key), 1);
  } else if (slot.key !== 'root') {
    delete slot.in[slot.key];
    if (change === 'rename') slot.in[typeof by === 'string' ? by : 'other'] = value;
  }
}

/** Every place of a value, the outermost first. */
function slotsOf(holder: Record<string, PlainValue> | PlainValue[]): readonly Slot[] {
  const own: readonly Slot[] = Array.isArray(holder)
    ? holder.map((_, key) => ({ in: holder, key }))
    : Object.keys(holder).map((key) => ({ in: holder, key }));
  return own.flatMap((slot) => {
    const value = valueIn(slot);
    return value !== null && typeof value === 'object'
      ? [slot, ...slotsOf(value as Record<string, PlainValue> | PlainValue[])]
      : [slot];
  });
}

function valueIn(slot: Slot): PlainValue {
  return (slot.in as Record<string | number, PlainValue>)[slot.key] ?? null;
}

function put(slot: Slot, value: PlainValue): void {
  (slot.in as Record<string | number, PlainValue>)[slot.key] = structuredClone(value);
}
