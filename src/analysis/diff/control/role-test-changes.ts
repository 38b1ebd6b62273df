import { byCodePoint } from '../../../language/source.ts';
import type { Expectation, RoleTest } from '../../../model/definitions.ts';
import type { ControlChange } from '../../../model/difference.ts';
import { matched } from '../../../model/match.ts';
import type { ApplicationPair, Side } from '../sides.ts';

/** How many expectations are named, before the rest is counted. */
const shown = 4;

/** One thing that is expected, in the names of the head. */
interface Expected {
  /** Who, and for which app. */
  readonly of: string;
  readonly kind: 'can' | 'cannot' | 'exact';
  /** One reference, or the whole set. */
  readonly references: readonly string[];
}

/**
 * What role tests expect no longer, or as well. An expectation may move from one document to another; one that a stronger one
 * implies is not lost, and what speaks of something that the head has no more is gone with it.
 */
export function roleTestChanges(pair: ApplicationPair): readonly ControlChange[] {
  const { name: application, base, head } = pair;
  if (base === null || head === null) return [];
  const before = base.application.definition.roleTests;
  const after = head.application.definition.roleTests;
  const expectedBefore = before.flatMap((test) => expectedIn(test, base));
  const expectedNow = after.flatMap((test) => expectedIn(test, head));
  return matched(before, after).flatMap((tests): readonly ControlChange[] => {
    const lost = (tests.base === null ? [] : expectedIn(tests.base, base)).filter(
      (expected) => isPossible(expected, head) && !expectedNow.some((other) => implies(other, expected, head)),
    );
    const gained = (tests.head === null ? [] : expectedIn(tests.head, head)).filter(
      (expected) => !expectedBefore.some((other) => isSame(other, expected)),
    );
    const test = tests.head ?? tests.base;
    if (test === null || (lost.length === 0 && gained.length === 0)) return [];
    const action = tests.base === null ? 'added' : tests.head === null ? 'removed' : 'changed';
    const side = tests.head === null ? 'base' : 'head';
    const detail = [...words('expects no longer', lost), ...words('expects', gained)].join('; ');
    const loosens = lost.length > 0;
    return [
      { subject: 'role-test', action, application, name: test.name, detail, loosens, place: { side, ...test.place } },
    ];
  });
}

function expectedIn({ tests }: RoleTest, { now }: Side): readonly Expected[] {
  return tests.flatMap(({ subject, app, can, cannot, exact }: Expectation) => {
    const who = subject.kind === 'role' ? now.role(subject.name) : now.assignment(subject.name);
    const of = app === null ? who : `${who} on ${now.app(app.name)}`;
    const text = ({ permission, level }: Expectation['can'][number]) => now.access(permission, level);
    return [
      ...can.map((reference) => ({ of, kind: 'can' as const, references: [text(reference)] })),
      ...cannot.map((reference) => ({ of, kind: 'cannot' as const, references: [text(reference)] })),
      ...(exact === null ? [] : [{ of, kind: 'exact' as const, references: exact.map(text).toSorted(byCodePoint) }]),
    ];
  });
}

/** Whether the head still has whom and what is spoken of. */
function isPossible({ of, references }: Expected, head: Side): boolean {
  const { roles, customRoles, assignments } = head.application.definition;
  const [who] = of.split(' on ');
  const isThere = [...roles, ...customRoles, ...assignments].some(({ name }) => name === who);
  return isThere && references.every((reference) => head.access.has(reference));
}

/** A higher level that is expected, or a lower one that is refused, says more; a whole set says all. */
function implies(other: Expected, expected: Expected, head: Side): boolean {
  if (isSame(other, expected)) return true;
  if (other.of !== expected.of) return false;
  if (other.kind === 'exact') return expected.kind !== 'exact';
  if (other.kind !== expected.kind) return false;
  const [reference = ''] = expected.references;
  const [stronger = ''] = other.references;
  if (reference.split(':')[0] !== stronger.split(':')[0]) return false;
  const rank = (text: string) => head.access.get(text)?.rank ?? 0;
  return expected.kind === 'can' ? rank(stronger) >= rank(reference) : rank(stronger) <= rank(reference);
}

function isSame(one: Expected, other: Expected): boolean {
  return one.of === other.of && one.kind === other.kind && one.references.join() === other.references.join();
}

function words(verb: string, expected: readonly Expected[]): readonly string[] {
  if (expected.length === 0) return [];
  const texts = expected.map(({ of, kind, references }) => {
    const set = references.length === 0 ? 'nothing' : references.join(', ');
    return kind === 'exact' ? `${of} holds exactly ${set}` : `${of} ${kind} ${set}`;
  });
  const rest = texts.length > shown ? [`${texts.length - shown} more`] : [];
  return [`${verb}: ${[...texts.slice(0, shown), ...rest].join(', ')}`];
}
