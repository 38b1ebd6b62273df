import { z } from 'zod';
import { metadata } from './metadata.ts';
import { apiVersion, kindOf, name, purpose } from './text.ts';

const roleOfApplication = z.string().min(1).max(129).describe('A role of an application: application/role.');

/** What differs between stacks. */
export const environment = z
  .strictObject({
    apiVersion,
    kind: kindOf('Environment'),
    metadata,
    spec: z
      .strictObject({
        purpose,
        target: z
          .enum(['auth0', 'keycloak'])
          .optional()
          .describe('The identity provider: auth0, unless said otherwise.'),
        tenant: z
          .string()
          .max(512)
          .regex(/^[!-~]+$/)
          .describe(
            'The domain of the tenant, or, with `target: keycloak`, the server and the realm; a run against another one is ' +
              'refused. `loopback` in development only.',
          )
          .meta({
            examples: [
              'loopback',
              'acme-production.eu.auth0.com',
              'loopback/realms/acme',
              'sso.example.com/realms/acme',
            ],
          }),
        applications: z
          .array(
            z.strictObject({
              name: name.describe('The application: the name of its PermissionCatalog.'),
              audience: z
                .string()
                .max(600)
                .regex(/^[!-~]+$/)
                .describe('The identifier of its API in this environment.')
                .meta({ examples: ['https://api.productiv.example'] }),
              tokenLifetime: z
                .string()
                .regex(/^[1-9][0-9]{0,6}[smhd]$/)
                .optional()
                .describe('How long an access token lives: 30m, 1h, 1d. An hour, unless said otherwise.')
                .meta({ examples: ['1h', '30m'] }),
            }),
          )
          .min(1)
          .describe('The applications that it has, and where each is found.'),
        protect: z.boolean().optional().describe('Whether the engine refuses to delete applications and roles.'),
        guards: z
          .strictObject({
            maximumRemoval: z
              .string()
              .regex(/^(?:100|[1-9]?[0-9])%$/)
              .optional()
              .describe('The largest share of all grants that one run may take away: 25%.')
              .meta({ examples: ['25%'] }),
            requiredRoles: z
              .array(
                z.strictObject({
                  role: roleOfApplication,
                  minimumHolders: z.int().min(1).max(1000).optional().describe('How many people must hold it.'),
                }),
              )
              .min(1)
              .optional()
              .describe('Roles that must be there, and be held.'),
          })
          .optional()
          .describe('Limits on a plan; one that exceeds them is refused.'),
      })
      .describe('Where it is, what it contains, and what protects it.'),
  })
  .describe('What differs between stacks. The stack of the same name is this environment.');
