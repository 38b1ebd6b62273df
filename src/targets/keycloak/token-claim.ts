/** What of a client decides what its tokens carry. */
export interface TokenSettings {
  readonly clientId: string;
  readonly fullScopeAllowed?: boolean;
  readonly protocolMappers?: readonly Mapper[];
}

export interface Mapper {
  readonly id?: string;
  readonly name: string;
  readonly protocol: string;
  readonly protocolMapper: string;
  readonly config?: Readonly<Record<string, string>>;
}

/** Where consuming services look for permissions. */
export const permissionsClaim = 'permissions';

/** Keycloak's own attribute of a client, in seconds. */
export const lifespan = 'access.token.lifespan';

/**
 * The claim of access tokens that carries the client's permissions, all of them and nothing else, in a token that is for this client
 * alone; empty where tokens are not like that. Whatever the mappers are called: a client that people have made by hand counts as
 * well as one of ours.
 *
 * With Keycloak's full scope a token names every client of which somebody has a role as its audience, and a permission of one
 * application would count in another that has one of the same name; a second mapper into the claim could add anything at all. What client
 * scopes add to the client's own mappers is not looked at.
 */
export function claimOf({ clientId, fullScopeAllowed, protocolMappers = [] }: TokenSettings): string {
  const carrier = protocolMappers.find((mapper) => carriesPermissions(mapper, clientId));
  const claim = carrier?.config?.['claim.name'] ?? '';
  const alone = protocolMappers.every((mapper) => mapper === carrier || mapper.config?.['claim.name'] !== claim);
  const named = protocolMappers.some((mapper) => namesAudience(mapper, clientId));
  return alone && named && fullScopeAllowed === false ? claim : '';
}

/** Whether it puts the roles of this client, under their own names and as a list, into access tokens. */
export function carriesPermissions({ protocolMapper, config = {} }: Mapper, clientId: string): boolean {
  return (
    protocolMapper === 'oidc-usermodel-client-role-mapper' &&
    config['usermodel.clientRoleMapping.clientId'] === clientId &&
    (config['usermodel.clientRoleMapping.rolePrefix'] ?? '') === '' &&
    config['access.token.claim'] === 'true' &&
    config.multivalued === 'true' &&
    (config['jsonType.label'] ?? 'String') === 'String'
  );
}

/** Whether it names this client as the audience of access tokens. */
export function namesAudience({ protocolMapper, config = {} }: Mapper, clientId: string): boolean {
  const audiences = [config['included.client.audience'], config['included.custom.audience']];
  return (
    protocolMapper === 'oidc-audience-mapper' && audiences.includes(clientId) && config['access.token.claim'] === 'true'
  );
}
