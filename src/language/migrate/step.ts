import type { Node, Pair, YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq, Scalar, YAMLSeq } from 'yaml';
import type { Diagnostic, Result } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import { nearestName } from '../nearest-name.ts';
import type { Place } from '../source.ts';

/** Where a node stood in the file before anything was changed. */
export type PlaceOf = (node: Node) => Place;

/**
 * One difference between two versions, carried out on a document: changes the nodes below the root, which is the
 * caller's own, and says what it could not change. Nodes keep their comments and their ranges, so that whatever is said
 * later still points to the file as it is.
 */
export type Step = (root: Node, placeOf: PlaceOf) => readonly Diagnostic[];

/** The way to nodes: keys of maps, and `*` for every entry of a list. */
export type NodePath = readonly string[];

/** The value of a key as the later version wants it. */
export type Conversion = (value: Node, key: string, placeOf: PlaceOf) => Result<Node>;

/** Renames a key of the maps at a path, and converts its value where that changed too. */
export function renameKey(path: NodePath, from: string, to: string, convert: Conversion = unchanged): Step {
  return (root, placeOf) =>
    mapsAt(root, path).flatMap((map) => {
      const pair = pairOf(map, from);
      if (pair === undefined) return [];
      const taken = pairOf(map, to);
      if (taken !== undefined) return [twice(pair, taken, to, `"${from}" is the older word for "${to}"`, placeOf)];
      const [value, problems] = pair.value ? convert(pair.value as Node, from, placeOf) : [null, []];
      (pair.key as Scalar).value = to;
      pair.value = value;
      return problems;
    });
}

/** Moves a key from one map to another, behind one of its keys or else to its end. Without the other map it stays. */
export function moveKey(key: string, from: NodePath, to: NodePath, behind: string): Step {
  return (root, placeOf) => {
    const [source] = mapsAt(root, from);
    const [target] = mapsAt(root, to);
    const pair = source === undefined ? undefined : pairOf(source, key);
    if (source === undefined || target === undefined || pair === undefined) return [];
    const taken = pairOf(target, key);
    if (taken !== undefined) return [twice(pair, taken, key, `it stands under "${to.join('.')}" now`, placeOf)];
    takeOut(pair, source);
    const place = target.items.findIndex((item) => keyOf(item) === behind);
    target.items.splice(place < 0 ? target.items.length : place + 1, 0, pair);
    return [];
  };
}

/** Rewrites every text at a path; what the pattern does not match stays. */
export function rewriteTexts(path: NodePath, pattern: RegExp, replacement: string): Step {
  return (root) => {
    for (const node of nodesAt(root, path)) {
      if (isScalar(node) && typeof node.value === 'string') node.value = node.value.replace(pattern, replacement);
    }
    return [];
  };
}

/** A single word becomes a list of one; its comment stays beside it. */
export const listed: Conversion = (value) => {
  if (!isScalar(value) || value.value === null) return [value, []];
  const list = new YAMLSeq();
  if (value.range) list.range = value.range;
  list.items.push(value);
  return [list, []];
};

/** A value becomes the word that now says the same; one that the older version did not know is told. */
export function reworded(words: Readonly<Record<string, string>>): Conversion {
  return (value, key, placeOf) => {
    const found = isScalar(value) ? String(value.value) : `a ${isMap(value) ? 'map' : 'list'}`;
    const word = Object.hasOwn(words, found) ? words[found] : undefined;
    if (word === undefined) {
      const known = Object.keys(words);
      const details = { expected: `one of ${known.join(', ')}`, suggestion: nearestName(found, known) };
      return [value, [diagnostic('RW1106', placeOf(value), { key, found }, details)]];
    }
    const said = new Scalar(word);
    for (const kept of ['range', 'comment', 'commentBefore'] as const) Object.assign(said, { [kept]: value[kept] });
    return [said, []];
  };
}

function unchanged(value: Node): Result<Node> {
  return [value, []];
}

function nodesAt(root: Node, [step, ...rest]: NodePath): readonly Node[] {
  if (step === undefined) return [root];
  if (step === '*') return isSeq(root) ? root.items.flatMap((item) => nodesAt(item as Node, rest)) : [];
  const value = isMap(root) ? pairOf(root, step)?.value : null;
  return value ? nodesAt(value as Node, rest) : [];
}

function mapsAt(root: Node, path: NodePath): readonly YAMLMap[] {
  return nodesAt(root, path).filter((node) => isMap(node));
}

/** Takes a pair out of its map, with the comment above it: YAML gives that of the first key to the whole map. */
function takeOut(pair: Pair, map: YAMLMap): void {
  const isFirst = map.items[0] === pair;
  map.items.splice(map.items.indexOf(pair), 1);
  const key = pair.key as Node;
  key.spaceBefore = false;
  if (!isFirst) return;
  key.commentBefore = map.commentBefore ?? null;
  map.commentBefore = null;
  const next = map.items[0]?.key as Node | undefined;
  if (next !== undefined) next.spaceBefore = false;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((item) => keyOf(item) === key);
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

/** A document that says the same twice, in the words of both versions. */
function twice(pair: Pair, taken: Pair, key: string, help: string, placeOf: PlaceOf): Diagnostic {
  const related = [{ message: 'and here', place: placeOf(taken.key as Node) }];
  return diagnostic('RW1004', placeOf(pair.key as Node), { key }, { related, help });
}
