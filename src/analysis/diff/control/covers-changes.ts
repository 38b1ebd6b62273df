import type { Coverage, Role } from '../../../model/definitions.ts';
import type { ControlChange } from '../../../model/difference.ts';
import { matched } from '../../../model/match.ts';
import type { ApplicationPair } from '../sides.ts';

/**
 * Promises of roles to have decided on every permission of a section. What is left out of one on purpose is told of the role;
 * a section that is gone takes its promises with it.
 */
export function coversChanges({ name: application, base, head }: ApplicationPair): readonly ControlChange[] {
  if (base === null || head === null) return [];
  const sections = head.application.definition.sections.map(({ name }) => name);
  return matched(base.application.definition.roles, head.application.definition.roles).flatMap((pair) => {
    if (pair.base === null || pair.head === null) return [];
    const lost = beyond(pair.base, pair.head).filter(({ section }) => sections.includes(section.name));
    const { name } = pair.head;
    return [
      ...lost.map((coverage) => change(coverage, application, name, 'removed')),
      ...beyond(pair.head, pair.base).map((coverage) => change(coverage, application, name, 'added')),
    ];
  });
}

function change(
  { section: { name: section, place } }: Coverage,
  application: string,
  name: string,
  action: 'added' | 'removed',
): ControlChange {
  const isLost = action === 'removed';
  const detail = `covers ${section}${isLost ? ' no longer' : ''}`;
  const side = isLost ? 'base' : 'head';
  return { subject: 'covers', action, application, name, detail, loosens: isLost, place: { side, ...place } };
}

function beyond(role: Role, other: Role): readonly Coverage[] {
  return role.covers.filter(({ section }) => !other.covers.some((covered) => covered.section.name === section.name));
}
