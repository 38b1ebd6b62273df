import type { Audit } from '../../../src/analysis/audit/audit.ts';
import { auditTenant } from '../../../src/analysis/audit/audit.ts';
import type { AuditFinding, FindingCode } from '../../../src/analysis/audit/finding.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import { compile } from '../../../src/model/compile/compile.ts';
import type { DesiredState } from '../../../src/model/desired-state.ts';
import type { EffectiveModel } from '../../../src/model/effective-model.ts';
import type { ObservedPeople, ObservedPerson } from '../../../src/model/observed-people.ts';
import type { ObservedGrant, ObservedRole, ObservedState } from '../../../src/model/observed-state.ts';
import { catalogs, environment, modelOf, today } from '../constraints/sketch.ts';

/** A person as a test writes them; the id is the key. */
export interface PersonSketch {
  /** Titles of roles. */
  readonly roles?: readonly string[];
  /** By organization. */
  readonly members?: Readonly<Record<string, readonly string[]>>;
  /** `shop pay`: the application and the scope. */
  readonly direct?: readonly string[];
  /** `dana@example.com`, verified over "sso". */
  readonly address?: string;
  readonly unverified?: boolean;
  readonly blocked?: boolean;
}

export interface TenantSketch {
  readonly people: Readonly<Record<string, PersonSketch>>;
  /** Roles that nobody declares, or that somebody has edited, by title: `shop pay`. */
  readonly edited?: Readonly<Record<string, readonly string[]>>;
  /** Titles of declared roles that are not there. */
  readonly without?: readonly string[];
  readonly asOf?: string;
  readonly organizations?: number;
}

/** Documents besides the catalogs of the shop and the desk, held to a tenant which has exactly their roles, unless it says otherwise. */
export function auditOf(
  files: readonly SourceFile[],
  sketch: TenantSketch,
  shared: readonly SourceFile[] = catalogs,
  environmentName = 'production',
): Audit {
  const asOf = sketch.asOf ?? today;
  const model = modelOf([environment('production', 'production'), ...files], asOf, shared);
  const [desired, problems] = compile(model, environmentName);
  if (desired === null) throw new Error(problems.map(({ message }) => message).join('\n'));
  return auditTenant(tenantOf(model, desired, sketch));
}

/** What an audit works on. */
export function tenantOf(model: EffectiveModel, desired: DesiredState, sketch: TenantSketch) {
  const grantOf = (text: string): ObservedGrant => {
    const [application, scope = ''] = text.split(' ');
    return { audience: desired.applications.find(({ name }) => name === application)?.audience ?? '', scope };
  };
  const roleOf = (title: string, grants: readonly ObservedGrant[]): ObservedRole => ({
    ...{ id: `rol_${title}`, title, description: '', grants },
  });
  const edited = Object.entries(sketch.edited ?? {}).map(([title, grants]) => roleOf(title, grants.map(grantOf)));
  const declared = desired.applications.flatMap(({ audience, roles }) =>
    roles.map(({ title, scopes }) =>
      roleOf(
        title,
        scopes.map((scope) => ({ audience, scope })),
      ),
    ),
  );
  const gone = new Set([...(sketch.without ?? []), ...edited.map(({ title }) => title)]);
  const state: ObservedState = {
    tenant: 'production.eu.auth0.com',
    apis: [],
    roles: [...declared.filter(({ title }) => !gone.has(title)), ...edited],
  };
  const ids = (titles: readonly string[]) => titles.map((title) => `rol_${title}`);
  const people: ObservedPeople = {
    people: Object.entries(sketch.people).map(([id, person]): ObservedPerson => {
      const { roles = [], members = {}, direct = [], address = null, unverified = false, blocked = false } = person;
      return {
        ...{ id, email: address, blocked, roles: ids(roles), direct: direct.map(grantOf), defaultRoles: [] },
        memberships: Object.entries(members).map(([organization, titles]) => ({ organization, roles: ids(titles) })),
        identities: address === null ? [] : [{ connection: 'sso', email: address, verified: !unverified }],
      };
    }),
    directPermissions: 'holders',
    unlistedUsers: 0,
    organizations: sketch.organizations ?? null,
  };
  return { model, desired, state, people, asOf: sketch.asOf ?? today };
}

/** The findings of some kinds in a line each: `ann (in acme): shop/data/spend:edit by A and B`. */
export function told({ findings }: Audit, ...codes: readonly FindingCode[]): readonly string[] {
  return findings.filter(({ code }) => codes.includes(code)).map(line);
}

function line(finding: AuditFinding): string {
  const { person, organization, role, permissions, markers, through, found, limit, day } = finding;
  const who = `${person?.id ?? role?.title}${organization === null ? '' : ` (in ${organization})`}`;
  const by = (sources: AuditFinding['through']): string =>
    sources.length === 0
      ? ''
      : ` by ${sources.map((source) => (source.kind === 'direct' ? 'itself' : source.title)).join(' and ')}`;
  const facts = [
    ...permissions.map((permission) => `${permission.reference ?? permission.scope}${by(permission.through)}`),
    ...(markers.length === 0 ? [] : [`${markers.join(' ')}${by(through)}`]),
    ...(person !== null && role !== null ? [role.title] : []),
    ...(found === null ? [] : [`${found} of ${limit}`]),
    ...(day === null ? [] : [day]),
  ];
  return `${who}${facts.length === 0 ? '' : `: ${facts.join(', ')}`}`;
}
