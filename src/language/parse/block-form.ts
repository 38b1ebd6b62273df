import type { Node } from 'yaml';
import { isCollection, isMap, isScalar, isSeq } from 'yaml';

const mostLines = 8;

/** A flow collection in block style, two blanks deep, for a message; a long one is cut. */
export function blockForm(node: Node, text: string): string {
  const lines = linesOf(node, text);
  if (lines.length === 0) return '  (leave the key out)';
  const shown = lines.length > mostLines ? [...lines.slice(0, mostLines), '…'] : lines;
  return shown.map((line) => `  ${line}`).join('\n');
}

function linesOf(node: unknown, text: string): readonly string[] {
  if (isSeq(node)) {
    return node.items.slice(0, mostLines + 1).flatMap((item) => {
      const [first = '', ...others] = linesOf(item, text);
      return [`- ${first}`, ...others.map((line) => `  ${line}`)];
    });
  }
  if (isMap(node)) {
    return node.items.slice(0, mostLines + 1).flatMap(({ key, value }) => {
      const lines = linesOf(value, text);
      const name = linesOf(key, text)[0] ?? '';
      if (isCollection(value) && value.items.length > 0) return [`${name}:`, ...lines.map((line) => `  ${line}`)];
      return [`${name}: ${lines[0] ?? ''}`.trimEnd()];
    });
  }
  // A scalar as it is written, quotes and all.
  if (isScalar(node) && node.range) return [text.slice(node.range[0], node.range[1])];
  return isScalar(node) ? [String(node.value)] : [];
}
