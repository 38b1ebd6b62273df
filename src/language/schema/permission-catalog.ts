import { z } from 'zod';
import { metadata } from './metadata.ts';
import {
  apiVersion,
  description,
  kindOf,
  name,
  permissionName,
  permissionReference,
  scope,
  title,
  version,
} from './text.ts';

const effects = z.array(z.string().min(1).max(300)).min(1);

const whenDenied = z
  .strictObject({
    hidden: effects.optional().describe('Areas that cannot be seen: "Inventory > ROI Dashboard".'),
    refused: effects.optional().describe('Actions that cannot be done.'),
    remains: effects.optional().describe('What can be seen or done all the same.'),
    undocumented: z.string().min(1).max(300).optional().describe('Why nothing is known of it. Stands alone.'),
  })
  .describe('What a person loses when the permission (at this level) is denied.');

const restrictedBy = z
  .enum(['apps', 'nothing'])
  .describe(
    'Whether a restriction to apps narrows it. Required, here or on the section, where an AppDirectory exists.',
  );

const sensitive = z.boolean().describe('Whether gaining it deserves a second look.');

const alsoForVendors = z
  .boolean()
  .describe('Whether who is restricted to an app reaches its vendor and resellers with it. Unmarked means no.');

const level = z.strictObject({
  name,
  title: title.optional(),
  scope: scope.optional(),
  sensitive: sensitive.optional(),
  alsoForVendors: alsoForVendors.optional(),
  whenDenied: whenDenied.optional(),
});

const permission = z.strictObject({
  name,
  title: title.optional(),
  description: description.optional(),
  scope: scope.optional(),
  restrictedBy: restrictedBy.optional(),
  sensitive: sensitive.optional(),
  alsoForVendors: alsoForVendors.optional(),
  levels: z.array(level).min(1).optional().describe('Lowest first; a higher one includes the lower ones.'),
  requires: z
    .array(permissionReference)
    .min(1)
    .optional()
    .describe('Permissions that a role with this one must hold too. Checked, never granted.'),
  whenDenied: whenDenied.optional(),
  formerly: z.array(permissionName).min(1).optional().describe('Whole old references, oldest first.'),
});

const section = z.strictObject({
  name,
  title: title.optional(),
  description: description.optional(),
  restrictedBy: restrictedBy.optional(),
  scopePrefix: name.optional().describe('Stands before the scopes of the section, where its names recur elsewhere.'),
  permissions: z.array(permission).describe('The permissions of the section; `[]` where there are none yet.'),
});

/** The versioned list of an application's permissions, in sections. */
export const permissionCatalog = z
  .strictObject({
    apiVersion,
    kind: kindOf('PermissionCatalog'),
    metadata,
    spec: z
      .strictObject({
        version,
        sections: z.array(section).min(1).describe('The permissions, in the order in which people read them.'),
        retired: z
          .array(permissionName)
          .min(1)
          .optional()
          .describe('References that are not used again for something else.'),
      })
      .describe('What there is to be permitted.'),
  })
  .describe("An application's permissions, in sections. Its name is the application's name.");
