import { byCodePoint } from '../../language/source.ts';
import type { Permission } from '../../model/definitions.ts';
import type {
  EffectiveApplication,
  EffectiveAssignment,
  EffectiveCustomRole,
  EffectiveModel,
  EffectiveRole,
} from '../../model/effective-model.ts';
import { accountText } from '../../model/link/link-assignment.ts';
import { rankOf } from '../../model/resolve/hold.ts';
import { permissionsOf } from '../../model/resolve/resolve.ts';
import type { HeldApplication, HeldPerson, HeldSubject, Holdings, Known, KnownLevel, Newcomer } from './holdings.ts';

type Holder = EffectiveRole | EffectiveCustomRole | EffectiveAssignment;

/** What everybody holds according to a model. Days that are over count: that a day passes is no change of anybody's. */
export function holdingsOfModel(model: EffectiveModel): Holdings {
  return { applications: model.applications.map(heldApplication).toSorted(byName) };
}

function heldApplication(application: EffectiveApplication): HeldApplication {
  const { definition, roles, customRoles, assignments } = application;
  const permissions = permissionsOf(definition);
  const assignable = roles.filter((role) => role.definition.assignable);
  const narrowing = assignments.filter(({ narrows }) => narrows);
  return {
    ...known(definition),
    permissions: [...permissions.values()].map((permission) => ({
      ...known({ ...permission, name: permission.reference }),
      levels: levelsOf(permission),
    })),
    apps: definition.apps.map(known),
    vendors: definition.vendors.map(known),
    subjects: [...assignable, ...customRoles, ...narrowing].map((holder) =>
      heldSubject(holder, application, permissions),
    ),
    buildingBlocks: roles.filter((role) => !role.definition.assignable).map((role) => role.definition.name),
    newcomers: newcomersOf(application),
  };
}

function heldSubject(
  holder: Holder,
  application: EffectiveApplication,
  permissions: ReadonlyMap<string, Permission>,
): HeldSubject {
  const { definition, kind } = holder;
  const isNarrowed = holder.kind !== 'role' && holder.restriction !== 'none';
  return {
    ...known(definition),
    kind,
    onlyIn: onlyInOf(holder, application),
    reach: isNarrowed ? reachOf(holder) : null,
    held: holder.permissions.map((held) => {
      const permission = permissions.get(held.permission);
      const granting = held.chains[0]?.at(-1)?.role ?? definition.name;
      return {
        permission: held.permission,
        rank: rankOf(permission, held.level),
        everywhere: !isNarrowed || permission?.restrictedBy !== 'apps',
        through: granting === definition.name ? null : granting,
      };
    }),
    people: peopleOf(definition.name, application),
  };
}

/** An assignment is where its role is. */
function onlyInOf(holder: Holder, { roles, customRoles }: EffectiveApplication) {
  if (holder.kind !== 'assignment') return holder.definition.onlyIn;
  const given = [...roles, ...customRoles].find(({ definition }) => definition.name === holder.definition.role.name);
  return given?.definition.onlyIn ?? null;
}

function reachOf({ apps, vendors, resellers }: EffectiveCustomRole | EffectiveAssignment) {
  return { apps: apps.map(({ name }) => name), vendors, resellers };
}

/** Who is given a role, by whichever assignment; of two of them the one that lasts longer counts. */
function peopleOf(role: string, { assignments }: EffectiveApplication): readonly HeldPerson[] {
  const people = new Map<string, HeldPerson>();
  for (const { heldRole, definition } of assignments) {
    if (heldRole !== role) continue;
    for (const { account, validThrough: until } of definition.users) {
      const person: HeldPerson = { account: accountText(account), until, assignment: definition.name };
      const other = people.get(person.account);
      if (other === undefined || lasts(person) > lasts(other)) people.set(person.account, person);
    }
  }
  return [...people.values()].toSorted((a, b) => byCodePoint(a.account, b.account));
}

function lasts({ until }: HeldPerson): string {
  return until ?? '9999-12-31';
}

function newcomersOf({ definition: { provisioning } }: EffectiveApplication): readonly Newcomer[] {
  if (provisioning === null || !provisioning.enabled) return [];
  return [
    { rule: 'default', role: provisioning.default.name },
    ...provisioning.byEmailDomain.map(({ domain, role }) => ({ rule: domain, role: role.name })),
  ];
}

function levelsOf({ levels, scope, sensitive, alsoForVendors }: Permission): readonly KnownLevel[] {
  if (levels.length === 0) return [{ name: null, title: null, scope: scope ?? '', sensitive, alsoForVendors }];
  return levels.map((level) => ({
    name: level.name,
    title: level.title,
    scope: level.scope,
    sensitive: level.sensitive,
    alsoForVendors: level.alsoForVendors,
  }));
}

function known({ name, title, formerly }: Known): Known {
  return { name, title, formerly };
}

function byName(a: Known, b: Known): number {
  return byCodePoint(a.name, b.name);
}
