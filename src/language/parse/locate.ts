import type { Node, Pair, Document as YamlDocument } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { SourceFile } from '../source.ts';
import type { Document, Path, PlainMap, PlainValue } from './document.ts';
import type { Positions } from './positions.ts';

/** A parsed YAML document as plain data that can still tell where each value stands. */
export function documentOf(yaml: YamlDocument.Parsed, file: SourceFile, positions: Positions): Document {
  const root = yaml.contents as Node;
  const pairs = pairFinder();
  return {
    file: file.path,
    value: plain(root) as PlainMap,
    locate: (path, what = 'value') => {
      const [start, end] = nodeAt(root, path, what, pairs).range ?? [0, 0];
      return positions.place(start, end);
    },
    written: (path) => {
      const [start, end] = nodeAt(root, path, 'value', pairs).range ?? [0, 0];
      return file.text.slice(start, end).trimEnd();
    },
  };
}

type PairFinder = (map: Node, key: string) => Pair | undefined;

/** Finds the pair of a key; a map's keys are gone through once, however many of them are asked for. */
function pairFinder(): PairFinder {
  const known = new WeakMap<Node, ReadonlyMap<string, Pair>>();
  return (map, key) => {
    const found =
      known.get(map) ?? new Map(isMap(map) ? map.items.toReversed().map((pair) => [keyOf(pair), pair]) : []);
    known.set(map, found);
    return found.get(key);
  };
}

function nodeAt(root: Node, path: Path, what: 'key' | 'value', pairs: PairFinder): Node {
  let node = root;
  let key = firstKeyOf(root);
  for (const [index, step] of path.entries()) {
    const isLast = index === path.length - 1;
    if (isMap(node)) {
      const pair = pairs(node, String(step));
      if (pair === undefined) return key;
      key = pair.key as Node;
      if (isLast && what === 'key') return key;
      // A key without a value: the value's place is the key's.
      if (pair.value === null || !isPresent(pair.value as Node)) return key;
      node = pair.value as Node;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined;
      if (item === undefined) return key;
      node = item;
      key = firstKeyOf(item);
    } else return key;
  }
  return node;
}

/** Where a map has no key above it that could be shown, its first one is. */
function firstKeyOf(node: Node): Node {
  return isMap(node) && node.items.length > 0 ? ((node.items[0] as Pair).key as Node) : node;
}

function isPresent(node: Node): boolean {
  const [start, end] = node.range ?? [0, 0];
  return !isScalar(node) || node.value !== null || end > start;
}

function plain(node: Node | null): PlainValue {
  if (isMap(node)) {
    const map: Record<string, PlainValue> = Object.create(null);
    for (const pair of node.items) map[keyOf(pair)] = plain(pair.value as Node | null);
    return map;
  }
  if (isSeq(node)) return node.items.map((item) => plain(item as Node));
  if (isScalar(node)) return scalar(node.value);
  return null;
}

function keyOf(pair: Pair): string {
  return String((pair.key as { readonly value?: unknown }).value);
}

function scalar(value: unknown): PlainValue {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}
