import type { Named } from '../definitions.ts';
import type { EffectiveApplication, Step } from '../effective-model.ts';
import type { Collector } from '../link/collector.ts';
import type { Permissions } from './hold.ts';
import { rankOf } from './hold.ts';

/**
 * The default role goes to people whom nobody has looked at, so it holds nothing sensitive. A rule by e-mail domain asks
 * for a verified address over a named connection, and may give more.
 */
export function checkProvisioning(
  application: EffectiveApplication,
  permissions: Permissions,
  collector: Collector,
): void {
  const policy = application.definition.provisioning;
  if (policy === null) return;
  checkDefault(policy.default, application, permissions, collector);
}

function checkDefault(
  used: Named,
  application: EffectiveApplication,
  permissions: Permissions,
  collector: Collector,
): void {
  const role = [...application.roles, ...application.customRoles].find(
    ({ definition }) => definition.name === used.name,
  );
  for (const { permission: reference, level, chains } of role?.permissions ?? []) {
    const permission = permissions.get(reference);
    const rank = rankOf(permission, level);
    const sensitive =
      permission?.sensitive || permission?.levels.some((known) => known.sensitive && known.rank <= rank);
    if (!sensitive) continue;
    const text = level === null ? reference : `${reference}:${level}`;
    const related = (chains[0] ?? []).map(({ role: by, kind, names, place }) => ({
      message: `${by} ${wordOf(kind)} ${names}`,
      place,
    }));
    collector.report(
      'RW3111',
      used.place,
      { role: used.name, permission: text },
      { related, expected: 'a role without' },
    );
  }
}

function wordOf(kind: Step['kind']): string {
  return kind === 'base' ? 'is based on' : kind;
}
