import { z } from 'zod';
import { metadataOfConstraint } from './metadata.ts';
import { apiVersion, date, kindOf, permissionReference, purpose } from './text.ts';

const role = z
  .string()
  .min(1)
  .max(129)
  .describe('A role: its name, or application/role where the constraint belongs to no application.');

const permissions = z.array(permissionReference);
const permissionsText = 'Permissions; a level means at least.';

const exception = z
  .strictObject({
    role: role.optional().describe('The role that is excepted.'),
    assignment: role.optional().describe('The assignment that is excepted.'),
    permission: permissionReference.optional().describe('The permission that is excepted.'),
    user: z.string().min(1).max(320).optional().describe('The person who is excepted, as written in the assignment.'),
    owner: z.string().min(1).max(200).describe('Who answers for it.'),
    reason: z.string().min(1).max(500).describe('Why it is right for now.'),
    validThrough: date.describe('The last day, in UTC.'),
  })
  .describe('Names exactly what it excepts; never inherited.');

/** A rule over roles. The rule is the key, so that an error speaks of its fields and no other rule's. */
export const constraint = z
  .strictObject({
    apiVersion,
    kind: kindOf('Constraint'),
    metadata: metadataOfConstraint,
    spec: z
      .strictObject({
        separate: z
          .strictObject({ permissions: permissions.min(2).describe(permissionsText) })
          .optional()
          .describe('No role, and no person through assignments, holds two of them.'),
        supervises: z
          .strictObject({
            supervisor: role,
            supervised: z.array(role).min(1).describe('The roles that it supervises.'),
          })
          .optional()
          .describe('The supervisor holds whatever the supervised hold.'),
        reserved: z
          .strictObject({
            permissions: permissions.min(1).describe(permissionsText),
            roles: z.array(role).min(1).describe('The roles that may hold them, and no other.'),
          })
          .optional()
          .describe('Only these roles may hold them.'),
        holders: z
          .strictObject({
            role,
            atLeast: z.int().min(0).max(1000).optional().describe('How many people hold it at the least.'),
            atMost: z.int().min(0).max(1000).optional().describe('How many people hold it at the most.'),
          })
          .optional()
          .describe('How many people hold the role.'),
        never: z
          .strictObject({ permissions: permissions.min(1).describe(permissionsText), purpose })
          .optional()
          .describe('In no environment of this purpose does anyone hold them.'),
        exceptions: z.array(exception).min(1).optional().describe('What may break the rule for now, and until when.'),
      })
      .describe('One rule, and its exceptions.'),
  })
  .describe('A rule over roles: separate, supervises, reserved, holders or never.');
