import { z } from 'zod';
import { metadataOfApplication } from './metadata.ts';
import { apiVersion, name } from './text.ts';

const allApps = z
  .literal(true)
  .describe(
    'Needed where the role is restrictable: the default has no apps of its own. A custom role brings its apps.',
  );

/** Just-in-time provisioning. */
export const provisioningPolicy = z
  .strictObject({
    apiVersion,
    kind: z.literal('ProvisioningPolicy'),
    metadata: metadataOfApplication,
    spec: z.strictObject({
      enabled: z.boolean(),
      default: z.strictObject({ role: name, allApps: allApps.optional() }),
      byEmailDomain: z
        .array(
          z.strictObject({
            domain: z
              .string()
              .max(253)
              .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/)
              .describe('The part after the @, in lower case; the address must be verified.'),
            connection: z.string().min(1).max(128).describe('The connection over which the address must come.'),
            role: name,
            allApps: allApps.optional(),
          }),
        )
        .min(1)
        .optional(),
    }),
  })
  .describe('The role of a person who signs in for the first time.');
