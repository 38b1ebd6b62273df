import { z } from 'zod';
import { metadataOfApplication } from './metadata.ts';
import { apiVersion, kindOf, name } from './text.ts';

const allApps = z
  .literal(true)
  .describe(
    'Needed where the role is restrictable: the default has no apps of its own. A custom role brings its apps.',
  );

const given = name.describe('The role or custom role that they are given.');

/** Just-in-time provisioning. */
export const provisioningPolicy = z
  .strictObject({
    apiVersion,
    kind: kindOf('ProvisioningPolicy'),
    metadata: metadataOfApplication,
    spec: z
      .strictObject({
        enabled: z.boolean().describe('Whether anybody is given a role at sign-in at all.'),
        default: z
          .strictObject({ role: given, allApps: allApps.optional() })
          .describe('What a person is given for whom no rule below is meant.'),
        byEmailDomain: z
          .array(
            z.strictObject({
              domain: z
                .string()
                .max(253)
                .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/)
                .describe('The part after the @, in lower case; the address must be verified.'),
              connection: z.string().min(1).max(128).describe('The connection over which the address must come.'),
              role: given,
              allApps: allApps.optional(),
            }),
          )
          .min(1)
          .optional()
          .describe('Other roles for people of an organisation, by the domain of their address.'),
      })
      .describe('Who is given what.'),
  })
  .describe('The role of a person who signs in for the first time.');
