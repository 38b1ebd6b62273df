/** What the resources of a stack are, whatever the provider calls their types. */
export const kinds = {
  api: 'api',
  scopes: 'scopes',
  role: 'role',
  /** What a role may do. */
  grants: 'grants',
  /** One person who holds one role. */
  holder: 'holder',
  /** Who signs in is given roles by it. */
  action: 'sign-in action',
  binding: 'sign-in binding',
  /** The role that everybody holds who signs in. */
  defaultRole: 'default role',
} as const;

export type Kind = (typeof kinds)[keyof typeof kinds];

/**
 * What a resource holds, in the words of all targets:
 * an api `{ name, identifier, tokenLifetime, … }`, scopes `{ scopes: { name, description }[] }`, a role `{ name, description }`,
 * grants `{ permissions: { name, resourceServerIdentifier }[] }`, a holder `{ userId }`, an action `{ name, code, deploy }`.
 */
export type Holds = Readonly<Record<string, unknown>>;

/** What the engine has in the place of a value that only the update will know. */
export const notYetKnown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
