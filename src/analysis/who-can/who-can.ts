import { byCodePoint } from '../../language/source.ts';
import type { Named } from '../../model/definitions.ts';
import type { EffectiveAssignment, EffectiveCustomRole, EffectiveRole } from '../../model/effective-model.ts';
import { accountText } from '../../model/link/link-assignment.ts';
import type { FoundPermission } from '../../model/look-up/look-up-permission.ts';
import { rankOf } from '../../model/resolve/hold.ts';
import type { Holders, Holding, HoldingNewcomer, HoldingPerson, HoldingRole, Titled } from './holders.ts';

type Holder = EffectiveRole | EffectiveCustomRole | EffectiveAssignment;

/**
 * Who holds a permission at a level or a higher one (without a level: at any), and with an app, who holds it for that
 * app.
 */
export function whoCan({ application, permission, level }: FoundPermission, app: Titled | null): Holders {
  const { definition, roles, customRoles, assignments } = application;
  const section = definition.sections.find(({ name }) => name === permission.section);
  const roleRow = (role: EffectiveRole | EffectiveCustomRole): HoldingRole[] => {
    const held = holdingOf(role);
    if (held === null) return [];
    const { onlyIn, place } = role.definition;
    return [{ ...referenced(role.definition), kind: role.kind, onlyIn, ...held, place }];
  };
  return {
    schemaVersion: 1,
    permission: {
      reference: `${definition.name}/${permission.reference}${level === null ? '' : `:${level.name}`}`,
      name: permission.name,
      title: permission.title,
      section: { name: permission.section, title: section?.title ?? permission.section },
      level: titled(level ?? undefined),
      hasLevels: permission.levels.length > 0,
      sensitive: (level ?? permission).sensitive,
    },
    app,
    roles: roles.filter((role) => role.definition.assignable).flatMap(roleRow),
    customRoles: customRoles.flatMap(roleRow),
    people: assignments
      .flatMap((assignment): HoldingPerson[] => {
        const held = holdingOf(assignment);
        if (held === null) return [];
        const own = { assignment: referenced(assignment.definition), ...held };
        return assignment.users.map(({ account, validThrough, place }) => ({
          account: accountText(account),
          ...own,
          validThrough,
          place,
        }));
      })
      .sort((a, b) => byCodePoint(a.account, b.account) || byCodePoint(a.assignment.name, b.assignment.name)),
    newcomers: newcomers(),
  };

  function holdingOf(holder: Holder): Holding | null {
    const held = holder.permissions.find((item) => item.permission === permission.reference);
    if (held === undefined || rankOf(permission, held.level) < (level?.rank ?? 0)) return null;
    const isNarrowed = holder.kind !== 'role' && holder.restriction !== 'none' && permission.restrictedBy === 'apps';
    const apps = isNarrowed ? holder.apps.map(({ name }) => appOf(name)) : null;
    if (app !== null && apps !== null && !apps.some(({ name }) => name === app.name)) return null;
    const highest = permission.levels.find(({ name }) => name === held.level);
    return { level: titled(highest), apps, reason: held.chains[0] ?? [] };
  }

  function newcomers(): readonly HoldingNewcomer[] {
    const policy = definition.provisioning;
    if (policy === null || !policy.enabled) return [];
    const rules: readonly { domain: string | null; role: Named }[] = [
      { domain: null, role: policy.default },
      ...policy.byEmailDomain.map(({ domain, role }) => ({ domain, role })),
    ];
    return rules.flatMap(({ domain, role: { name, place } }): HoldingNewcomer[] => {
      const role = [...roles, ...customRoles].find((known) => known.definition.name === name);
      const held = role === undefined ? null : holdingOf(role);
      return role === undefined || held === null ? [] : [{ domain, role: referenced(role.definition), ...held, place }];
    });
  }

  function appOf(name: string): Titled {
    return titled(definition.apps.find((known) => known.name === name)) ?? { name, title: name };
  }

  function referenced({ name, title }: Titled): Titled & { readonly reference: string } {
    return { reference: `${definition.name}/${name}`, name, title };
  }
}

function titled(item: Titled | undefined): Titled | null {
  return item === undefined ? null : { name: item.name, title: item.title };
}
