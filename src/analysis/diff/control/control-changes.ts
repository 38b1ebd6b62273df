import { byCodePoint } from '../../../language/source.ts';
import type { Constraint, Environment } from '../../../model/definitions.ts';
import type { ControlChange } from '../../../model/difference.ts';
import type { Pair } from '../../../model/match.ts';
import type { FileDigests } from '../file-digests.ts';
import type { ApplicationPair } from '../sides.ts';
import { catalogChanges } from './catalog-changes.ts';
import { constraintChanges } from './constraint-changes.ts';
import { coversChanges } from './covers-changes.ts';
import { environmentChanges } from './environment-changes.ts';
import { fileChanges } from './file-changes.ts';
import { roleTestChanges } from './role-test-changes.ts';
import { silenceChanges, silenceChangesOf } from './silence-changes.ts';

/** What is compared for changes of control. */
export interface Judged {
  readonly applications: readonly ApplicationPair[];
  readonly constraints: readonly Pair<Constraint>[];
  readonly environments: readonly Pair<Environment>[];
  readonly files: { readonly base: FileDigests; readonly head: FileDigests };
}

/** Every change to what judges changes, sorted by application, subject and name. */
export function controlChanges({ applications, constraints, environments, files }: Judged): readonly ControlChange[] {
  return [
    ...constraintChanges(constraints, applications),
    ...environmentChanges(environments, applications),
    ...applications.flatMap((pair) => [
      ...catalogChanges(pair),
      ...coversChanges(pair),
      ...silenceChanges(pair),
      ...roleTestChanges(pair),
    ]),
    ...constraints.flatMap((pair) => silenceChangesOf([pair], (pair.head ?? pair.base)?.application ?? null)),
    ...silenceChangesOf(environments, null),
    ...fileChanges(files.base, files.head),
  ].toSorted(inOrder);
}

const order: readonly ControlChange['subject'][] = [
  'constraint',
  'exception',
  'guard',
  'protection',
  'purpose',
  'sensitive',
  'restrictedBy',
  'covers',
  'silence',
  'role-test',
  'settings',
  'workflow',
  'policy-pack',
  'codeowners',
];

function inOrder(a: ControlChange, b: ControlChange): number {
  return (
    byCodePoint(a.application ?? '', b.application ?? '') ||
    order.indexOf(a.subject) - order.indexOf(b.subject) ||
    byCodePoint(a.name, b.name) ||
    byCodePoint(a.detail, b.detail) ||
    byCodePoint(a.action, b.action)
  );
}
