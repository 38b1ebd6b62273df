import type { AssignedUser, Assignment, CustomRole, Named, Purpose, Role } from '../../model/definitions.ts';
import type { SubjectKind } from '../../model/difference.ts';
import type {
  EffectiveAssignment,
  EffectiveCustomRole,
  EffectiveRole,
  HeldPermission,
} from '../../model/effective-model.ts';
import type { Pair } from '../../model/match.ts';
import { matched } from '../../model/match.ts';
import type { ApplicationPair, Side } from './sides.ts';

/** Who can hold something, as one side has it: an assignable role, a custom role or an assignment. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly side: Side;
  readonly definition: Role | CustomRole | Assignment;
  readonly permissions: readonly HeldPermission[];
  /** What it is narrowed to; null: it is not. */
  readonly reach: Reach | null;
  /** Of an assignment, the people whose last day is not over. */
  readonly users: readonly AssignedUser[];
  readonly onlyIn: readonly Purpose[] | null;
  /** The base, or the role given; null for a role. */
  readonly basedOn: Named | null;
  /** Whether it is a role of its own at the identity provider: an assignment that narrows nothing is none. */
  readonly isRole: boolean;
}

/** Apps with the lines that list them, and who sells them. */
export interface Reach {
  readonly apps: readonly Named[];
  readonly vendors: readonly string[];
  readonly resellers: readonly string[];
}

/** A subject that is there at the base, at the head, or at both. */
export type SubjectPair = Pair<Subject>;

/** The subjects of an application. Roles and custom roles are found again whatever they have become: holders stay. */
export function subjectPairs({ base, head }: ApplicationPair): readonly SubjectPair[] {
  return [
    ...pairsOf(base === null ? [] : rolesOf(base), head === null ? [] : rolesOf(head)),
    ...pairsOf(base === null ? [] : assignmentsOf(base), head === null ? [] : assignmentsOf(head)),
  ];
}

function pairsOf(base: readonly Subject[], head: readonly Subject[]): readonly SubjectPair[] {
  const wrap = (subject: Subject) => ({
    name: subject.definition.name,
    formerly: subject.definition.formerly,
    subject,
  });
  return matched(base.map(wrap), head.map(wrap)).map((pair) => ({
    base: pair.base?.subject ?? null,
    head: pair.head?.subject ?? null,
  }));
}

function rolesOf(side: Side): readonly Subject[] {
  const { roles, customRoles } = side.application;
  const assignable = roles.filter(({ definition }) => definition.assignable);
  return [...assignable.map((role) => ofRole(role, side)), ...customRoles.map((role) => ofCustomRole(role, side))];
}

function ofRole({ kind, definition, permissions }: EffectiveRole, side: Side): Subject {
  const { onlyIn } = definition;
  return { kind, side, definition, permissions, reach: null, users: [], onlyIn, basedOn: null, isRole: true };
}

function ofCustomRole(custom: EffectiveCustomRole, side: Side): Subject {
  const { kind, definition, permissions, apps, vendors, resellers } = custom;
  const { onlyIn, base } = definition;
  const reach = { apps, vendors, resellers };
  return { kind, side, definition, permissions, reach, users: [], onlyIn, basedOn: base, isRole: true };
}

function assignmentsOf(side: Side): readonly Subject[] {
  return side.application.assignments.map((assignment) => ofAssignment(assignment, side));
}

function ofAssignment(assignment: EffectiveAssignment, side: Side): Subject {
  const { kind, definition, permissions, apps, vendors, resellers, restriction, users, narrows } = assignment;
  const { roles, customRoles } = side.application.definition;
  const given = [...roles, ...customRoles].find(({ name }) => name === definition.role.name);
  const reach = restriction === 'none' ? null : { apps, vendors, resellers };
  const onlyIn = given?.onlyIn ?? null;
  return { kind, side, definition, permissions, reach, users, onlyIn, basedOn: definition.role, isRole: narrows };
}
