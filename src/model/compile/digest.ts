import { createHash } from 'node:crypto';
import { byCodePoint } from '../../language/source.ts';

/** `sha256:` and 64 hex digits over a value as canonical JSON (keys sorted); keys named in `without` are left out. */
export function digestOf(value: unknown, without: ReadonlySet<string> = new Set()): string {
  return `sha256:${createHash('sha256').update(canonicalJson(value, without)).digest('hex')}`;
}

function canonicalJson(value: unknown, without: ReadonlySet<string>): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, without)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([key]) => !without.has(key))
    .sort(([a], [b]) => byCodePoint(a, b))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, without)}`);
  return `{${entries.join(',')}}`;
}
