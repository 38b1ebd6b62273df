import type { YAMLError } from 'yaml';
import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import type { SourceFile } from '../source.ts';
import type { Positions } from './positions.ts';

/** An error of the YAML reader in our own codes; what has none is told in the reader's words. */
export function syntaxError(error: YAMLError, file: SourceFile, positions: Positions): Diagnostic {
  const [start, end] = error.pos;
  const place = positions.place(start, Math.max(end, start + 1));
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^[^:\r\n]*/.exec(file.text.slice(start))?.[0].trim() ?? '';
    const exact = positions.place(start, start + key.length);
    return diagnostic('RW1004', exact, { key }, { expected: 'each key once' });
  }
  const reason = error.message.replace(/ at line \d+, column \d+:?[\s\S]*$/u, '');
  return diagnostic('RW1003', place, { reason: reason.charAt(0).toLowerCase() + reason.slice(1) });
}
