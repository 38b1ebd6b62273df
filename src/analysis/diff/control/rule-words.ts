import { byCodePoint } from '../../../language/source.ts';
import type { Exception, Named, Qualified, Reference, Rule } from '../../../model/definitions.ts';

/** A rule in words, the same for the same meaning: "reserves shop/money/pay for shop/boss". */
export function ruleWords(rule: Rule): string {
  switch (rule.kind) {
    case 'separate':
      return `keeps apart ${listed(rule.permissions.map(referenceName))}`;
    case 'supervises':
      return `${roleName(rule.supervisor)} holds whatever ${listed(rule.supervised.map(roleName))} may do`;
    case 'reserved':
      return `reserves ${listed(rule.permissions.map(referenceName))} for ${listed(rule.roles.map(roleName))}`;
    case 'holders':
      return `${roleName(rule.role)} is held by ${[
        ...(rule.atLeast === null ? [] : [`at least ${rule.atLeast}`]),
        ...(rule.atMost === null ? [] : [`at most ${rule.atMost}`]),
      ].join(' and ')} people`;
    case 'never':
      return `keeps ${listed(rule.permissions.map(referenceName))} out of ${rule.purpose}`;
  }
}

/** What an exception excepts: "shop/boss, shop/money/pay". */
export function exceptedWords({ role, assignment, permission, user }: Exception): string {
  return [
    ...(role === null ? [] : [roleName(role)]),
    ...(assignment === null ? [] : [roleName(assignment)]),
    ...(permission === null ? [] : [referenceName(permission)]),
    ...(user === null ? [] : [user.name]),
  ].join(', ');
}

/** Names in words, sorted: their order in a rule says nothing. */
export function listed(names: readonly string[]): string {
  const sorted = names.toSorted(byCodePoint);
  return sorted.length < 2 ? sorted.join('') : `${sorted.slice(0, -1).join(', ')} and ${sorted.at(-1)}`;
}

export function roleName({ application, value }: Qualified<Named>): string {
  return `${application}/${value.name}`;
}

function referenceName({ application, value }: Qualified<Reference>): string {
  return `${application}/${value.text}`;
}
