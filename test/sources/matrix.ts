import { z } from 'zod';

const denialSchema = z.object({
  hidden: z.array(z.string()),
  refused: z.array(z.string()),
  remains: z.array(z.string()),
});

const levelSchema = z.object({
  name: z.string(),
  title: z.string(),
  documented: z.boolean(),
  whenDenied: denialSchema.nullable(),
});

const permissionSchema = z.object({
  name: z.string(),
  title: z.string(),
  documented: z.boolean().nullable(),
  whenDenied: denialSchema.nullable(),
  levels: z.array(levelSchema),
});

const heldSchema = z.object({
  section: z.string(),
  permission: z.string(),
  level: z.string().nullable(),
  scope: z.string(),
  restrictedBy: z.literal('apps').nullable(),
});

const roleSchema = z.object({
  name: z.string(),
  title: z.string(),
  kind: z.enum(['role', 'custom-role']),
  base: z.string().nullable(),
  apps: z.array(z.string()).nullable(),
  permissions: z.array(heldSchema),
});

const applicationSchema = z.object({
  name: z.string(),
  title: z.string(),
  sections: z.array(z.object({ name: z.string(), title: z.string(), permissions: z.array(permissionSchema) })),
  roles: z.array(roleSchema),
});

const matrixSchema = z.object({ schemaVersion: z.literal(1), applications: z.array(applicationSchema) });

export type Denial = z.infer<typeof denialSchema>;
export type Permission = z.infer<typeof permissionSchema>;
export type Held = z.infer<typeof heldSchema>;
export type Role = z.infer<typeof roleSchema>;
export type Application = z.infer<typeof applicationSchema>;
export type Matrix = z.infer<typeof matrixSchema>;

/** What `rolewright matrix --format json` prints. */
export const parseMatrix = (text: string): Matrix => matrixSchema.parse(JSON.parse(text));

export const applicationNamed = (matrix: Matrix, name: string): Application => {
  const found = matrix.applications.find((application) => application.name === name);
  if (!found) throw new Error(`The matrix has no application ${name}.`);
  return found;
};

/** The catalog entry that a role's line refers to, with the title of its section. */
export const entryOf = (application: Application, held: Held): { section: string; permission: Permission } => {
  const section = application.sections.find(({ name }) => name === held.section);
  const permission = section?.permissions.find(({ name }) => name === held.permission);
  if (!section || !permission) {
    throw new Error(`A role holds ${held.section}/${held.permission}, which the catalog does not have.`);
  }
  return { section: section.title, permission };
};
