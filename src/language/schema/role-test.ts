import { z } from 'zod';
import { metadataOfApplication } from './metadata.ts';
import { apiVersion, kindOf, name, permissionReference } from './text.ts';

const expectation = z.strictObject({
  role: name.optional().describe('The role or custom role that is tested.'),
  assignment: name.optional().describe('Or the assignment.'),
  app: name.optional().describe('For which app; required where role and permission are restricted.'),
  can: z.array(permissionReference).min(1).optional().describe('What it may do; a level means at least.'),
  cannot: z.array(permissionReference).min(1).optional().describe('What it may not do.'),
  exact: z
    .array(permissionReference)
    .optional()
    .describe("The role's whole set, each permission at its highest level."),
});

/** Expectations of roles. */
export const roleTest = z
  .strictObject({
    apiVersion,
    kind: kindOf('RoleTest'),
    metadata: metadataOfApplication,
    spec: z
      .strictObject({ tests: z.array(expectation).min(1).describe('One for each role, and app, that is tested.') })
      .describe('What is expected.'),
  })
  .describe('What roles can and cannot do. What is not expected is not tested; a misspelt name is an error.');
