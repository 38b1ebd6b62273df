import type { Document } from '../language/parse/document.ts';
import { byCodePoint } from '../language/source.ts';
import type { LineEdit } from './line-edits.ts';
import { dashColumn, lastLineOf } from './line-edits.ts';
import { scalar } from './yaml-lines.ts';

/**
 * The edits after which a list of words below `spec` has exactly these entries: a line goes for each that is not wanted,
 * one comes where it belongs in the order of code points. Comments stay, but for those on the lines that go.
 *
 * @param wanted sorted
 */
export function setEdits(
  document: Document,
  text: string,
  key: string,
  wanted: readonly string[],
): readonly LineEdit[] {
  const spec = document.value.spec as Readonly<Record<string, unknown>>;
  const present = Array.isArray(spec[key]) ? (spec[key] as readonly string[]) : [];
  const placed = present.map((word, index) => ({ word, line: document.locate(['spec', key, index]) }));
  const missing = wanted.filter((word) => !present.includes(word));
  if (present.length === 0) return missing.length === 0 ? [] : [newList(document, key, missing)];
  const isLeft = placed.some(({ word }) => wanted.includes(word)) || missing.length > 0;
  const removals = placed
    .filter(({ word }) => !wanted.includes(word))
    .map(({ line }): LineEdit => ({ below: line.line - 1, remove: line.endLine - line.line + 1, insert: [] }));
  if (!isLeft) return [...removals, withoutList(document, key)];
  const indent = ' '.repeat(dashColumn(document, text, ['spec', key]) ?? specIndent(document) + 2);
  const insertions = missing.map((word): LineEdit => {
    const before = placed.findLast((other) => byCodePoint(other.word, word) < 0);
    // A comment above the first entry may be about all of them, so what comes first comes below it.
    const below = before === undefined ? (placed[0]?.line.line ?? 1) - 1 : before.line.endLine;
    return { below, remove: 0, insert: [`${indent}- ${scalar(word)}`] };
  });
  return merged([...removals, ...insertions]);
}

/** An edit that removes a line and one that inserts below the line before it are one. */
function merged(edits: readonly LineEdit[]): readonly LineEdit[] {
  return [...Map.groupBy(edits, ({ below }) => below)].map(([below, some]) => ({
    below,
    remove: Math.max(...some.map(({ remove }) => remove)),
    insert: some.flatMap(({ insert }) => insert),
  }));
}

function newList(document: Document, key: string, words: readonly string[]): LineEdit {
  const indent = ' '.repeat(specIndent(document));
  const lines = [`${indent}${key}:`, ...words.map((word) => `${indent}  - ${scalar(word)}`)];
  return { below: lastLineOf(document, ['spec']), remove: 0, insert: lines };
}

function withoutList(document: Document, key: string): LineEdit {
  const { line } = document.locate(['spec', key], 'key');
  const others = Object.keys(document.value.spec as object).filter((other) => other !== key);
  // A spec cannot be empty; this says what counts anyhow.
  const insert = others.length > 0 ? [] : [`${' '.repeat(specIndent(document))}assignable: true`];
  return { below: line - 1, remove: 1, insert };
}

function specIndent(document: Document): number {
  const [first = ''] = Object.keys(document.value.spec as object);
  return document.locate(['spec', first], 'key').column - 1;
}
