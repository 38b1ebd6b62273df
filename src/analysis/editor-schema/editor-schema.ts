import type { JsonSchema } from '../../language/published-schema.ts';
import { publishedSchema } from '../../language/published-schema.ts';
import type { Definitions } from '../../model/definitions.ts';
import { choicesOf, overallChoices } from './choices.ts';
import { conditionsOf, metadataCondition, overallConditions } from './conditions.ts';
import { named } from './named.ts';
import { inWords } from './wording.ts';

/**
 * The published schema with this repository's own names, for the editor: a role is offered its own application's
 * permissions and nothing else. It accepts nothing that the published schema refuses, for it only adds conditions to it.
 * Never committed: it is out of date with the next line of YAML.
 */
export function editorSchema({ applications }: Definitions): JsonSchema {
  const { $id: _, ...published } = inWords(publishedSchema());
  const overall = named('any', overallChoices(applications));
  const own = applications.map((application) => ({
    application,
    names: named(application.name, choicesOf(application)),
  }));
  return {
    ...published,
    properties: kindsDescribed(published),
    // Of all that is said of a place, a hover shows what comes first.
    allOf: [
      metadataCondition(overall),
      ...own.flatMap(({ application, names }) => conditionsOf(application, names)),
      ...overallConditions(overall),
      ...(published.allOf as readonly JsonSchema[]),
    ],
    definitions: Object.assign(
      {},
      published.definitions,
      overall.definitions,
      ...own.map(({ names }) => names.definitions),
    ),
  };
}

/** The keys of every document, with what each kind is for beside its name. */
function kindsDescribed({ properties, definitions }: JsonSchema): JsonSchema {
  const { kind, ...others } = properties as Readonly<Record<string, JsonSchema>>;
  const described = Object.values(definitions as Readonly<Record<string, JsonSchema>>);
  return { ...others, kind: { ...kind, markdownEnumDescriptions: described.map(({ description }) => description) } };
}
