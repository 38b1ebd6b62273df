import type { Named, Qualified, Reference, Rule } from '../../../model/definitions.ts';
import type { ApplicationPair } from '../sides.ts';
import { roleName } from './rule-words.ts';

/** Whether something that the base's rule refuses, in the head's names, passes the head's. */
export function isLoosened(base: Rule, head: Rule, pairs: readonly ApplicationPair[]): boolean {
  if (base.kind === 'separate' && head.kind === 'separate') {
    return !coversAll(base.permissions, head.permissions, pairs);
  }
  if (base.kind === 'reserved' && head.kind === 'reserved') {
    const isMoreRoles = !hasAll(base.roles, head.roles);
    return isMoreRoles || !coversAll(base.permissions, head.permissions, pairs);
  }
  if (base.kind === 'never' && head.kind === 'never') {
    return base.purpose !== head.purpose || !coversAll(base.permissions, head.permissions, pairs);
  }
  if (base.kind === 'supervises' && head.kind === 'supervises') {
    return roleName(base.supervisor) !== roleName(head.supervisor) || !hasAll(head.supervised, base.supervised);
  }
  if (base.kind === 'holders' && head.kind === 'holders') {
    const isFewer = (head.atLeast ?? 0) < (base.atLeast ?? 0);
    const isMore = (head.atMost ?? Number.POSITIVE_INFINITY) > (base.atMost ?? Number.POSITIVE_INFINITY);
    return roleName(base.role) !== roleName(head.role) || isFewer || isMore;
  }
  return true;
}

function hasAll(roles: readonly Qualified<Named>[], wanted: readonly Qualified<Named>[]): boolean {
  const names = roles.map(roleName);
  return wanted.every((role) => names.includes(roleName(role)));
}

/** Whether each permission is spoken of, at its level or a lower one: a level means "at least". */
function coversAll(
  wanted: readonly Qualified<Reference>[],
  permissions: readonly Qualified<Reference>[],
  pairs: readonly ApplicationPair[],
): boolean {
  const rank = ({ application, value }: Qualified<Reference>) =>
    pairs.find(({ name }) => name === application)?.head?.access.get(value.text)?.rank ?? 0;
  return wanted.every((one) =>
    permissions.some(
      (other) =>
        other.application === one.application &&
        other.value.permission === one.value.permission &&
        rank(other) <= rank(one),
    ),
  );
}
