import type { Assignment, CustomRole, Role } from '../../model/definitions.ts';
import type { Subject } from './subjects.ts';

/** What differs of a subject and gives or takes nothing by itself, in words. */
export function wordsOf(base: Subject, head: Subject): readonly string[] {
  const [before, after] = [base.definition, head.definition];
  return [
    ...(before.description === after.description ? [] : ['described anew']),
    ...(sameSet(before.owners, after.owners) ? [] : [`owned by ${listed(after.owners)}, was ${listed(before.owners)}`]),
    ...(isRole(before) && isRole(after) ? roleWords(before, after, base) : []),
  ];
}

function roleWords(before: Role, after: Role, { side: { now } }: Subject): readonly string[] {
  const parents = { base: before.inherits.map(({ name }) => now.role(name)), head: names(after.inherits) };
  const excepted = {
    base: before.covers.flatMap(({ except }) => except.map(({ name }) => now.permission(name))),
    head: after.covers.flatMap(({ except }) => names(except)),
  };
  return [
    ...(before.restrictable === after.restrictable
      ? []
      : [after.restrictable ? 'may be narrowed to apps' : 'may be narrowed to apps no longer']),
    ...beyond(parents.head, parents.base).map((name) => `inherits from ${name}`),
    ...beyond(parents.base, parents.head).map((name) => `inherits from ${name} no longer`),
    ...beyond(excepted.head, excepted.base).map((name) => `leaves out ${name} on purpose`),
    ...beyond(excepted.base, excepted.head).map((name) => `leaves out ${name} no longer`),
  ];
}

function isRole(definition: Role | CustomRole | Assignment): definition is Role {
  return 'grants' in definition;
}

function names(items: readonly { readonly name: string }[]): readonly string[] {
  return items.map(({ name }) => name);
}

function beyond(items: readonly string[], others: readonly string[]): readonly string[] {
  return items.filter((item) => !others.includes(item));
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return beyond(one, other).length === 0 && beyond(other, one).length === 0;
}

function listed(owners: readonly string[]): string {
  return owners.length === 0 ? 'nobody' : owners.join(', ');
}
