import { createHash, createPublicKey } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { anyScope } from '../authentication.ts';
import type { EntityLimits } from '../entity-limits.ts';
import { entityLimitError } from '../entity-limits.ts';
import { apiError } from '../errors.ts';
import { newHexId } from '../ids.ts';
import { answerPage, selectFields } from '../paging.ts';
import { findResourceServer, permissionKey, splitPermissionKey } from '../permissions.ts';
import { answer, answerNothing, readBody } from '../request.ts';
import { createResourceServerSchema, updateResourceServerSchema } from '../resource-server-schema.ts';
import type { ResourceServer, ResourceServerScope, Store } from '../store.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';

const identifiersPerQuery = 10;

interface ResourceServerBody {
  readonly identifier?: string;
  readonly scopes?: readonly ResourceServerScope[];
  readonly [property: string]: unknown;
}

/** `/resource-servers` and `/resource-servers/{id}`, where the id may also be the identifier, with its slashes encoded. */
export function resourceServersRoutes(tenant: Tenant): Hono<EmulatorEnv> {
  const { store, limits } = tenant;
  return new Hono<EmulatorEnv>()
    .get('/resource-servers', anyScope('read:resource_servers'), (context) => {
      const identifiers = readIdentifiers(context);
      const servers = store.resourceServers
        .values()
        .filter((server) => identifiers.length === 0 || identifiers.includes(server.identifier));
      return answerPage(context, 'resource_servers', servers, selectFields(context));
    })
    .post('/resource-servers', anyScope('create:resource_servers'), async (context) => {
      const body = await readBody<ResourceServerBody & { identifier: string }>(context, createResourceServerSchema);
      if (store.resourceServers.values().some((server) => server.identifier === body.identifier)) {
        throw apiError(409, 'A resource server with the same identifier already exists.');
      }
      refuseTooManyScopes(limits, body.scopes);
      if (store.resourceServers.values().filter((server) => !server.is_system).length >= limits.resourceServers) {
        throw entityLimitError();
      }
      const server = withSettings({ ...defaults, id: newHexId(), identifier: body.identifier }, body);
      store.atomically(() => store.resourceServers.set(server.id, server));
      return answer(context, server, 201);
    })
    .get('/resource-servers/:id', anyScope('read:resource_servers'), (context) =>
      answer(context, selectFields(context)(known(store, context.req.param('id')))),
    )
    .patch('/resource-servers/:id', anyScope('update:resource_servers'), async (context) => {
      const body = await readBody<ResourceServerBody>(context, updateResourceServerSchema);
      const server = known(store, context.req.param('id'));
      refuseSystem(server, 'modified');
      refuseTooManyScopes(limits, body.scopes);
      const changed = withSettings(server, body);
      store.atomically(() => {
        removeScopes(tenant, server, changed);
        store.resourceServers.set(server.id, changed);
      });
      return answer(context, changed);
    })
    .delete('/resource-servers/:id', anyScope('delete:resource_servers'), (context) => {
      const server = findResourceServer(store, context.req.param('id'));
      if (server !== undefined) {
        refuseSystem(server, 'deleted');
        store.atomically(() => {
          for (const { value } of server.scopes ?? []) {
            takeFromEverybody(store, permissionKey(server.id, value));
          }
          store.resourceServers.delete(server.id);
        });
      }
      return answerNothing(context);
    });
}

/** What a resource server has that was created with an identifier alone (TestAccResourceServer, 2026). */
const defaults = {
  allow_offline_access: false,
  skip_consent_for_verifiable_first_party_clients: false,
  subject_type_authorization: { client: { policy: 'require_client_grant' }, user: { policy: 'allow_all' } },
  token_lifetime: 86_400,
  token_lifetime_for_web: 7200,
  signing_alg: 'RS256',
};

function known(store: Store, idOrIdentifier: string): ResourceServer {
  const server = findResourceServer(store, idOrIdentifier);
  if (server === undefined) {
    throw apiError(404, 'The resource server does not exist', 'inexistent_resource_server');
  }
  return server;
}

function readIdentifiers(context: Context<EmulatorEnv>): string[] {
  const identifiers = (context.req.queries('identifiers') ?? []).flatMap((value) => value.split(','));
  if (identifiers.length > identifiersPerQuery) {
    const reason = `Array is too long (${identifiers.length}), maximum ${identifiersPerQuery}`;
    throw apiError(400, `Query validation error: '${reason}' on property identifiers.`, 'invalid_query_string');
  }
  return identifiers;
}

/** 400 is in the OpenAPI, the text is not recorded. */
function refuseSystem(server: ResourceServer, what: string): void {
  if (server.is_system) {
    throw apiError(400, `System resource servers can not be ${what}.`);
  }
}

function refuseTooManyScopes(limits: EntityLimits, scopes: readonly ResourceServerScope[] | undefined): void {
  if (scopes !== undefined && scopes.length > limits.scopesPerResourceServer) {
    throw entityLimitError();
  }
}

/** `body` over `server`: `scopes` is replaced whole, the policies are merged one by one, null takes a property away. */
function withSettings(server: ResourceServer, body: ResourceServerBody): ResourceServer {
  const merged: Record<string, unknown> = { ...server, ...body };
  if (body.subject_type_authorization !== undefined) {
    merged.subject_type_authorization = {
      ...(server.subject_type_authorization as object | undefined),
      ...(body.subject_type_authorization as object),
    };
  }
  if (body.token_encryption) {
    merged.token_encryption = shownEncryption(body.token_encryption as TokenEncryption);
  }
  const settings = Object.entries(merged).filter(([, value]) => value !== null);
  return { id: server.id, identifier: server.identifier, ...Object.fromEntries(settings) };
}

interface TokenEncryption {
  readonly format: string;
  readonly encryption_key: { readonly pem: string; readonly [property: string]: unknown };
}

/** The key itself is never shown again; its thumbprint is, where it has no `kid` (TestAccResourceServer). */
function shownEncryption({ format, encryption_key: { pem, ...key } }: TokenEncryption): object {
  return { format, encryption_key: key.kid === undefined ? { ...key, thumbprint_sha256: thumbprint(pem) } : key };
}

/** RFC 7638, of an RSA public key or of the key in a certificate. */
function thumbprint(pem: string): string {
  try {
    const { e, kty, n } = createPublicKey(pem).export({ format: 'jwk' });
    return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
  } catch {
    throw apiError(400, 'Invalid public key.', 'invalid_body');
  }
}

/** Takes scopes that are gone from whoever holds them, or refuses (400, the text is ours: it was never seen). */
function removeScopes({ store, scopeRemoval }: Tenant, before: ResourceServer, after: ResourceServer): void {
  const kept = new Set(after.scopes?.map((scope) => scope.value));
  const removed = (before.scopes ?? [])
    .filter((scope) => !kept.has(scope.value))
    .map((scope) => permissionKey(before.id, scope.value))
    .filter((key) => store.rolePermissions.leftsOf(key).size + store.userPermissions.leftsOf(key).size > 0);
  if (scopeRemoval === 'refuse' && removed.length > 0) {
    const names = removed.map((key) => splitPermissionKey(key)[1]).join(', ');
    throw apiError(400, `Scopes that are assigned to roles or users can not be removed: ${names}`, 'scope_in_use');
  }
  for (const key of removed) {
    takeFromEverybody(store, key);
  }
}

function takeFromEverybody(store: Store, key: string): void {
  for (const relation of [store.rolePermissions, store.userPermissions]) {
    for (const holder of [...relation.leftsOf(key).keys()]) {
      relation.remove(holder, key);
    }
  }
}
