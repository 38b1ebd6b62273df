import { formatPlace } from '../../language/source.ts';
import type { DesiredApplication } from '../../model/desired-state.ts';
import type { AuditContext } from './audit-context.ts';
import { auditRole } from './audited-roles.ts';
import type { AuditFinding, AuditPermission, Titled } from './finding.ts';
import { finding } from './finding.ts';
import type { HeldPermission, HeldScope, Standing } from './standing.ts';
import { auditPermission, auditPerson, auditSources, permissionKey, rankOf, scopesHeld } from './standing.ts';

/** People who hold permissions that are marked as sensitive: one finding for a person and application. */
export function sensitiveHolders({ desired, standings }: AuditContext): readonly AuditFinding[] {
  return perApplication(desired.applications, standings, 'sensitive-holder', (standing, application) => {
    const held = scopesHeld(standing, application).flatMap(({ value, sources }): readonly HeldPermission[] => {
      const scope = application.scopes.find((one) => one.value === value);
      return scope?.sensitive === true ? [{ application, scope, sources }] : [];
    });
    return [...Map.groupBy(held, ({ scope }) => permissionKey(scope)).values()].flatMap(highestOf).map(auditPermission);
  });
}

/** People who hold permissions of ours without a role. */
export function directPermissions({ desired, standings }: AuditContext): readonly AuditFinding[] {
  return perApplication(desired.applications, standings, 'direct-permission', (standing, application) => {
    const sources = standing.sources.filter(({ role }) => role === null);
    return scopesHeld({ ...standing, sources }, application).map((scope) => permissionOf(scope, application));
  });
}

function perApplication(
  applications: readonly DesiredApplication[],
  standings: readonly Standing[],
  code: 'sensitive-holder' | 'direct-permission',
  permissionsOf: (standing: Standing, application: DesiredApplication) => readonly AuditPermission[],
): readonly AuditFinding[] {
  return applications.flatMap((application) =>
    standings.flatMap((standing): readonly AuditFinding[] => {
      const permissions = permissionsOf(standing, application);
      if (permissions.length === 0) return [];
      const { person, organization } = standing;
      return [
        finding(code, { application: titled(application), person: auditPerson(person), organization, permissions }),
      ];
    }),
  );
}

/** Roles that nobody declares, and that give permissions of ours: one finding for a role and application. */
export function foreignRoles({ desired, roles, standings }: AuditContext): readonly AuditFinding[] {
  return roles
    .filter(({ declared }) => declared === null)
    .flatMap((role) =>
      desired.applications.flatMap((application): readonly AuditFinding[] => {
        const given = role.grants.filter(({ audience }) => audience === application.audience);
        if (given.length === 0) return [];
        const permissions = given.map(({ scope }) => permissionOf({ value: scope, sources: [] }, application));
        const holders = standings.filter(({ sources }) => sources.some((source) => source.role === role));
        const found = new Set(holders.map(({ person }) => person.id)).size;
        return [
          finding('foreign-role', { application: titled(application), role: auditRole(role), permissions, found }),
        ];
      }),
    );
}

/** Declared roles that the tenant has, and that nobody was found to hold. */
export function unheldRoles({ roles, people: { people } }: AuditContext): readonly AuditFinding[] {
  const held = new Set(
    people.flatMap((person) => [...person.roles, ...person.memberships.flatMap((membership) => membership.roles)]),
  );
  return roles.flatMap((role): readonly AuditFinding[] =>
    role.declared === null || held.has(role.id)
      ? []
      : [finding('unheld-role', { application: titled(role.declared.application), role: auditRole(role) })],
  );
}

/** People who cannot sign in, and whose roles wait for the day on which somebody lifts the block. */
export function blockedHolders({ standings }: AuditContext): readonly AuditFinding[] {
  return standings.flatMap(({ person, organization, sources }): readonly AuditFinding[] =>
    person.blocked && sources.length > 0
      ? [
          finding('blocked-holder', {
            person: auditPerson(person),
            organization,
            through: auditSources(sources),
          }),
        ]
      : [],
  );
}

/** People who hold a default role that their first sign-in gave them, as their account remembers. */
export function defaultRoleUsers({ model, roles, people: { people } }: AuditContext): readonly AuditFinding[] {
  return people.flatMap((person) =>
    roles.flatMap((role): readonly AuditFinding[] => {
      const { id, declared } = role;
      if (declared === null || !person.defaultRoles.includes(id) || !person.roles.includes(id)) return [];
      const { application } = declared;
      const effective = model.applications.find(({ definition }) => definition.name === application.name);
      const policy = effective?.definition.provisioning ?? null;
      const rule: AuditFinding['rule'] =
        policy === null
          ? null
          : { kind: 'provisioning', name: `${application.name}/${policy.name}`, place: formatPlace(policy.place) };
      const about = { application: titled(application), role: auditRole(role) };
      return [finding('default-role-user', { ...about, person: auditPerson(person), rule })];
    }),
  );
}

/** What a scope stands for; one that no catalog declares stands for itself. */
function permissionOf({ value, sources }: HeldScope, application: DesiredApplication): AuditPermission {
  const scope = application.scopes.find((one) => one.value === value);
  if (scope !== undefined && scope.kind === 'permission') return auditPermission({ application, scope, sources });
  const through = auditSources(sources);
  const title = scope?.title ?? value;
  return { reference: null, scope: value, title, level: null, sensitive: false, through };
}

/** Of the levels of one permission the highest, by whatever gives any of them. */
function highestOf(levels: readonly HeldPermission[]): readonly HeldPermission[] {
  const [highest] = levels.toSorted((a, b) => rankOf(b.scope) - rankOf(a.scope));
  return highest === undefined ? [] : [{ ...highest, sources: [...new Set(levels.flatMap(({ sources }) => sources))] }];
}

function titled({ name, title }: DesiredApplication): Titled {
  return { name, title };
}
