import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { editorSchema } from '../../src/analysis/editor-schema/editor-schema.ts';
import { loadSources } from '../../src/language/load.ts';
import type { PlainValue } from '../../src/language/parse/document.ts';
import { parse } from '../../src/language/parse/parse.ts';
import type { JsonSchema } from '../../src/language/published-schema.ts';
import { publishedSchema } from '../../src/language/published-schema.ts';
import type { Kind } from '../../src/language/schema/kinds.ts';
import { kinds } from '../../src/language/schema/kinds.ts';
import { declared } from '../../src/pipeline.ts';
import { mutated, mutations } from './mutations.ts';

/** Keywords that editors know and validators do not. */
const editorKeywords = [
  'defaultSnippets',
  'doNotSuggest',
  'errorMessage',
  'markdownDescription',
  'markdownEnumDescriptions',
  'patternErrorMessage',
];

const [files] = await loadSources(fileURLToPath(new URL('../..', import.meta.url)));
const documents = parse(files)[0].map(({ value }) => value as PlainValue);

/** Strict: a keyword that is misspelt, or unknown to validators, is refused. */
const isPublished = new Ajv({ strict: true }).compile(publishedSchema());
let isEditors: (value: unknown) => boolean;

beforeAll(() => {
  isEditors = compiled(editorSchema(declared(files)));
}, 60_000);

function compiled(schema: JsonSchema): (value: unknown) => boolean {
  // A condition on a key repeats no type and no other key: the published schema says them.
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
  for (const keyword of editorKeywords) ajv.addKeyword(keyword);
  return ajv.compile(schema);
}

/** Every text of the documents: keys, names, references, prose. */
function wordsIn(value: PlainValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...wordsIn(inner as PlainValue)]);
}

describe("the editor's schema", () => {
  it('accepts every document of the repository', () => {
    expect(documents.filter((document) => !isEditors(document))).toEqual([]);
    expect(documents.length).toBeGreaterThan(40);
  });

  it('accepts what the published one accepts where nothing is declared yet', () => {
    const isEmptys = compiled(editorSchema(declared([])));
    expect(documents.filter((document) => !isEmptys(document))).toEqual([]);
    expect(isEmptys({ apiVersion: 'rolewright/v1', kind: 'Role' })).toBe(false);
  });

  it('asks of a tenant what its target asks, which is Auth0 where none is written', () => {
    const accepts = (target: string | null, tenant: string) => {
      const applications = [{ name: 'productiv', audience: 'https://api.example' }];
      const spec = { purpose: 'development', ...(target === null ? {} : { target }), tenant, applications };
      return isEditors({ apiVersion: 'rolewright/v1', kind: 'Environment', metadata: { name: 'x' }, spec });
    };
    const [domain, realm] = ['acme.eu.auth0.com', 'sso.example.com/realms/acme'];
    expect([accepts(null, domain), accepts('auth0', 'loopback'), accepts('keycloak', realm)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([accepts(null, realm), accepts('auth0', realm), accepts('keycloak', domain)]).toEqual([false, false, false]);
    expect([accepts(null, `https://${domain}`), accepts('keycloak', 'loopback')]).toEqual([false, false]);
  });

  it('accepts nothing that the published schema refuses, whatever becomes of a document', () => {
    const words = [...new Set(documents.flatMap(wordsIn))];
    const verdicts = { both: 0, published: 0, none: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...documents), mutations(words), (document, changes) => {
        const changed = mutated(document, changes);
        const verdict = { editor: isEditors(changed), published: isPublished(changed) };
        verdicts[verdict.editor ? 'both' : verdict.published ? 'published' : 'none'] += 1;
        expect(verdict.editor && !verdict.published).toBe(false);
        expect(verdict.published).toBe(isByZod(changed));
      }),
      { numRuns: 3000 },
    );
    // Each verdict is met often, or the law would say little.
    expect(Math.min(...Object.values(verdicts))).toBeGreaterThan(50);
  });
});

function isByZod(value: PlainValue): boolean {
  const kind = (value as { readonly kind?: unknown } | null)?.kind;
  return typeof kind === 'string' && Object.hasOwn(kinds, kind) && kinds[kind as Kind].safeParse(value).success;
}
