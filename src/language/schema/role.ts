import { z } from 'zod';
import { metadataOfApplication } from './metadata.ts';
import { apiVersion, kindOf, name, permissionName, permissionReference, purpose } from './text.ts';

const covers = z.strictObject({
  section: name.describe('A section of the catalog.'),
  except: z.array(permissionName).min(1).optional().describe('Permissions of the section that the role does not hold.'),
});

export const onlyIn = z
  .array(purpose)
  .min(1)
  .describe('The purposes of environments that may contain it; all, where nothing is said.');

/** A named set of grants. */
export const role = z
  .strictObject({
    apiVersion,
    kind: kindOf('Role'),
    metadata: metadataOfApplication,
    spec: z
      .strictObject({
        assignable: z.boolean().optional().describe('false: a building block, inherited but never created or held.'),
        restrictable: z.boolean().optional().describe('Whether it may be narrowed to a set of apps. Not inherited.'),
        onlyIn: onlyIn.optional(),
        inherits: z.array(name).min(1).optional().describe('Roles whose permissions it has too.'),
        grants: z.array(permissionReference).min(1).optional().describe('Sorted; a permission stands here once.'),
        covers: z
          .array(covers)
          .min(1)
          .optional()
          .describe('Sections on whose every permission the role has decided. A check, never a grant.'),
      })
      .describe('What it may.'),
  })
  .describe('A named set of grants; may inherit from other roles.');
