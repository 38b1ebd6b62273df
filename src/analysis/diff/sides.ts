import type { Level, Permission } from '../../model/definitions.ts';
import type { EffectiveApplication, EffectiveModel } from '../../model/effective-model.ts';
import type { Pair } from '../../model/match.ts';
import { matched, renamesOf } from '../../model/match.ts';
import { referenceText } from '../../model/reference-text.ts';
import { permissionsOf } from '../../model/resolve/resolve.ts';

/** What a name of one side is called at the head; what the head has no more keeps its name, which nothing else can have. */
export interface NamesNow {
  /** Roles, custom roles and building blocks. */
  readonly role: (name: string) => string;
  readonly assignment: (name: string) => string;
  /** `section/permission`. */
  readonly permission: (reference: string) => string;
  /** A permission of this side at a level of this side as the head writes it: the one key by which access is compared. */
  readonly access: (reference: string, level: string | null) => string;
  readonly app: (name: string) => string;
  readonly vendor: (name: string) => string;
}

/** An application as one side has it. */
export interface Side {
  readonly side: 'base' | 'head';
  readonly application: EffectiveApplication;
  /** By `section/permission`. */
  readonly permissions: ReadonlyMap<string, Permission>;
  /** Every permission and level that can be held, by the key of its access. */
  readonly access: ReadonlyMap<string, AccessLevel>;
  readonly now: NamesNow;
}

/** An application of both sides, or of one of them alone. */
export interface ApplicationPair {
  /** The head's, or the base's where the head has none; likewise the title. */
  readonly name: string;
  readonly title: string;
  readonly base: Side | null;
  readonly head: Side | null;
}

/** The applications of two models, each with its counterpart. */
export function applicationPairs(base: EffectiveModel, head: EffectiveModel): readonly ApplicationPair[] {
  const wrap = ({ applications }: EffectiveModel) =>
    applications.map((application) => ({
      name: application.definition.name,
      formerly: application.definition.formerly,
      application,
    }));
  return matched(wrap(base), wrap(head)).map((pair) =>
    pairOf(pair.base?.application ?? null, pair.head?.application ?? null),
  );
}

function pairOf(base: EffectiveApplication | null, head: EffectiveApplication | null): ApplicationPair {
  const named = (head ?? base)?.definition;
  if (named === undefined) throw new Error('an application of neither side');
  return {
    name: named.name,
    title: named.title,
    base: base === null ? null : sideOf('base', base, namesNow(base, head)),
    head: head === null ? null : sideOf('head', head, sameNames),
  };
}

function sideOf(side: Side['side'], application: EffectiveApplication, now: NamesNow): Side {
  const permissions = permissionsOf(application.definition);
  const access = new Map(
    [...permissions.values()].flatMap((permission) =>
      accessLevels(permission).map((level) => [now.access(permission.reference, level.name), level] as const),
    ),
  );
  return { side, application, permissions, access, now };
}

const same = (name: string): string => name;
const sameNames: NamesNow = {
  role: same,
  assignment: same,
  permission: same,
  access: (permission, level) => referenceText({ permission, level }),
  app: same,
  vendor: same,
};

function namesNow(base: EffectiveApplication, head: EffectiveApplication | null): NamesNow {
  if (head === null) return sameNames;
  const [before, after] = [base.definition, head.definition];
  const roles = renamesOf(matched(holdable(before), holdable(after)));
  const assignments = renamesOf(matched(before.assignments, after.assignments));
  const apps = renamesOf(matched(before.apps, after.apps));
  const vendors = renamesOf(matched(before.vendors, after.vendors));
  const pairs = matchedPermissions(base, head);
  const permissions = new Map<string, string>();
  const access = new Map<string, string>();
  for (const pair of pairs) {
    if (pair.base === null || pair.head === null) continue;
    permissions.set(pair.base.reference, pair.head.reference);
    for (const level of matchedLevels(pair.base, pair.head)) {
      if (level.base === null || level.head === null) continue;
      access.set(
        referenceText({ permission: pair.base.reference, level: level.base.name }),
        referenceText({ permission: pair.head.reference, level: level.head.name }),
      );
    }
  }
  const permission = through(permissions);
  return {
    role: through(roles),
    assignment: through(assignments),
    permission,
    access: (reference, level) =>
      access.get(referenceText({ permission: reference, level })) ??
      referenceText({ permission: permission(reference), level }),
    app: through(apps),
    vendor: through(vendors),
  };
}

function through(renames: ReadonlyMap<string, string>): (name: string) => string {
  return (name) => renames.get(name) ?? name;
}

/** Roles and custom roles share one set of names, and one set of roles at the identity provider. */
function holdable({ roles, customRoles }: EffectiveApplication['definition']) {
  return [...roles, ...customRoles];
}

/** The permissions of two catalogs, a renamed or moved one with its counterpart. */
export function matchedPermissions(
  base: EffectiveApplication,
  head: EffectiveApplication,
): readonly Pair<Permission>[] {
  const wrap = (application: EffectiveApplication) =>
    [...permissionsOf(application.definition).values()].map((permission) => ({
      name: permission.reference,
      formerly: permission.formerly,
      permission,
    }));
  return matched(wrap(base), wrap(head)).map((pair) => ({
    base: pair.base?.permission ?? null,
    head: pair.head?.permission ?? null,
  }));
}

/** What can be held of a permission: a level, or the permission itself where it has none. */
export type AccessLevel = Pick<Level, 'rank' | 'scope' | 'sensitive' | 'alsoForVendors' | 'whenDenied' | 'place'> & {
  readonly name: string | null;
  readonly title: string | null;
};

/** All that can be held of a permission, lowest first; of one without levels it is one thing, without a name. */
export function accessLevels(permission: Permission): readonly AccessLevel[] {
  if (permission.levels.length > 0) return permission.levels;
  const { sensitive, alsoForVendors, whenDenied, place } = permission;
  const scope = permission.scope ?? '';
  return [{ name: null, title: null, rank: 0, scope, sensitive, alsoForVendors, whenDenied, place }];
}

/** The levels of a permission at both sides: by name, else by the scope, which is all that services check. */
export function matchedLevels(base: Permission, head: Permission): readonly Pair<AccessLevel>[] {
  const left = new Set(accessLevels(base));
  const levels = accessLevels(head);
  const found = new Map<AccessLevel, AccessLevel>();
  const claim = (is: (before: AccessLevel, level: AccessLevel) => boolean): void => {
    for (const level of levels) {
      const before = found.has(level) ? undefined : [...left].find((other) => is(other, level));
      if (before === undefined) continue;
      left.delete(before);
      found.set(level, before);
    }
  };
  claim((before, level) => before.name === level.name);
  claim((before, level) => before.scope === level.scope);
  const pairs: readonly Pair<AccessLevel>[] = levels.map((level) => ({ base: found.get(level) ?? null, head: level }));
  return [...pairs, ...[...left].map((level) => ({ base: level, head: null }))];
}
