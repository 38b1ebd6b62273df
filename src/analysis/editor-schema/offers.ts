import type { JsonSchema } from '../../language/published-schema.ts';
import { implies } from '../../language/published-schema.ts';

/** A name that an editor offers, with what it shows of it: in the list of completions, and where one hovers over it. */
export interface Offer {
  readonly name: string;
  readonly markdown: string;
}

/** The names that may stand in a place. */
export interface Choice {
  /** Heads the hover, and says in the list of problems where one comes from: "Permission of Productiv". */
  readonly title: string;
  /** What is said of any other name: one line. */
  readonly refusal: string;
  readonly offers: readonly Offer[];
}

/**
 * An entry of a list of names. What is right meets a pattern and not the enum itself, which a language server would print
 * whole in every hover; what is wrong meets the enum; and what is being typed, which is no text yet, is offered it.
 */
export function entryOf({ title, refusal, offers }: Choice): JsonSchema {
  if (offers.length === 0) return {};
  const names = offers.map(({ name }) => name);
  const shown = offers.map(({ name, markdown }) => implies({ const: name }, { markdownDescription: markdown }));
  return {
    title,
    ...implies(isOneOf(names), { allOf: shown }),
    else: {
      ...implies({ type: 'string' }, { enum: names, errorMessage: refusal }),
      else: { ...offered(offers), errorMessage: refusal },
    },
  };
}

/**
 * A single name, as the value of a key; `entry` is the condition on it. There completion looks for an enum in the alternatives and in no condition, so
 * the second alternative is for it alone: it holds for no value.
 */
export function singleOf({ title, offers }: Choice, entry: JsonSchema): JsonSchema {
  return offers.length === 0 ? {} : { title, anyOf: [entry, { ...offered(offers), not: {} }] };
}

/** A name that is offered and not insisted on, for names that are declared in the very document. */
export function suggestionOf({ offers }: Choice): JsonSchema {
  return offers.length === 0 ? {} : { anyOf: [{ type: 'string' }, { ...offered(offers), not: {} }] };
}

/** A choice; what two documents declare by mistake is offered once. */
export function choiceOf(title: string, refusal: string, offers: readonly Offer[]): Choice {
  return { title, refusal, offers: [...new Map(offers.map((offer) => [offer.name, offer])).values()] };
}

/** True of one of these texts, and of nothing else. */
export function isOneOf(names: readonly string[]): JsonSchema {
  return { type: 'string', pattern: `^(?:${names.map(escapePattern).join('|')})$` };
}

/** Conditions on keys. They are not offered as keys a second time: the published schema does that. */
export function keys(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const quiet = Object.entries(properties).map(([key, schema]) => {
    // In draft-07 nothing beside a $ref counts.
    const condition = '$ref' in schema ? { allOf: [schema] } : schema;
    return [key, { ...condition, doNotSuggest: true }];
  });
  return { properties: Object.fromEntries(quiet) };
}

function offered(offers: readonly Offer[]): JsonSchema {
  return {
    enum: offers.map(({ name }) => name),
    markdownEnumDescriptions: offers.map(({ markdown }) => markdown),
  };
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
}
