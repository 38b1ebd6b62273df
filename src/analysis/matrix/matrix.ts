import { byCodePoint } from '../../language/source.ts';
import type { Application, DenialEffects, Permission, Section } from '../../model/definitions.ts';
import type {
  EffectiveApplication,
  EffectiveCustomRole,
  EffectiveModel,
  EffectiveRole,
  HeldPermission,
} from '../../model/effective-model.ts';

/** Roles × permissions of every application, version 1 of the published shape. */
export interface Matrix {
  readonly schemaVersion: 1;
  readonly applications: readonly MatrixApplication[];
}

/** Sections and permissions keep the order of the catalog; roles are sorted by name. */
export interface MatrixApplication {
  readonly name: string;
  readonly title: string;
  readonly sections: readonly MatrixSection[];
  /** As at the identity provider: roles and custom roles, no building blocks. */
  readonly roles: readonly MatrixRole[];
}

export interface MatrixSection {
  readonly name: string;
  readonly title: string;
  readonly permissions: readonly MatrixPermission[];
}

/** `documented` and `whenDenied` are null where the levels have them; `levels` is empty where there are none. */
export interface MatrixPermission {
  readonly name: string;
  readonly title: string;
  readonly documented: boolean | null;
  readonly whenDenied: MatrixDenial | null;
  readonly levels: readonly MatrixLevel[];
}

export interface MatrixLevel {
  readonly name: string;
  readonly title: string;
  readonly documented: boolean;
  readonly whenDenied: MatrixDenial;
}

export interface MatrixDenial {
  readonly hidden: readonly string[];
  readonly refused: readonly string[];
  readonly remains: readonly string[];
}

export interface MatrixRole {
  readonly name: string;
  readonly title: string;
  readonly kind: 'role' | 'custom-role';
  /** The base of a custom role. */
  readonly base: string | null;
  /** The apps of a custom role, sorted. */
  readonly apps: readonly string[] | null;
  /** Sorted by reference. */
  readonly permissions: readonly MatrixGrant[];
}

export interface MatrixGrant {
  readonly section: string;
  readonly permission: string;
  /** The highest level held; null for a permission without levels. */
  readonly level: string | null;
  readonly scope: string;
  readonly restrictedBy: 'apps' | null;
}

/** Makes the matrix of an effective model. */
export function matrix(model: EffectiveModel): Matrix {
  return { schemaVersion: 1, applications: model.applications.map(matrixApplication) };
}

function matrixApplication({ definition, roles, customRoles }: EffectiveApplication): MatrixApplication {
  const assignable = roles.filter((role) => role.definition.assignable);
  const sorted = [...assignable, ...customRoles].sort((a, b) => byCodePoint(a.definition.name, b.definition.name));
  return {
    name: definition.name,
    title: definition.title,
    sections: definition.sections.map(matrixSection),
    roles: sorted.map((role) => matrixRole(role, definition)),
  };
}

function matrixSection({ name, title, permissions }: Section): MatrixSection {
  return { name, title, permissions: permissions.map(matrixPermission) };
}

function matrixPermission({ name, title, levels, whenDenied }: Permission): MatrixPermission {
  if (levels.length === 0) return { name, title, ...denial(whenDenied), levels: [] };
  const filled = levels.map((level) => ({ name: level.name, title: level.title, ...denial(level.whenDenied) }));
  return { name, title, documented: null, whenDenied: null, levels: filled };
}

function denial(effects: DenialEffects | null): { documented: boolean; whenDenied: MatrixDenial } {
  const { hidden = [], refused = [], remains = [] } = effects ?? {};
  return { documented: effects !== null && effects.undocumented === null, whenDenied: { hidden, refused, remains } };
}

function matrixRole(role: EffectiveRole | EffectiveCustomRole, application: Application): MatrixRole {
  const { name, title } = role.definition;
  const permissions = new Map(
    application.sections.flatMap((section) => section.permissions).map((item) => [item.reference, item]),
  );
  return {
    name,
    title,
    kind: role.kind,
    base: role.kind === 'custom-role' ? role.definition.base.name : null,
    apps: role.kind === 'custom-role' ? role.apps.map((app) => app.name).sort(byCodePoint) : null,
    permissions: role.permissions.map((held) => matrixGrant(held, permissions)),
  };
}

function matrixGrant(held: HeldPermission, permissions: ReadonlyMap<string, Permission>): MatrixGrant {
  const permission = permissions.get(held.permission);
  const level = permission?.levels.find(({ name }) => name === held.level);
  const scope = held.level === null ? permission?.scope : level?.scope;
  if (permission === undefined || typeof scope !== 'string') {
    throw new Error(`the effective model holds ${held.permission}:${held.level}, which its catalog does not have`);
  }
  const { section, name, restrictedBy } = permission;
  return { section, permission: name, level: held.level, scope, restrictedBy };
}
