/** The keywords of JSON Schema that Auth0's OpenAPI uses for the bodies of requests. */
export interface BodySchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly items?: BodySchema | null;
  readonly anyOf?: readonly BodySchema[];
  readonly properties?: Readonly<Record<string, BodySchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
}

/** A value that fits, with every property that the schema knows. */
export function fitting(schema: BodySchema): unknown {
  const [alternative] = schema.anyOf ?? [];
  if (alternative !== undefined) {
    return fitting(alternative);
  }
  if (schema.enum !== undefined) {
    return schema.enum[0];
  }
  switch (typesOf(schema)[0]) {
    case 'string':
      return fittingText(schema);
    case 'integer':
      return schema.minimum ?? 0;
    case 'boolean':
      return true;
    case 'array':
      return schema.items ? [fitting(schema.items)] : [];
    default:
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, fitting(inner)]));
  }
}

/** Values that do not fit, each wrong in one place alone, with the name of what is wrong. */
export function misfits(schema: BodySchema, where = 'the body'): [what: string, value: unknown][] {
  const [alternative] = schema.anyOf ?? [];
  if (alternative !== undefined) {
    return misfits(alternative, where);
  }
  const ofType: [string, unknown][] =
    schema.type === undefined ? [] : [[`${where} of another type`, typesOf(schema).includes('object') ? [] : {}]];
  return [...ofType, ...misfitsOfValue(schema, where)];
}

function misfitsOfValue(schema: BodySchema, where: string): [string, unknown][] {
  if (schema.enum !== undefined) {
    return [[`${where} not one of those known`, 'no such value']];
  }
  switch (typesOf(schema)[0]) {
    case 'string':
      return misfitTexts(schema).map(([what, text]) => [`${where} ${what}`, text]);
    case 'integer':
      return [
        ...(schema.minimum === undefined ? [] : [[`${where} too small`, schema.minimum - 1] as [string, unknown]]),
        ...(schema.maximum === undefined ? [] : [[`${where} too large`, schema.maximum + 1] as [string, unknown]]),
      ];
    case 'array':
      return [
        ...(schema.minItems === undefined ? [] : [[`${where} empty`, []] as [string, unknown]]),
        ...misfits(schema.items ?? {}, `an item of ${where}`).map(([what, value]): [string, unknown] => [
          what,
          [value],
        ]),
      ];
    case 'object':
      return misfitObjects(schema, where);
    default:
      return [];
  }
}

function misfitObjects(schema: BodySchema, where: string): [string, unknown][] {
  const whole = fitting(schema) as Readonly<Record<string, unknown>>;
  const unknown: [string, unknown][] =
    schema.additionalProperties === false ? [[`${where} with an unknown property`, { ...whole, 'no-such': 1 }]] : [];
  const missing = (schema.required ?? []).map((key): [string, unknown] => {
    const { [key]: _, ...rest } = whole;
    return [`${where} without ${key}`, rest];
  });
  const inner = Object.entries(schema.properties ?? {}).flatMap(([key, property]) =>
    misfits(property, key).map(([what, value]): [string, unknown] => [what, { ...whole, [key]: value }]),
  );
  return [...unknown, ...missing, ...inner];
}

function fittingText({ format, pattern, minLength = 0 }: BodySchema): string {
  if (format === 'email') {
    return 'a@example.com';
  }
  if (format === 'strict-uri') {
    return 'https://example.com/';
  }
  return pattern?.startsWith('^\\+') ? '+1555' : 'a'.repeat(Math.max(minLength, 1));
}

function misfitTexts({ format, pattern, minLength = 0, maxLength }: BodySchema): [string, string][] {
  return [
    ...(minLength > 0 ? [['too short', 'a'.repeat(minLength - 1)] as [string, string]] : []),
    ...(maxLength === undefined ? [] : [['too long', 'a'.repeat(maxLength + 1)] as [string, string]]),
    ...(pattern === undefined ? [] : [['against its pattern', '< >'] as [string, string]]),
    ...(format === 'email' || format === 'strict-uri' ? [['against its format', 'a'] as [string, string]] : []),
  ];
}

function typesOf({ type }: BodySchema): readonly string[] {
  return type === undefined ? [] : typeof type === 'string' ? [type] : type;
}
