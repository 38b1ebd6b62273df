import type { Node, Pair, Document as YamlDocument } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { SourceFile } from '../source.ts';
import type { Document, Path, PlainMap, PlainValue } from './document.ts';
import type { Positions } from './positions.ts';

/** A parsed YAML document as plain data that can still tell where each value stands. */
export function documentOf(yaml: YamlDocument.Parsed, file: SourceFile, positions: Positions): Document {
  const root = yaml.contents as Node;
  const place = (node: Node) => {
    const [start, end] = node.range ?? [0, 0];
    return positions.place(start, trimmedEnd(file.text, start, end));
  };
  return {
    file: file.path,
    value: plain(root) as PlainMap,
    locate: (path, what = 'value') => place(nodeAt(root, path, what)),
    written: (path) => {
      const [start, end] = nodeAt(root, path, 'value').range ?? [0, 0];
      return file.text.slice(start, end);
    },
  };
}

/** The range of a block collection reaches to the next token; a place ends with its text. */
function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

function nodeAt(root: Node, path: Path, what: 'key' | 'value'): Node {
  let node = root;
  let key: Node = isMap(root) && root.items.length > 0 ? ((root.items[0] as Pair).key as Node) : root;
  for (const [index, step] of path.entries()) {
    const isLast = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
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
      key = item;
    } else return key;
  }
  return node;
}

function isPresent(node: Node): boolean {
  const [start, end] = node.range ?? [0, 0];
  return !isScalar(node) || node.value !== null || end > start;
}

function plain(node: Node | null): PlainValue {
  if (isMap(node)) {
    const map: Record<string, PlainValue> = Object.create(null);
    for (const pair of node.items) {
      map[String((pair.key as { value?: unknown }).value)] = plain(pair.value as Node | null);
    }
    return map;
  }
  if (isSeq(node)) return node.items.map((item) => plain(item as Node));
  if (isScalar(node)) return scalar(node.value);
  return null;
}

function scalar(value: unknown): PlainValue {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}
