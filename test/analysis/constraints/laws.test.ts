import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/analysis/constraints/check-constraints.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import { assignment, constraint, list, modelOf, role, today } from './sketch.ts';

const levels: Readonly<Record<string, readonly (string | null)[]>> = {
  'data/contract': ['peek', 'view', 'edit'],
  'data/spend': ['view', 'edit'],
  'money/pay': [null],
  'money/sign': [null],
};
const permissions = Object.keys(levels);
const roleCount = 4;

/** The rank that each role grants of each permission; null: nothing. */
type Grants = readonly (readonly (number | null)[])[];

const grantsOf = fc.array(
  fc.tuple(...permissions.map((name) => fc.option(fc.nat({ max: (levels[name]?.length ?? 1) - 1 }), { nil: null }))),
  { minLength: roleCount, maxLength: roleCount },
);
/** Of each role, which of those before it it inherits. */
const parentsOf = fc.array(fc.array(fc.boolean(), { minLength: roleCount, maxLength: roleCount }), {
  minLength: roleCount,
  maxLength: roleCount,
});
const reference = (index: number, rank: number): string => {
  const name = permissions[index] ?? '';
  const level = levels[name]?.[rank] ?? null;
  return level === null ? name : `${name}:${level}`;
};

function rolesOf(grants: Grants, parents: readonly (readonly boolean[])[]): readonly SourceFile[] {
  return grants.map((own, at) =>
    role(`r${at}`, {
      inherits: (parents[at] ?? []).slice(0, at).flatMap((isParent, parent) => (isParent ? [`r${parent}`] : [])),
      grants: own.flatMap((rank, index) => (rank === null ? [] : [reference(index, rank)])),
    }),
  );
}

const constraints: Readonly<Record<string, SourceFile>> = {
  separate: constraint([
    'separate:',
    ...list('permissions', ['data/contract:view', 'data/spend:edit', 'money/pay']).map((line) => `  ${line}`),
  ]),
  reserved: constraint([
    'reserved:',
    ...list('permissions', ['data/contract:view', 'money/pay']).map((line) => `  ${line}`),
    '  roles:',
    '    - r1',
  ]),
};
const people = [assignment('a0', 'r0', ['auth0|1']), assignment('a3', 'r3', ['auth0|1'])];

describe.each(Object.entries(constraints))('%s', (_, rule) => {
  it('is never mended by one more grant, or by a higher level', () => {
    fc.assert(
      fc.property(
        grantsOf,
        parentsOf,
        fc.nat({ max: roleCount - 1 }),
        fc.nat({ max: permissions.length - 1 }),
        (grants, parents, who, index) => {
          const more = grants.map((own, at) =>
            own.map((rank, column) => {
              const isRaised = at === who && column === index;
              return isRaised ? Math.min((rank ?? -1) + 1, (levels[permissions[index] ?? '']?.length ?? 1) - 1) : rank;
            }),
          );
          const told = (given: Grants) =>
            checkConstraints(modelOf([rule, ...rolesOf(given, parents), ...people]), today).map(
              ({ message }) => message,
            );
          const holders = (messages: readonly string[]) =>
            new Set(messages.map((message) => message.replace(/ .*$/u, '')));
          const [before, after] = [told(grants), told(more)];
          const roles = [...holders(before)].filter((holder) => holder.startsWith('r'));
          expect([...holders(after)]).toEqual(expect.arrayContaining(roles));
          // What was told of a person may now be told of one of the roles.
          expect(before.length > 0 && after.length === 0).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});
