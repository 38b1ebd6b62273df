import type { Store } from './store.ts';
import type { Schema } from './validation.ts';

/** An organization exactly as it is answered: what was never set is absent. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly display_name?: string;
  readonly [property: string]: unknown;
}

const alterable: Readonly<Record<string, Schema>> = {
  name: {
    type: 'string',
    minLength: 1,
    maxLength: 50,
    pattern: /^(?!org_)[a-z0-9][a-z0-9_-]*$/,
    description: 'The name of this organization.',
  },
  display_name: { type: 'string', minLength: 1, maxLength: 255, description: 'Friendly name of this organization.' },
  branding: { type: 'object', open: true },
  metadata: { type: 'object', open: true },
  token_quota: { type: ['object', 'null'], open: true },
  third_party_client_access: { type: 'string' },
};

/** What POST /organizations accepts; connections are accepted and forgotten. */
export const createOrganizationSchema: Schema = {
  type: 'object',
  required: ['name'],
  properties: { ...alterable, enabled_connections: { type: 'array' } },
};

/** What PATCH /organizations/{id} accepts. */
export const updateOrganizationSchema: Schema = { type: 'object', properties: alterable };

/** The left side of the relation of members to their roles. Organization ids hold no space. */
export function memberKey(organization: string, user: string): string {
  return `${organization} ${user}`;
}

/** Takes a person out of an organization, and the roles that this person had there. */
export function removeMember(store: Store, organization: string, user: string): void {
  const key = memberKey(organization, user);
  for (const role of [...store.memberRoles.rightsOf(key).keys()]) {
    store.memberRoles.remove(key, role);
  }
  store.members.remove(organization, user);
}
