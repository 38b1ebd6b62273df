import { byCodePoint } from '../../language/source.ts';

/**
 * Each kind of finding, in the order in which they are told. A violation breaks a rule that somebody has written down; a
 * review item breaks none, and is for a person to look at.
 */
export const weights = {
  'conflicting-restrictions': 'violation',
  'separated-permissions': 'violation',
  'reserved-permission': 'violation',
  'forbidden-permission': 'violation',
  'missing-required-role': 'violation',
  'too-few-holders': 'violation',
  'too-many-holders': 'violation',
  'expired-assignment': 'violation',
  'direct-permission': 'review',
  'foreign-role': 'review',
  'undeclared-holder': 'review',
  'blocked-holder': 'review',
  'sensitive-holder': 'review',
  'default-role-user': 'review',
  'unheld-role': 'review',
} as const satisfies Record<string, 'violation' | 'review'>;

export type FindingCode = keyof typeof weights;
export type Weight = (typeof weights)[FindingCode];

/** One thing that an audit has found. What a code does not speak of is null or empty; docs/audit.md says what each tells. */
export interface AuditFinding {
  readonly code: FindingCode;
  readonly weight: Weight;
  /** null for a constraint over several applications, and for a person as a whole. */
  readonly application: Titled | null;
  readonly person: AuditPerson | null;
  /** Only where the person signs in through this organization; null: in the tenant itself. */
  readonly organization: string | null;
  /** The role that the finding is about. */
  readonly role: AuditRole | null;
  readonly rule: AuditRule | null;
  /** Sorted by reference. */
  readonly permissions: readonly AuditPermission[];
  /** The restriction markers that meet, sorted. */
  readonly markers: readonly string[];
  /** By which roles, sorted by title; beside `permissions`, each of which knows its own, they are empty. */
  readonly through: readonly AuditSource[];
  /** How many there are, and how many there should be. */
  readonly found: number | null;
  readonly limit: number | null;
  /** The last day, `YYYY-MM-DD`. */
  readonly day: string | null;
}

export interface Titled {
  readonly name: string;
  readonly title: string;
}

export interface AuditPerson {
  readonly id: string;
  /** null where there is none, and in a sign-off, which keeps ids only. */
  readonly address: string | null;
}

export interface AuditRole {
  /** `application/role` as declared; null for a role that nobody declares. */
  readonly reference: string | null;
  readonly title: string;
  /** At the identity provider; null where it is not there. */
  readonly id: string | null;
}

/** What a person holds something by: a role, or no role at all. */
export type AuditSource = (AuditRole & { readonly kind: 'role' }) | { readonly kind: 'direct' };

export interface AuditRule {
  readonly kind: 'constraint' | 'guard' | 'assignment' | 'provisioning';
  readonly name: string;
  /** `roles/…/constraints.yaml:5:9`. */
  readonly place: string;
}

export interface AuditPermission {
  /** `application/section/permission:level`; null for a scope that no catalog declares. */
  readonly reference: string | null;
  readonly scope: string;
  readonly title: string;
  readonly level: string | null;
  readonly sensitive: boolean;
  readonly through: readonly AuditSource[];
}

const nothing = {
  application: null,
  person: null,
  organization: null,
  role: null,
  rule: null,
  permissions: [],
  markers: [],
  through: [],
  found: null,
  limit: null,
  day: null,
} as const satisfies Omit<AuditFinding, 'code' | 'weight'>;

/** A finding of a kind; what is not said does not concern it. */
export function finding(code: FindingCode, said: Partial<Omit<AuditFinding, 'code' | 'weight'>>): AuditFinding {
  const permissions = (said.permissions ?? []).toSorted(byReference);
  return { code, weight: weights[code], ...nothing, ...said, permissions };
}

function byReference(a: AuditPermission, b: AuditPermission): number {
  return byCodePoint(a.reference ?? '', b.reference ?? '') || byCodePoint(a.scope, b.scope);
}
