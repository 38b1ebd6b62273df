import type { z } from 'zod';
import { appDirectory, customRole } from './apps.ts';
import { assignment } from './assignment.ts';
import { constraint } from './constraint.ts';
import { environment } from './environment.ts';
import { permissionCatalog } from './permission-catalog.ts';
import { provisioningPolicy } from './provisioning-policy.ts';
import { role } from './role.ts';
import { roleTest } from './role-test.ts';

/** The schema of each kind: the single source of the types and of the published JSON Schema. */
export const kinds = {
  PermissionCatalog: permissionCatalog,
  Role: role,
  AppDirectory: appDirectory,
  CustomRole: customRole,
  Assignment: assignment,
  ProvisioningPolicy: provisioningPolicy,
  Constraint: constraint,
  RoleTest: roleTest,
  Environment: environment,
} as const;

export type Kind = keyof typeof kinds;

/** A document as written, once its shape is known to be right. */
export type Written<K extends Kind = Kind> = z.infer<(typeof kinds)[K]>;

export type WrittenCatalog = Written<'PermissionCatalog'>;
export type WrittenRole = Written<'Role'>;
export type WrittenAppDirectory = Written<'AppDirectory'>;
export type WrittenCustomRole = Written<'CustomRole'>;
export type WrittenPolicy = Written<'ProvisioningPolicy'>;
export type WrittenEnvironment = Written<'Environment'>;
export type WrittenAssignment = Written<'Assignment'>;
export type WrittenConstraint = Written<'Constraint'>;
export type WrittenRoleTest = Written<'RoleTest'>;
