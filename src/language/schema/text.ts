import { z } from 'zod';

/** Words that other YAML readers take for a truth value or nothing, or that would read like a wildcard. */
export const reservedNames = [
  'true',
  'false',
  'null',
  'yes',
  'no',
  'on',
  'off',
  'y',
  'n',
  'all',
  'any',
  'none',
  'nothing',
] as const;

/**
 * A name: lower-case letters, digits and single hyphens, at most 64 characters, at least one letter, none of the
 * reserved words. The pattern says all of it, so that the published schema refuses what zod refuses.
 */
export const name = z
  .string()
  .max(64)
  .regex(new RegExp(`^(?!(?:${reservedNames.join('|')})$)(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$`))
  .describe('A name: lower-case letters, digits and single hyphens, at least one letter, at most 64 characters.');

/** What people see; may change freely. A line end or a blank at an end would make two of what looks like one. */
export const title = z
  .string()
  .max(200)
  .regex(/^\S(?:[^\t\n\r]*\S)?$/)
  .describe('What people see, on one line. May change freely; the name stays.');

export const description = z
  .string()
  .max(2000)
  .describe('What it is for, in a sentence or two; "" for a tenant that says nothing.');

/** A permission of the same application: `section/permission`, with `:level` where it has levels. */
export const permissionReference = z
  .string()
  .min(1)
  .max(256)
  .describe('A permission: section/permission:level, or section/permission where it has no levels.');

/** A permission without its level: `section/permission`. */
export const permissionName = z
  .string()
  .min(1)
  .max(256)
  .describe('A permission without its level: section/permission.');

export const scope = z
  .string()
  .max(280)
  .regex(/^[!#-[\]-~]+$/)
  .describe('The scope at the identity provider, for a tenant that already has a name for it.');

export const purpose = z.enum(['development', 'staging', 'production']).describe('What an environment is for.');

/** Three parts, else YAML makes 1.10 the number 1.1. */
export const version = z
  .string()
  .regex(/^(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)$/)
  .describe('The version of the catalog, in three parts: 1.4.0.')
  .meta({ examples: ['1.0.0'] });

/** The kind of a document. */
export function kindOf<const K extends string>(kind: K): z.ZodLiteral<K> {
  return z.literal(kind).describe('What the document declares.');
}

export const apiVersion = z.literal('rolewright/v1').describe('The version of the language.');

/** A day as text: YAML makes nothing else of it. */
export const date = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/)
  .describe('A day: YYYY-MM-DD.');
