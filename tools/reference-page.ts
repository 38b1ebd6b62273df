import type { JsonSchema } from '../src/language/published-schema.ts';
import { publishedSchema } from '../src/language/published-schema.ts';

/** `docs/reference.md`: every field of every kind, from the published schema. */
export function referencePage(): string {
  const definitions = publishedSchema().definitions as Readonly<Record<string, JsonSchema>>;
  const kinds = Object.entries(definitions).map(
    ([kind, schema]) =>
      `## ${kind}\n\n${cell(schema.description)}\n\n| field | takes | |\n|---|---|---|\n${rows(schema, '').join('\n')}\n`,
  );
  return `# Fields of every kind\n\nMade from the schema by \`npm run generate\`; [the language by example](language.md) explains them. \`*\` marks what must be\nthere, \`[]\` an entry of a list.\n\n${kinds.join('\n')}`;
}

function rows(schema: JsonSchema, path: string): readonly string[] {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = new Set((schema.required ?? []) as readonly string[]);
  return Object.entries(properties).flatMap(([key, value]) => {
    const name = path === '' ? key : `${path}.${key}`;
    if (name === 'apiVersion' || name === 'kind') return [];
    const row = `| \`${name}\`${required.has(key) ? ' *' : ''} | ${takes(value)} | ${cell(value.description)} |`;
    const items = value.items as JsonSchema | undefined;
    return [row, ...rows(value, name), ...(items === undefined ? [] : rows(items, `${name}[]`))];
  });
}

function takes(schema: JsonSchema): string {
  if (schema.enum !== undefined)
    return (schema.enum as readonly unknown[]).map((word) => `\`${String(word)}\``).join(', ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object') return 'map';
  return schema.type === 'string' ? 'text' : String(schema.type);
}

function cell(text: unknown): string {
  return String(text ?? '')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;');
}
