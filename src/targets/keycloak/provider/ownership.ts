/** The attribute that says whose something is: `<stack>/<logical name>`. What has none is foreign and never taken over. */
export const ourKey = 'rolewright';

/** The key in an attribute: one text on a client, a list on a role. An object with the property, or without it where there is none. */
export function keyIn(attribute: string | readonly string[] | undefined): { readonly key?: string } {
  const key = typeof attribute === 'string' ? attribute : attribute?.[0];
  return key === undefined || key === '' ? {} : { key };
}

/** How `key` is described wherever it is declared. */
export const keySchema = {
  type: 'string',
  description:
    'Whose it is, kept in the attribute `rolewright`, such as `<stack>/<logical name>`: by it, what a call without an answer has made is known and taken over. Without it, one that is there already is always an error.',
  isOptional: true,
} as const;
