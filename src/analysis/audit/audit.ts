import { byCodePoint } from '../../language/source.ts';
import type { Purpose } from '../../model/definitions.ts';
import type { DesiredState } from '../../model/desired-state.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import type { ObservedPeople } from '../../model/observed-people.ts';
import type { ObservedState } from '../../model/observed-state.ts';
import { expiredAssignments, undeclaredHolders } from './assignments.ts';
import type { AuditContext } from './audit-context.ts';
import { auditedRoles } from './audited-roles.ts';
import { brokenConstraints } from './broken-constraints.ts';
import { conflictingRestrictions } from './conflicting-restrictions.ts';
import type { AuditFinding } from './finding.ts';
import { weights } from './finding.ts';
import { findingsDigest } from './findings-digest.ts';
import { brokenGuards } from './holder-counts.ts';
import {
  blockedHolders,
  defaultRoleUsers,
  directPermissions,
  foreignRoles,
  sensitiveHolders,
  unheldRoles,
} from './review-items.ts';
import { standingsOf } from './standing.ts';

/** What an audit of a tenant has come to. Plain JSON, and the same bytes for the same tenant, model and day. */
export interface Audit {
  readonly schemaVersion: 1;
  readonly stack: string;
  readonly purpose: Purpose;
  readonly tenant: string;
  /** The day that counts as today, `YYYY-MM-DD` in UTC. */
  readonly asOf: string;
  /** The digest of the model that it was held to. */
  readonly model: string;
  readonly coverage: AuditCoverage;
  readonly summary: { readonly violations: number; readonly reviewItems: number };
  /** Over what was found, but not over titles, places and addresses: what is retitled or moved is the same finding. */
  readonly findingsDigest: string;
  readonly findings: readonly AuditFinding[];
}

/** What was looked at: of the rest, no finding says nothing. */
export interface AuditCoverage {
  readonly people: number;
  readonly roles: number;
  readonly directPermissions: ObservedPeople['directPermissions'];
  readonly unlistedUsers: number;
  readonly organizations: number | null;
}

export interface AuditInput {
  readonly model: EffectiveModel;
  readonly desired: DesiredState;
  readonly state: ObservedState;
  readonly people: ObservedPeople;
  /** `YYYY-MM-DD` in UTC. */
  readonly asOf: string;
}

const rules: readonly ((context: AuditContext) => readonly AuditFinding[])[] = [
  conflictingRestrictions,
  brokenConstraints,
  brokenGuards,
  expiredAssignments,
  directPermissions,
  foreignRoles,
  undeclaredHolders,
  blockedHolders,
  sensitiveHolders,
  defaultRoleUsers,
  unheldRoles,
];

/** Holds the people of a tenant to what is declared. Pure: nothing is found that is not in what was read. */
export function auditTenant({ model, desired, state, people, asOf }: AuditInput): Audit {
  const roles = auditedRoles(desired, state);
  const context = { model, desired, roles, people, asOf, standings: standingsOf(people, roles) };
  const findings = rules.flatMap((rule) => rule(context)).toSorted(byOrder);
  const violations = findings.filter(({ weight }) => weight === 'violation').length;
  return {
    schemaVersion: 1,
    stack: desired.environment.name,
    purpose: desired.environment.purpose,
    tenant: state.tenant,
    asOf,
    model: desired.digest,
    coverage: {
      people: people.people.length,
      roles: roles.length,
      directPermissions: people.directPermissions,
      unlistedUsers: people.unlistedUsers,
      organizations: people.organizations,
    },
    summary: { violations, reviewItems: findings.length - violations },
    findingsDigest: findingsDigest(findings),
    findings,
  };
}

const codes = Object.keys(weights);

function byOrder(a: AuditFinding, b: AuditFinding): number {
  const [one, other] = [sortKeys(a), sortKeys(b)];
  for (const [index, key] of one.entries()) {
    const order = byCodePoint(key, other[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function sortKeys({ code, application, role, rule, person, organization }: AuditFinding): readonly string[] {
  return [
    String(codes.indexOf(code)).padStart(2, '0'),
    application?.name ?? '',
    rule?.name ?? '',
    role?.reference ?? '',
    role?.title ?? '',
    person?.address ?? '',
    person?.id ?? '',
    organization ?? '',
  ];
}
