import { nearestName } from '../../../language/nearest-name.ts';
import { notYetKnown } from '../../../stack/resource-kinds.ts';
import { longestText } from '../longest-text.ts';
import type { ListSchema, Properties, PropertySchema, TextSchema } from './kind.ts';

/** One property that cannot be as it is, in the words of the engine. */
export interface CheckFailure {
  /** `name`, or a part of it: `permissions[2].name`. */
  readonly property: string;
  readonly reason: string;
}

/** The engine wraps what is more than a value into an object with this key, which says what it is; this is a secret. */
const signature = '4dabf18193072939515e22adb298388d';
const secret = '1b47061264138c4ac30d75fd1eb44270';

/**
 * What is wrong with the inputs of a resource, property by property. What stands in the state may stay as it is: it is what the server
 * had, and a program that leaves a property alone (`ignoreChanges`) must be able to.
 */
export function checkInputs(
  schemas: Readonly<Record<string, PropertySchema>>,
  { before, after }: { readonly before: Properties; readonly after: Properties },
): readonly CheckFailure[] {
  const known = Object.keys(schemas);
  const unknown = Object.keys(after).filter((property) => !known.includes(property) && !property.startsWith('__'));
  return [
    ...unknown.map((property) => ({ property, reason: unknownReason(property, known) })),
    ...Object.entries(schemas).flatMap(([property, schema]) => {
      const value = after[property];
      const stays = value !== undefined && JSON.stringify(value) === JSON.stringify(before[property]);
      return stays ? [] : check(property, value, schema);
    }),
  ];
}

function unknownReason(property: string, known: readonly string[]): string {
  const near = nearestName(property, known);
  return near === null ? `is no property; there are ${known.join(', ')}` : `is no property; did you mean ${near}?`;
}

function check(property: string, value: unknown, schema: PropertySchema): readonly CheckFailure[] {
  if (value === notYetKnown) return [];
  const failed = (reason: string) => [{ property, reason }];
  if (isSecret(value))
    return failed('is a secret, and would be shown to all who may see roles: hand over what is none');
  if (schema.type === 'array') return checkList(property, value, schema);
  if (schema.type === 'integer') {
    const isRight = Number.isInteger(value) && Number(value) >= schema.least;
    return isRight ? [] : failed(`must be a whole number from ${schema.least} on, and is ${shown(value)}`);
  }
  return checkText(property, value, schema);
}

function checkText(property: string, value: unknown, schema: TextSchema): readonly CheckFailure[] {
  if (value === undefined && schema.isOptional === true) return [];
  const isText = typeof value === 'string' && (value !== '' || schema.mayBeEmpty === true);
  if (!isText) {
    const kind = schema.mayBeEmpty === true ? 'a text' : 'a text that is not empty';
    return [{ property, reason: `must be ${kind}, and is ${shown(value)}` }];
  }
  // By its name a role is looked up, by a path with that in it.
  if (['.', '..'].includes(value)) return [{ property, reason: 'is a step in a path, and nothing is found by it' }];
  const { length } = value;
  const tooLong = `has ${length} characters, and Keycloak takes ${longestText} at most`;
  return length > longestText ? [{ property, reason: tooLong }] : [];
}

function checkList(property: string, value: unknown, { of }: ListSchema): readonly CheckFailure[] {
  const parts = Object.keys(of);
  if (!Array.isArray(value)) {
    return [{ property, reason: `must be a list of { ${parts.join(', ')} }, and is ${shown(value)}` }];
  }
  const first = new Map<string, number>();
  return value.flatMap((entry: unknown, index): readonly CheckFailure[] => {
    if (entry === notYetKnown) return [];
    const at = `${property}[${index}]`;
    if (typeof entry !== 'object' || entry === null || isSecret(entry)) {
      return [{ property: at, reason: `must be { ${parts.join(', ')} }, and is ${shown(entry)}` }];
    }
    const held = entry as Properties;
    const failures = checkInputs(of, { before: {}, after: held });
    if (failures.length > 0)
      return failures.map(({ property: part, reason }) => ({ property: `${at}.${part}`, reason }));
    const identity = JSON.stringify(parts.filter((part) => of[part]?.mayBeEmpty !== true).map((part) => held[part]));
    const earlier = first.get(identity);
    first.set(identity, earlier ?? index);
    if (earlier === undefined || identity.includes(notYetKnown)) return [];
    return [{ property: at, reason: `is the same as ${property}[${earlier}]: name each once` }];
  });
}

function isSecret(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as Properties)[signature] === secret;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'missing';
  if (isSecret(value)) return 'a secret';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : JSON.stringify(value);
}
