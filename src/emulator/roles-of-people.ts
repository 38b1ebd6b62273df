import { apiError } from './errors.ts';
import { byteOrder } from './paging.ts';
import type { Role, Store } from './store.ts';
import type { Schema } from './validation.ts';

/** The body `{roles: [id, …]}`, at least one; `description` is what the endpoint says of the list. */
export function rolesSchema(description: string): Schema {
  return {
    type: 'object',
    required: ['roles'],
    properties: { roles: { type: 'array', description, minItems: 1, items: { type: 'string', minLength: 1 } } },
  };
}

/** The ids, all of them known; 400 otherwise. Not recorded: the text is the one of organization invitations. */
export function knownRoles(store: Store, ids: readonly string[]): readonly string[] {
  const unknown = ids.filter((id) => store.roles.get(id) === undefined);
  if (unknown.length > 0) {
    throw apiError(400, `One or more of the specified roles do not exist: ${unknown.join(', ')}`, 'invalid_body');
  }
  return ids;
}

/** Roles by name in byte order, uppercase first. */
export function sortedByName(roles: readonly Role[]): Role[] {
  return [...roles].sort((left, right) => byteOrder(left.name, right.name));
}

/** A role as the lists of what a person holds have it. */
export function shownRoleOfPerson({ id, name, description }: Role): object {
  return { id, name, description };
}
