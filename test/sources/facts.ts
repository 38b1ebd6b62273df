import { readFileSync } from 'node:fs';
import { z } from 'zod';

const alternativesSchema = z.record(z.string(), z.array(z.string()));

const flexnetSchema = z.strictObject({
  application: z.string(),
  titleAlternatives: alternativesSchema,
  permissionTotal: z.number(),
  sharedByAll: z.number(),
  roleTotals: z.record(z.string(), z.number()),
  sections: z.array(z.strictObject({ title: z.string(), permissions: z.array(z.string()) })),
  roles: z.record(z.string(), z.record(z.string(), z.array(z.string()))),
});

const documentedSchema = z.strictObject({
  title: z.string(),
  documented: z.boolean(),
  counts: z.strictObject({ statements: z.number(), exceptions: z.number() }),
  hiddenAreas: z.array(z.string()),
  refusedActions: z.array(z.string()),
  remains: z.array(z.string()),
  alsoMentioned: z.array(z.string()),
});

const flexSchema = z.strictObject({
  application: z.string(),
  about: z.array(z.string()),
  titleAlternatives: alternativesSchema,
  permissionTotal: z.number(),
  sections: z.array(z.strictObject({ title: z.string(), permissions: z.array(documentedSchema) })),
});

const levelSchema = z.enum(['none', 'view-summary', 'view', 'edit']);
const notificationSchema = z.enum(['receive', 'act', 'act-as-admin']);
const restrictionSchema = z.enum(['apps', 'nothing']);
const forEachRole = <T extends z.ZodType>(item: T) => z.array(item).length(5);

const productivSchema = z.strictObject({
  application: z.string(),
  about: z.array(z.string()),
  titleAlternatives: alternativesSchema,
  roles: forEachRole(z.strictObject({ title: z.string(), restrictable: z.boolean() })),
  actions: z.array(
    z.strictObject({
      title: z.string(),
      restrictedBy: restrictionSchema.optional(),
      levels: forEachRole(levelSchema),
    }),
  ),
  notifications: z.strictObject({ order: z.array(notificationSchema), levels: forEachRole(notificationSchema) }),
  uploads: z.strictObject({
    settingsPage: z.strictObject({ action: z.string(), restrictedBy: restrictionSchema, roles: z.array(z.string()) }),
    contractsPage: z.strictObject({ restrictedBy: restrictionSchema, roles: z.array(z.string()) }),
  }),
  withheld: z.array(z.strictObject({ action: z.string(), level: levelSchema, words: z.array(z.string()) })),
  defaultProvisioning: z.boolean(),
  customRoles: z.number(),
});

export type TitleAlternatives = z.infer<typeof alternativesSchema>;
export type FlexnetFacts = z.infer<typeof flexnetSchema>;
export type DocumentedPermission = z.infer<typeof documentedSchema>;
export type FlexFacts = z.infer<typeof flexSchema>;
export type ProductivFacts = z.infer<typeof productivSchema>;

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));

export const flexnetFacts: FlexnetFacts = flexnetSchema.parse(read('flexnet-operations.facts.json'));
export const flexFacts: FlexFacts = flexSchema.parse(read('flex-rental.facts.json'));
export const productivFacts: ProductivFacts = productivSchema.parse(read('productiv.facts.json'));
