import { apiError } from './errors.ts';

type JsonType = 'string' | 'boolean' | 'integer' | 'object' | 'array' | 'null';

/** The part of JSON Schema that the Management API's own schemas use. Objects are closed unless `open`. */
export interface Schema {
  readonly type?: JsonType | readonly JsonType[];
  readonly description?: string;
  readonly enum?: readonly (string | null)[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  readonly format?: 'email' | 'strict-uri';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  /** Two items with the same value of this property are a duplicate. */
  readonly uniqueBy?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly open?: boolean;
}

const formats: Readonly<Record<NonNullable<Schema['format']>, (text: string) => boolean>> = {
  email: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  'strict-uri': (text) => URL.canParse(text),
};

/**
 * Refuses a body with 400 `invalid_body` and the first thing that is wrong, in Auth0's form:
 * `Payload validation error: '<reason>' on property <path> (<description in the schema>).`
 *
 * The recorded reasons are those of the library z-schema; the ones not recorded are worded as it words them.
 */
export function validateBody(schema: Schema, body: unknown): void {
  const problem = firstProblem(schema, body, '');
  if (problem !== undefined) {
    throw apiError(400, `Payload validation error: ${describeProblem(problem)}`, 'invalid_body');
  }
}

/** The same for one parameter of the query: 400 `invalid_query_string`. */
export function validateParameter(schema: Schema, name: string, value: unknown): void {
  const problem = firstProblem(schema, value, name);
  if (problem !== undefined) {
    throw apiError(400, `Query validation error: ${describeProblem(problem)}`, 'invalid_query_string');
  }
}

/** The same for one parameter of the path: 400 `invalid_uri`. */
export function validatePath(schema: Schema, name: string, value: string): void {
  const problem = firstProblem(schema, value, name);
  if (problem !== undefined) {
    throw apiError(400, `Path validation error: ${describeProblem(problem)}`, 'invalid_uri');
  }
}

interface Problem {
  readonly reason: string;
  readonly path: string;
  readonly description: string | undefined;
}

function describeProblem({ reason, path, description }: Problem): string {
  const where = path === '' ? '' : ` on property ${path}`;
  return `'${reason}'${where}${description === undefined ? '' : ` (${description})`}.`;
}

function firstProblem(schema: Schema, value: unknown, path: string): Problem | undefined {
  const reason = typeProblem(schema, value) ?? enumProblem(schema, value) ?? valueProblem(schema, value);
  if (reason !== undefined) {
    return { reason, path, description: schema.description };
  }
  if (Array.isArray(value) && schema.items !== undefined) {
    for (const [index, item] of value.entries()) {
      const problem = firstProblem(schema.items, item, `${path}[${index}]`);
      if (problem !== undefined) {
        return problem;
      }
    }
  }
  if (isObject(value)) {
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      const problem =
        value[key] === undefined ? undefined : firstProblem(property, value[key], path === '' ? key : `${path}.${key}`);
      if (problem !== undefined) {
        return problem;
      }
    }
  }
  return undefined;
}

function typeProblem(schema: Schema, value: unknown): string | undefined {
  if (schema.type === undefined) {
    return undefined;
  }
  const expected = typeof schema.type === 'string' ? [schema.type] : schema.type;
  const found = typeName(value);
  return (expected as readonly string[]).includes(found)
    ? undefined
    : `Expected type ${expected.join(',')} but found type ${found}`;
}

function enumProblem(schema: Schema, value: unknown): string | undefined {
  const known = schema.enum === undefined || (schema.enum as readonly unknown[]).includes(value);
  return known ? undefined : `No enum match for: ${JSON.stringify(value)}`;
}

function valueProblem(schema: Schema, value: unknown): string | undefined {
  if (typeof value === 'string') {
    return stringProblem(schema, value);
  }
  if (typeof value === 'number') {
    if (schema.minimum !== undefined && value < schema.minimum) {
      return `Value ${value} is less than minimum ${schema.minimum}`;
    }
    if (schema.maximum !== undefined && value > schema.maximum) {
      return `Value ${value} is greater than maximum ${schema.maximum}`;
    }
  }
  if (Array.isArray(value)) {
    return arrayProblem(schema, value);
  }
  return isObject(value) ? objectProblem(schema, value) : undefined;
}

function stringProblem(schema: Schema, text: string): string | undefined {
  const length = [...text].length;
  if (schema.minLength !== undefined && length < schema.minLength) {
    return `String is too short (${length} chars), minimum ${schema.minLength}`;
  }
  if (schema.maxLength !== undefined && length > schema.maxLength) {
    return `String is too long (${length} chars), maximum ${schema.maxLength}`;
  }
  if (schema.pattern !== undefined && !schema.pattern.test(text)) {
    return `String does not match pattern ${schema.pattern.source}: ${text}`;
  }
  if (schema.format !== undefined && !formats[schema.format](text)) {
    return `Object didn't pass validation for format ${schema.format}: ${text}`;
  }
  return undefined;
}

function arrayProblem(schema: Schema, items: readonly unknown[]): string | undefined {
  if (schema.minItems !== undefined && items.length < schema.minItems) {
    return `Array is too short (${items.length}), minimum ${schema.minItems}`;
  }
  if (schema.uniqueBy === undefined) {
    return undefined;
  }
  const seen = new Map<unknown, number>();
  for (const [index, item] of items.entries()) {
    const key = isObject(item) ? item[schema.uniqueBy] : item;
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      return `Array items are not unique (indexes ${earlier} and ${index})`;
    }
    seen.set(key, index);
  }
  return undefined;
}

function objectProblem(schema: Schema, value: Readonly<Record<string, unknown>>): string | undefined {
  const unknownKeys = schema.open ? [] : Object.keys(value).filter((key) => schema.properties?.[key] === undefined);
  if (unknownKeys.length > 0) {
    return `Additional properties not allowed: ${unknownKeys.join(',')}`;
  }
  const missing = schema.required?.find((key) => value[key] === undefined);
  return missing === undefined ? undefined : `Missing required property: ${missing}`;
}

function typeName(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
