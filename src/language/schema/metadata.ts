import { z } from 'zod';
import { description, name, title } from './text.ts';

const owners = z
  .array(z.string().min(1).max(200))
  .min(1)
  .describe('Who is asked when it changes: teams or addresses. CODEOWNERS and reports take them from here.');

const annotations = z
  .record(z.string(), z.string().max(2000))
  .describe('Facts of your own: a ticket, a data class. They give and take nothing.');

const formerly = z
  .array(name)
  .min(1)
  .describe(
    'Old names, oldest first, never sorted. A rename keeps ids and assignments; an old name is never used again.',
  );

const silences = z
  .array(
    z.strictObject({
      lint: name.describe('The name of the lint.'),
      reason: z.string().min(1).max(500).describe('Why it is right here.'),
    }),
  )
  .min(1)
  .describe('Advice that does not apply to this document, each with its reason.');

const shared = {
  name,
  title: title.optional(),
  description: description.optional(),
  owners: owners.optional(),
  annotations: annotations.optional(),
  silences: silences.optional(),
  formerly: formerly.optional(),
};

/** Who a document is, for documents that belong to no application. */
export const metadata = z.strictObject(shared).describe('Who it is. Nothing here gives or takes a permission.');

/** Who a document is, for documents of an application. */
export const metadataOfApplication = z
  .strictObject({
    application: name.describe('The application it belongs to: the name of its PermissionCatalog.'),
    ...shared,
  })
  .describe('Who it is. Nothing here gives or takes a permission.');

/** Who a constraint is; one over several applications belongs to none. */
export const metadataOfConstraint = z
  .strictObject({ application: name.optional().describe('The application it speaks of; none for several.'), ...shared })
  .describe('Who it is. Nothing here gives or takes a permission.');
