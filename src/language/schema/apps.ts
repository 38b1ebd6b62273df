import { z } from 'zod';
import { metadataOfApplication } from './metadata.ts';
import { onlyIn } from './role.ts';
import { apiVersion, kindOf, name, title } from './text.ts';

const resellers = z.array(name).min(1).describe('Who sells it; reached by levels marked alsoForVendors.');
const formerly = z.array(name).min(1).describe('Old names, oldest first. Its scope keeps the oldest.');

/** The products tracked inside an application. */
export const appDirectory = z
  .strictObject({
    apiVersion,
    kind: kindOf('AppDirectory'),
    metadata: metadataOfApplication,
    spec: z
      .strictObject({
        vendors: z
          .array(
            z.strictObject({
              name,
              title: title.optional(),
              resellers: resellers.optional(),
              formerly: formerly.optional(),
            }),
          )
          .min(1)
          .optional()
          .describe('Who makes the apps; a level marked alsoForVendors reaches them.'),
        apps: z
          .array(
            z.strictObject({
              name,
              title: title.optional(),
              vendor: name.optional().describe('Who makes it: one of the vendors above.'),
              resellers: resellers.optional(),
              formerly: formerly.optional(),
            }),
          )
          .min(1)
          .describe('The products that roles can be narrowed to.'),
      })
      .describe('What there is to be narrowed to.'),
  })
  .describe('The products tracked inside an application, with their vendors and resellers.');

/** A base role narrowed to a list of apps. */
export const customRole = z
  .strictObject({
    apiVersion,
    kind: kindOf('CustomRole'),
    metadata: metadataOfApplication,
    spec: z
      .strictObject({
        base: name.describe('A restrictable role; the custom role is never more than it.'),
        onlyIn: onlyIn.optional(),
        apps: z.array(name).min(1).describe('At least one; a custom role for all apps is its base.'),
      })
      .describe('Which role, and which apps it is narrowed to.'),
  })
  .describe('A base role narrowed to a list of apps; never more than its base.');
