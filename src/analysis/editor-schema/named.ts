import type { JsonSchema } from '../../language/published-schema.ts';
import type { Choice } from './offers.ts';
import { entryOf, singleOf } from './offers.ts';

/** Choices under `definitions`, so that each is written once however many places refer to it. */
export interface Named<What extends string> {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  /** An entry of a list. */
  readonly entry: (what: What) => JsonSchema;
  /** The value of a key. */
  readonly value: (what: What) => JsonSchema;
}

/**
 * Names for choices.
 *
 * @param owner the application; `any` where the names are those of the repository, for no application is called so
 */
export function named<What extends string>(owner: string, choices: Readonly<Record<What, Choice>>): Named<What> {
  const entry = (what: What) => ({ $ref: `#/definitions/${owner}.${what}.entry` });
  const definitions = (Object.entries(choices) as [What, Choice][]).flatMap(([what, choice]) => [
    [`${owner}.${what}.entry`, entryOf(choice)],
    [`${owner}.${what}.value`, singleOf(choice, entry(what))],
  ]);
  return {
    definitions: Object.fromEntries(definitions),
    entry,
    value: (what) => ({ $ref: `#/definitions/${owner}.${what}.value` }),
  };
}
