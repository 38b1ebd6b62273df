import type { EffectiveApplication } from '../effective-model.ts';
import type { Collector } from '../link/collector.ts';
import { referenceText } from '../reference-text.ts';
import { stepRelated } from '../step-related.ts';
import type { Permissions } from './hold.ts';
import { rankOf } from './hold.ts';

/**
 * The default role goes to people whom nobody has looked at, so it holds nothing sensitive. A rule by e-mail domain asks
 * for a verified address over a named connection, and may give more.
 */
export function checkProvisioning(
  { definition, roles, customRoles }: EffectiveApplication,
  permissions: Permissions,
  collector: Collector,
): void {
  const used = definition.provisioning?.default;
  if (used === undefined) return;
  const role = [...roles, ...customRoles].find((known) => known.definition.name === used.name);
  if (role === undefined) return;
  const holdings = new Map(role.permissions.map((held) => [held.permission, held]));
  for (const permission of permissions.values()) {
    const held = holdings.get(permission.reference);
    if (held === undefined) continue;
    const reached = permission.levels.slice(0, rankOf(permission, held.level) + 1);
    if (![permission, ...reached].some(({ sensitive }) => sensitive)) continue;
    const parameters = { role: used.name, permission: referenceText(held) };
    const related = held.chains[0].map(stepRelated);
    collector.report('RW3111', used.place, parameters, { related, expected: 'a role without' });
  }
}
