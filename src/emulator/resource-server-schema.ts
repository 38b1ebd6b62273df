import type { Schema } from './validation.ts';

const alterable: Readonly<Record<string, Schema>> = {
  name: {
    type: 'string',
    maxLength: 200,
    pattern: /^[^<>]+$/,
    description: 'Friendly name for this resource server. Can not contain `<` or `>` characters.',
  },
  scopes: {
    type: 'array',
    description: 'List of permissions (scopes) that this API uses.',
    uniqueBy: 'value',
    items: {
      type: 'object',
      required: ['value'],
      properties: {
        value: { type: 'string', minLength: 1, maxLength: 280, description: 'Value of this scope.' },
        description: { type: 'string', maxLength: 500, description: 'User-friendly description of this scope.' },
      },
    },
  },
  signing_alg: {
    type: 'string',
    enum: ['HS256', 'RS256', 'RS512', 'PS256'],
    description: 'Algorithm used to sign JWTs. Can be `HS256` (default) or `RS256`. `PS256` available via addon.',
  },
  signing_secret: {
    type: 'string',
    minLength: 16,
    description: 'Secret used to sign tokens when using symmetric algorithms (HS256).',
  },
  allow_offline_access: { type: 'boolean' },
  allow_online_access: { type: 'boolean' },
  allow_online_access_with_ephemeral_sessions: { type: 'boolean' },
  token_lifetime: {
    type: 'integer',
    minimum: 0,
    maximum: 2_592_000,
    description: 'Expiration value (in seconds) for access tokens issued for this API from the token endpoint.',
  },
  token_lifetime_for_web: { type: 'integer', minimum: 0, maximum: 2_592_000 },
  token_dialect: {
    type: 'string',
    enum: ['access_token', 'access_token_authz', 'rfc9068_profile', 'rfc9068_profile_authz'],
  },
  skip_consent_for_verifiable_first_party_clients: { type: 'boolean' },
  enforce_policies: { type: 'boolean' },
  token_encryption: {
    type: ['object', 'null'],
    required: ['format', 'encryption_key'],
    properties: {
      format: { enum: ['compact-nested-jwe'], description: 'Format of the encrypted JWT payload.' },
      encryption_key: {
        type: 'object',
        required: ['alg', 'pem'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 128, description: 'Name of the encryption key.' },
          alg: { type: 'string', enum: ['RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'] },
          kid: { type: 'string', minLength: 1, maxLength: 128, description: 'Key ID.' },
          pem: { type: 'string', minLength: 1, maxLength: 4096 },
        },
      },
    },
  },
  consent_policy: { type: ['string', 'null'], enum: ['transactional-authorization-with-mfa', null] },
  authorization_details: { type: ['array', 'null'] },
  proof_of_possession: {
    type: ['object', 'null'],
    required: ['mechanism', 'required'],
    description: 'Proof-of-Possession configuration for access tokens',
    properties: {
      mechanism: { type: 'string', enum: ['mtls', 'dpop'] },
      required: { type: 'boolean' },
      required_for: { type: 'string', enum: ['public_clients', 'all_clients'] },
    },
  },
  subject_type_authorization: {
    type: 'object',
    description: 'Defines application access permission for a resource server',
    properties: {
      user: {
        type: 'object',
        open: true,
        properties: { policy: { type: 'string', enum: ['allow_all', 'deny_all', 'require_client_grant'] } },
      },
      client: {
        type: 'object',
        open: true,
        properties: { policy: { type: 'string', enum: ['deny_all', 'require_client_grant'] } },
      },
    },
  },
  authorization_policy: {
    type: ['object', 'null'],
    required: ['policy_id'],
    properties: { policy_id: { type: 'string', minLength: 1, maxLength: 1024 } },
  },
};

/** What POST /resource-servers accepts. */
export const createResourceServerSchema: Schema = {
  type: 'object',
  required: ['identifier'],
  properties: {
    identifier: {
      type: 'string',
      minLength: 1,
      maxLength: 600,
      description:
        'Unique identifier for the API used as the audience parameter on authorization calls. Can not be changed once set.',
    },
    ...alterable,
  },
};

/** What PATCH /resource-servers/{id} accepts: everything but the identifier. */
export const updateResourceServerSchema: Schema = { type: 'object', properties: alterable };
