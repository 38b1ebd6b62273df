import { byCodePoint } from '../../language/source.ts';
import type { ProvisioningDifference } from '../../model/application-difference.ts';
import type { Named } from '../../model/definitions.ts';
import type { SeverityReason } from '../../model/difference.ts';
import type { Comparison } from './comparison.ts';
import { differingSubject } from './differing-subject.ts';
import type { Movement } from './direction.ts';
import { directionOf } from './direction.ts';
import { permissionChanges } from './permission-changes.ts';
import { reachChanges } from './reach-changes.ts';
import { severityOf } from './severity.ts';
import type { Side } from './sides.ts';
import type { Subject } from './subjects.ts';

/** A rule that differs, and what is marked of what it comes to give. */
export interface ProvisioningChange {
  readonly difference: ProvisioningDifference;
  readonly marks: readonly ('sensitive' | 'reserved')[];
}

/** What new people get, where another role is named, or one is given no longer or for the first time. */
export function provisioningChanges(comparison: Comparison): readonly ProvisioningChange[] {
  const before = rulesOf(comparison.base);
  const after = rulesOf(comparison.head);
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys]
    .toSorted(byCodePoint)
    .flatMap((key) => ruleChange(before.get(key), after.get(key), comparison) ?? []);
}

interface GivenRule {
  readonly rule: string;
  readonly connection: string | null;
  readonly role: Named;
}

/** The rules that are in force, by what they apply to. */
function rulesOf(side: Side | null): ReadonlyMap<string, GivenRule> {
  const policy = side?.application.definition.provisioning ?? null;
  if (policy?.enabled !== true) return new Map();
  return new Map([
    ['', { rule: 'default', connection: null, role: policy.default }],
    ...policy.byEmailDomain.map(({ domain, connection, role }): [string, GivenRule] => [
      `${domain} ${connection}`,
      { rule: domain, connection, role },
    ]),
  ]);
}

function ruleChange(
  base: GivenRule | undefined,
  head: GivenRule | undefined,
  comparison: Comparison,
): ProvisioningChange | null {
  const given = head ?? base;
  if (given === undefined) return null;
  const before = base === undefined ? null : (comparison.base?.now.role(base.role.name) ?? base.role.name);
  if (before === (head?.role.name ?? null)) return null;
  const side = head === undefined ? 'base' : 'head';
  const { movement, marks } = movementOf(base, head, comparison);
  const reasons: readonly SeverityReason[] = given.connection === null ? [...marks, 'default-role'] : marks;
  const difference: ProvisioningDifference = {
    application: comparison.name,
    rule: given.rule,
    connection: given.connection,
    base: base?.role.name ?? null,
    head: head?.role.name ?? null,
    direction: directionOf(movement),
    severity: severityOf(movement, reasons),
    place: { side, ...given.role.place },
  };
  return { difference, marks };
}

/** What the one role may do at the head beyond what the other may at the base, and the reverse. */
function movementOf(
  base: GivenRule | undefined,
  head: GivenRule | undefined,
  comparison: Comparison,
): { readonly movement: Movement; readonly marks: ProvisioningChange['marks'] } {
  const pair = { base: givenBy(base, 'base', comparison), head: givenBy(head, 'head', comparison) };
  if (pair.base === null && pair.head === null) return { movement: { gains: false, loses: false }, marks: [] };
  const subject = differingSubject(pair, comparison);
  const differences = permissionChanges(subject).map(({ difference }) => difference);
  const reach = (reachChanges(subject)?.changes ?? []).filter(({ counts }) => counts);
  const gains = [
    ...differences.flatMap((difference) => difference.gains),
    ...reach.filter(({ change }) => change === 'gained').map(({ thing }) => thing),
  ];
  const loses = differences.some(({ losses }) => losses.length > 0) || reach.some(({ change }) => change === 'lost');
  const marks = (['sensitive', 'reserved'] as const).filter((mark) => gains.some((item) => item[mark]));
  return { movement: { gains: gains.length > 0, loses }, marks };
}

function givenBy(rule: GivenRule | undefined, side: 'base' | 'head', { subjects }: Comparison): Subject | null {
  if (rule === undefined) return null;
  const candidates = subjects.flatMap((pair) => pair[side] ?? []);
  return candidates.find(({ kind, definition }) => kind !== 'assignment' && definition.name === rule.role.name) ?? null;
}
