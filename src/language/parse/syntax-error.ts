import type { ErrorCode, YAMLError } from 'yaml';
import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import type { Positions } from './positions.ts';

/** What mostly lies behind an error of the YAML reader, which tells what it met and not what was done. */
const helps: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: 'the keys of one map, and the entries of one list, begin in the same column',
  BAD_SCALAR_START: 'quote the text',
  BLOCK_AS_IMPLICIT_KEY: 'quote the text if ": " is part of it; else check the indentation',
  MISSING_CHAR: 'a quote, a bracket or the ":" after a key is missing',
  MULTILINE_IMPLICIT_KEY: 'check the indentation, and the ":" after the key above',
};

/** An error of the YAML reader in its own words, at its place. */
export function syntaxError(error: YAMLError, positions: Positions): Diagnostic {
  const [start, end] = error.pos;
  const place = positions.place(start, Math.max(end, start + 1));
  const reason = error.message.charAt(0).toLowerCase() + error.message.slice(1);
  const help = reason.startsWith('flow ') ? 'write it in block style' : (helps[error.code] ?? null);
  return diagnostic('RW1003', place, { reason }, { help });
}
