import { z } from 'zod';
import { metadataOfApplication } from './metadata.ts';
import { apiVersion, date, kindOf, name } from './text.ts';

const user = z.strictObject({
  id: z.string().min(1).max(255).regex(/^\S+$/).optional().describe('The account at the identity provider.'),
  email: z
    .string()
    .max(320)
    .regex(/^[^\s@]+@[^\s@]+$/)
    .optional()
    .describe('With connection, exactly one account with this verified address.'),
  connection: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe('An address alone proves nothing: the connection it comes over.'),
  reason: z.string().min(1).max(500).optional().describe('Why this person holds it.'),
  validThrough: date.optional().describe('The last day, in UTC.'),
});

/** Users managed as code. */
export const assignment = z
  .strictObject({
    apiVersion,
    kind: kindOf('Assignment'),
    metadata: metadataOfApplication,
    spec: z
      .strictObject({
        role: name.describe('The role or custom role that the people hold.'),
        apps: z.array(name).min(1).optional().describe('The apps that a restrictable role is narrowed to.'),
        allApps: z
          .literal(true)
          .optional()
          .describe('A restrictable role for all apps; needed where there are no apps.'),
        users: z.array(user).min(1).describe('The people who hold it.'),
      })
      .describe('Which role, for which apps, and who.'),
  })
  .describe('Who holds a role, and for which apps. People with the same apps share one document.');
