import type { AuditContext } from './audit-context.ts';
import type { AuditFinding } from './finding.ts';
import { finding } from './finding.ts';
import { auditPerson, auditSources, scopesHeld } from './standing.ts';

const markerPrefix = 'restriction:';

/**
 * People who hold two restriction markers of an application, two restrictions or one and none: whoever decides refuses
 * them all that is restricted to apps.
 */
export function conflictingRestrictions({ desired, standings }: AuditContext): readonly AuditFinding[] {
  return desired.applications.flatMap((application) =>
    standings.flatMap((standing): readonly AuditFinding[] => {
      const markers = scopesHeld(standing, application).filter(({ value }) => value.startsWith(markerPrefix));
      if (markers.length < 2) return [];
      return [
        finding('conflicting-restrictions', {
          application: { name: application.name, title: application.title },
          person: auditPerson(standing.person),
          organization: standing.organization,
          markers: markers.map(({ value }) => value),
          through: auditSources([...new Set(markers.flatMap(({ sources }) => sources))]),
        }),
      ];
    }),
  );
}
