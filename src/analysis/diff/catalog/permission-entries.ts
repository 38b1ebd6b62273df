import type { CatalogEntry } from '../../../model/application-difference.ts';
import type { Permission } from '../../../model/definitions.ts';
import type { Pair } from '../../../model/match.ts';
import { referenceText } from '../../../model/reference-text.ts';
import type { AccessLevel, Side } from '../sides.ts';
import { matchedLevels, matchedPermissions } from '../sides.ts';
import { entriesOf, entryOf } from './entries.ts';

/** What differs of the permissions of two catalogs, but for what is `sensitive` or `restrictedBy`: that is control. */
export function permissionEntries(base: Side, head: Side): readonly CatalogEntry[] {
  return matchedPermissions(base.application, head.application).flatMap((pair) => {
    if (pair.base === null)
      return pair.head === null ? [] : [entryOf('permission', entered(pair.head), 'added', null, head)];
    if (pair.head === null) return [entryOf('permission', entered(pair.base), 'removed', null, base)];
    return changed(pair.base, pair.head, base);
  });
}

function changed(before: Permission, after: Permission, base: Side): readonly CatalogEntry[] {
  const required = before.requires.map(({ permission, level }) => base.now.access(permission, level));
  const isSameRequired = sameText(required.toSorted(), after.requires.map(({ text }) => text).toSorted());
  const had =
    before.requires.length === 0
      ? 'requires nothing'
      : `requires ${before.requires.map(({ text }) => text).join(', ')}`;
  return [
    ...entriesOf('permission', entered(before), entered(after), {
      isDescribedAnew: before.description !== after.description || !sameText(before.whenDenied, after.whenDenied),
      facts: isSameRequired ? [] : [had],
    }),
    ...levelEntries(before, after),
  ];
}

function levelEntries(before: Permission, after: Permission): readonly CatalogEntry[] {
  const pairs = matchedLevels(before, after);
  const shared = pairs.filter(({ base, head }) => base !== null && head !== null);
  const order = shared.map(({ base }) => base?.rank ?? 0);
  const isReordered = order.some((rank, index) => rank < (order[index - 1] ?? -1));
  const was = before.levels.map(({ name }) => name).join(', ');
  return [
    ...(isReordered ? [entryOf('permission', entered(after), 'reordered', was, { side: 'head' })] : []),
    ...pairs.flatMap((pair) => levelEntry(pair, before, after)),
  ];
}

function levelEntry({ base, head }: Pair<AccessLevel>, before: Permission, after: Permission): readonly CatalogEntry[] {
  if (base === null)
    return head === null ? [] : [entryOf('level', levelIn(after, head), 'added', null, { side: 'head' })];
  if (head === null) return [entryOf('level', levelIn(before, base), 'removed', null, { side: 'base' })];
  // What its name says of the permission has been told of the permission.
  const own = { ...levelIn(before, base), name: referenceText({ permission: after.reference, level: base.name }) };
  const isPermission = base.name === null && head.name === null;
  const isDescribedAnew = !isPermission && !sameText(base.whenDenied, head.whenDenied);
  const isDerived = before.reference !== after.reference;
  const facts = [
    ...(base.scope === head.scope || isDerived ? [] : [`scope ${base.scope}`]),
    ...(base.alsoForVendors === head.alsoForVendors
      ? []
      : [head.alsoForVendors ? 'not for vendors' : 'for vendors too']),
  ];
  const now = levelIn(after, head);
  return entriesOf(isPermission ? 'permission' : 'level', isPermission ? now : own, now, { isDescribedAnew, facts });
}

/** A level, or the permission itself where it has none. */
function levelIn(permission: Permission, { name, title, place }: AccessLevel) {
  return {
    name: referenceText({ permission: permission.reference, level: name }),
    title: title ?? permission.title,
    place,
  };
}

function entered({ reference, title, place }: Permission) {
  return { name: reference, title, place };
}

function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
