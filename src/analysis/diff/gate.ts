import type { Result } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { nearestName } from '../../language/nearest-name.ts';

const plainGates = [
  'no-new-access',
  'no-sensitive',
  'no-reserved',
  'no-removed-role',
  'no-control-change',
  'no-default-change',
] as const;

/** A limit on a difference that is asked for by name. */
export type Gate =
  | { readonly kind: (typeof plainGates)[number] }
  | { readonly kind: 'max-removal' /** 0 to 1. */; readonly share: number };

/** How each gate is written, for help and completion. */
export const gateForms: readonly string[] = [...plainGates, 'max-removal=25%'];

/** The names of gates, without a share. */
export const gateNames: readonly Gate['kind'][] = [...plainGates, 'max-removal'];

/** The gate of a text such as `max-removal=25%`, or null with the usage error: a misspelt gate never passes in silence. */
export function parseGate(text: string): Result<Gate | null> {
  const equals = text.indexOf('=');
  const [name, value] = equals < 0 ? [text, null] : [text.slice(0, equals), text.slice(equals + 1)];
  const plain = plainGates.find((gate) => gate === name);
  if (plain !== undefined && value === null) return [{ kind: plain }, []];
  if (plain !== undefined) {
    const found = `a value, "${value}"`;
    return [null, [diagnostic('RW6622', null, { gate: name, found }, { expected: plain, suggestion: plain })]];
  }
  if (name === 'max-removal') {
    const percent = /^(?:100|[1-9]?[0-9])%$/u.test(value ?? '') ? Number(value?.slice(0, -1)) : null;
    if (percent !== null) return [{ kind: name, share: percent / 100 }, []];
    const found = value === null ? 'no share' : `"${value}"`;
    return [null, [diagnostic('RW6622', null, { gate: name, found }, { expected: 'max-removal=25%' })]];
  }
  const nearest = nearestName(name, gateNames);
  const suggestion = nearest === null ? null : (gateForms.find((form) => form.startsWith(nearest)) ?? null);
  return [
    null,
    [diagnostic('RW6621', null, { gate: text }, { suggestion, expected: `one of ${gateForms.join(', ')}` })],
  ];
}
