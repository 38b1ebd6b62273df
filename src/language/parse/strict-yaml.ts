import type { Node, Pair, Scalar, Document as YamlDocument } from 'yaml';
import { isAlias, isCollection, isMap, isScalar, isSeq, visit } from 'yaml';
import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import type { SourceFile } from '../source.ts';
import { blockForm } from './block-form.ts';
import { unseenIn } from './characters.ts';
import type { Positions } from './positions.ts';

/**
 * What YAML allows and the language does not: flow style, anchors, aliases, merge keys, tags, keys that are not text or
 * stand twice, escapes for what cannot be seen, and a comment that cuts prose short.
 */
export function checkStrictYaml(
  yaml: YamlDocument.Parsed,
  file: SourceFile,
  positions: Positions,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(yaml, {
    Alias: (_, node) => {
      found.push(diagnostic('RW1007', placeOf(node), { name: node.source }, { expected: 'the value itself' }));
    },
    Pair: (_, pair) => {
      found.push(...checkKey(pair));
    },
    Node: (_, node, path) => {
      found.push(...checkNode(node, path.some(isFlow)));
    },
  });
  return found;

  function placeOf(node: Node) {
    const [start, end] = node.range ?? [0, 0];
    return positions.place(start, end);
  }

  function checkKey(pair: Pair): readonly Diagnostic[] {
    const key = pair.key;
    if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') {
      return [diagnostic('RW1008', placeOf(key), {}, { expected: 'the lines themselves' })];
    }
    if (isScalar(key) && typeof key.value === 'string' && key.value !== '__proto__') return [];
    if (isAlias(key)) return [];
    const node = key as Node;
    const as = isScalar(key) ? describeScalar(key) : isMap(key) ? 'a map' : 'a list';
    const isText = isScalar(key) && key.value !== null && typeof key.value !== 'string';
    const details = { expected: 'a plain word', help: isText ? 'quote it' : null };
    return [diagnostic('RW1017', placeOf(node), { found: as }, details)];
  }

  /** A key that stands twice in a map, at its second place. */
  function checkKeys(pairs: readonly Pair[]): readonly Diagnostic[] {
    const first = new Map<unknown, Node>();
    return pairs.flatMap(({ key }) => {
      if (!isScalar(key)) return [];
      const earlier = first.get(key.value);
      if (earlier === undefined) {
        first.set(key.value, key as Node);
        return [];
      }
      const related = [{ message: 'first here', place: placeOf(earlier) }];
      const details = { related, expected: 'each key once' };
      return [diagnostic('RW1004', placeOf(key as Node), { key: String(key.value) }, details)];
    });
  }

  function checkNode(node: Node, insideFlow: boolean): readonly Diagnostic[] {
    const problems: Diagnostic[] = isMap(node) ? [...checkKeys(node.items)] : [];
    if (!isAlias(node) && node.anchor !== undefined) {
      const start = file.text.lastIndexOf(`&${node.anchor}`, node.range?.[0] ?? 0);
      const place = start < 0 ? placeOf(node) : positions.place(start, start + node.anchor.length + 1);
      problems.push(diagnostic('RW1006', place, { name: node.anchor }, { help: 'write the value where it is needed' }));
    }
    if (!isAlias(node) && node.tag !== undefined) {
      const { start, text } = writtenTag(node, node.tag, file);
      const place = positions.place(start, start + text.length);
      problems.push(diagnostic('RW1009', place, { tag: text }, { help: 'remove it; quote the value if it is text' }));
    }
    // One message for a whole flow collection: the collections inside it are said by saying it.
    if (isCollection(node) && isFlow(node) && !insideFlow) {
      const what = isSeq(node) ? 'list' : 'map';
      problems.push(
        diagnostic('RW1005', placeOf(node), { what }, { expected: `block style:\n${blockForm(node, file.text)}` }),
      );
    }
    if (isScalar(node) && node.type === 'PLAIN') problems.push(...checkCutShort(node));
    if (isScalar(node) && node.type === 'QUOTE_DOUBLE') problems.push(...checkEscapes(node as Scalar.Parsed));
    return problems;
  }

  function checkCutShort(node: Scalar): readonly Diagnostic[] {
    const end = node.range?.[1] ?? 0;
    const cut = /^ #[^\s#!]/u.exec(file.text.slice(end, end + 3));
    if (cut === null) return [];
    const line = /^[^\r\n]*/u.exec(file.text.slice(end))?.[0] ?? '';
    const place = positions.place(end + 1, end + line.length);
    const kept = String(node.source ?? node.value);
    const help = `quote it: "${kept}${line}"; or, if it is a comment, put a space after "#"`;
    return [diagnostic('RW1011', place, { kept }, { help })];
  }

  /** An escape is seen in the file, and what it stands for is seen nowhere else. */
  function checkEscapes(node: Scalar.Parsed): readonly Diagnostic[] {
    const [start, end] = node.range;
    const codePoint = unseenIn(String(node.value));
    if (codePoint === null || unseenIn(file.text.slice(start, end)) !== null) return [];
    return [diagnostic('RW1015', placeOf(node), { codePoint }, { help: 'remove the escape' })];
  }
}

function isFlow(node: unknown): boolean {
  return isCollection(node) && node.flow === true && !(isSeq(node) && node.items.length === 0);
}

/** The tag as it stands before its value, perhaps with an anchor between them; where it is not found there, the value. */
function writtenTag(node: Node, tag: string, file: SourceFile): { start: number; text: string } {
  const valueStart = node.range?.[0] ?? 0;
  const here = /^![^\s,[\]{}]*/u.exec(file.text.slice(valueStart, valueStart + 300))?.[0];
  if (here !== undefined) return { start: valueStart, text: here };
  const before = file.text.slice(Math.max(0, valueStart - 300), valueStart);
  const match = /(!<[^>\s]*>|![^\s,[\]{}]*)(?:\s+&\S+)?\s*$/u.exec(before);
  if (match?.[1] === undefined) return { start: valueStart, text: tag };
  return { start: valueStart - before.length + match.index, text: match[1] };
}

function describeScalar(key: Scalar): string {
  if (key.value === null) return 'nothing';
  if (typeof key.value === 'string') return `"${key.value}"`;
  return `the ${typeof key.value === 'number' ? 'number' : 'truth value'} ${String(key.value)}`;
}
