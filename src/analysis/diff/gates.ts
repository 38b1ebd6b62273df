import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { Environment } from '../../model/definitions.ts';
import type { Difference, SubjectDifference } from '../../model/difference.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import type { Pair } from '../../model/match.ts';
import type { Comparison } from './comparison.ts';
import { comparisons } from './comparison.ts';
import { widens } from './direction.ts';
import { environmentPairs } from './environments.ts';
import type { Gate } from './gate.ts';
import { guardRefusals } from './guards.ts';
import { baseConstraintRefusals } from './judged-by-base.ts';
import type { Mark } from './offences.ts';
import { atHead, gainingLines, inFull } from './offences.ts';
import { placings } from './presence.ts';
import { provisioningChanges } from './provisioning.ts';
import type { Refusal } from './refusals.ts';
import { refusal } from './refusals.ts';
import { removalOf, shareOf } from './removal.ts';

/**
 * Every refusal of a difference: by the gates asked for, by the guards of environments as the base and as the head has them,
 * and by the constraints of the base. They look at what the models mean, so that nothing hides behind a parent, a base or a
 * rename. One gate refuses once, with the lines that it is about.
 *
 * @param brokenUnderBase what the head breaks of the base's constraints and the base did not: `brokenByChange`
 */
export function gates(
  difference: Difference,
  base: EffectiveModel,
  head: EffectiveModel,
  asked: readonly Gate[],
  brokenUnderBase: readonly Diagnostic[],
): readonly Refusal[] {
  const compared = comparisons(base, head);
  const environments = environmentPairs(base, head);
  return [
    ...asked.flatMap((gate) => closed(gate, { difference, compared, environments }) ?? []),
    ...guardRefusals(base, head, compared),
    ...baseConstraintRefusals(difference, base, brokenUnderBase),
  ];
}

/** What gates look at. */
interface Judged {
  readonly difference: Difference;
  readonly compared: readonly Comparison[];
  readonly environments: readonly Pair<Environment>[];
}

function closed(gate: Gate, judged: Judged): Refusal | null {
  const { subjects, provisioning, control } = judged.difference;
  switch (gate.kind) {
    case 'no-new-access': {
      const { who, related } = gaining('any', judged);
      return refusedFor(who, gate, (help) => diagnostic('RW6601', placeOf(related), { who }, { related, help }));
    }
    case 'no-sensitive': {
      const { who, related } = gaining('sensitive', judged);
      return refusedFor(who, gate, (help) => diagnostic('RW6602', placeOf(related), { who }, { related, help }));
    }
    case 'no-reserved': {
      const { who, related } = gaining('reserved', judged);
      return refusedFor(who, gate, (help) => diagnostic('RW6603', placeOf(related), { who }, { related, help }));
    }
    case 'max-removal':
      return tooMuchRemoved(gate.share, judged.compared);
    case 'no-removed-role': {
      const roles = inFull(subjects.filter(({ action, kind }) => action === 'removed' && kind !== 'assignment'));
      return refusedFor(roles, gate, (help) => diagnostic('RW6605', null, { roles }, { help }));
    }
    case 'no-control-change': {
      const changes = control.map(({ subject, name, action }) => `${subject} ${name} ${action}`);
      const related = atHead(control.map(({ detail, place }) => ({ message: detail, place })));
      return refusedFor(changes, gate, (help) =>
        diagnostic('RW6606', placeOf(related), { changes }, { related, help }),
      );
    }
    case 'no-default-change': {
      const isDefault = ({ reasons, direction }: SubjectDifference) =>
        reasons.includes('default-role') && direction !== 'neutral';
      const rules = [...provisioning.map(provisioned), ...inFull(subjects.filter(isDefault))];
      const related = atHead([
        ...provisioning.map((rule) => ({ message: provisioned(rule), place: rule.place })),
        ...subjects
          .filter(isDefault)
          .map(({ name, declaredAt }) => ({ message: `${name} is given`, place: declaredAt })),
      ]);
      return refusedFor(rules, gate, (help) => diagnostic('RW6607', placeOf(related), { rules }, { related, help }));
    }
  }
}

function refusedFor(what: readonly string[], { kind }: Gate, make: (help: string) => Diagnostic): Refusal | null {
  return what.length === 0 ? null : refusal(kind, make);
}

function placeOf(related: Diagnostic['related']): Diagnostic['place'] {
  return related[0]?.place ?? null;
}

function provisioned({ application, rule }: Difference['provisioning'][number]): string {
  return `${application} provisioning (${rule})`;
}

/** Who gains something (that is marked), by a role, by provisioning, or where it was not before; and by which lines. */
function gaining(mark: Mark, { difference, compared, environments }: Judged) {
  const subjects = difference.subjects.filter(
    ({ direction, reasons }) => widens(direction) && (mark === 'any' || reasons.includes(mark)),
  );
  const given = compared
    .flatMap(provisioningChanges)
    .filter(({ difference: { direction }, marks }) => widens(direction) && (mark === 'any' || marks.includes(mark)))
    .map((change) => change.difference);
  const placed = placings(environments, compared, mark);
  return {
    who: [
      ...inFull(subjects),
      ...given.map(provisioned),
      ...placed.map(({ environment, application }) => `${application} in ${environment}`),
    ],
    related: atHead([
      ...gainingLines(difference, mark),
      ...given.map(({ rule, head, place }) => ({ message: `provisioning (${rule}) gives ${head}`, place })),
      ...placed.map(({ environment, application, place }) => {
        return { message: `${environment} comes to have roles of ${application}`, place };
      }),
    ]),
  };
}

/** The application of which the largest share is taken away. */
function tooMuchRemoved(limit: number, compared: readonly Comparison[]): Refusal | null {
  const [most] = compared
    .map(({ name, subjects }) => ({ application: name, ...removalOf(subjects) }))
    .toSorted((a, b) => shareOf(b) - shareOf(a));
  if (most === undefined || shareOf(most) <= limit) return null;
  return refusal('max-removal', (help) => diagnostic('RW6604', null, { ...most, limit }, { help }));
}
