import type { Node, YAMLSeq, Document as YamlDocument } from 'yaml';
import { isScalar, isSeq, parseAllDocuments, visit } from 'yaml';
import type { Result } from './diagnostic.ts';
import { parse } from './parse/parse.ts';
import type { SourceFile } from './source.ts';
import { byCodePoint } from './source.ts';

/** The keys whose lists are sets, so that their order says nothing; every other list keeps its order. */
const sets: ReadonlySet<string> = new Set(['apps', 'except', 'grants', 'inherits', 'resellers']);

/** What formatting mends itself, so that it does not stand in its own way. */
const mended: ReadonlySet<string> = new Set(['RW1005']);

/**
 * A file in block style, its sets sorted by code point, with LF, no byte order mark, no blanks at the ends of lines and
 * one line end at its end. Comments stay with what they speak of, and a document that needs no change keeps its very
 * text. A file that is not the language's YAML comes back as it was, with its problems.
 */
export function formatSource(file: SourceFile): Result<string> {
  const [, problems] = parse([file]);
  const left = problems.filter(({ code, severity }) => severity === 'error' && !mended.has(code));
  if (left.length > 0) return [file.text, left];
  const text = file.text.replace(/^\uFEFF/u, '').replaceAll('\r\n', '\n');
  const documents = parseAllDocuments(text, { version: '1.2', schema: 'core', keepSourceTokens: true });
  if ('empty' in documents) return [text, []];
  const changed = documents.filter(formatDocument);
  return [tidy(changed.length === 0 ? text : documents.map(print).join('---\n')), []];
}

/** Brings a document into form and tells whether anything changed. */
function formatDocument(document: YamlDocument.Parsed): boolean {
  let changed = false;
  visit(document, {
    Collection: (_, node) => {
      if (node.flow !== true || node.items.length === 0) return;
      delete node.flow;
      changed = true;
    },
    Pair: (_, pair) => {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      if (sets.has(key) && isSeq(pair.value) && sortSet(pair.value)) changed = true;
    },
  });
  return changed;
}

function print(document: YamlDocument.Parsed): string {
  if (document.directives) document.directives.docStart = null;
  return document.toString({ lineWidth: 0, indent: 2, indentSeq: true, minContentWidth: 0 });
}

function tidy(text: string): string {
  // Blanks within a block scalar's line ends are prose of nobody; the language has no text in which they matter.
  return `${text.replace(/[ \t]+$/gmu, '').trimEnd()}\n`;
}

/** Sorts a set of plain words and tells whether its order changed; a list of maps (a directory's apps) is no set. */
function sortSet(list: YAMLSeq): boolean {
  const items = list.items as Node[];
  if (!items.every((item) => isScalar(item) && typeof item.value === 'string')) return false;
  const first = items[0];
  const heading = first?.commentBefore;
  const sorted = items.toSorted((a, b) => byCodePoint(wordOf(a), wordOf(b)));
  if (sorted.every((item, index) => item === items[index])) return false;
  list.items = sorted;
  const now = list.items[0] as Node | undefined;
  // A comment above the first entry speaks of the list as a whole as often as of the entry; it stays on top.
  if (first === undefined || now === undefined || now === first || !heading) return true;
  delete first.commentBefore;
  now.commentBefore = now.commentBefore ? `${heading}\n${now.commentBefore}` : heading;
  return true;
}

function wordOf(node: Node): string {
  return isScalar(node) ? String(node.value) : '';
}
