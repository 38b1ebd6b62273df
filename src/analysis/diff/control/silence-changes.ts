import type { Identity, Silence } from '../../../model/definitions.ts';
import type { ControlChange } from '../../../model/difference.ts';
import type { Pair } from '../../../model/match.ts';
import { matched } from '../../../model/match.ts';
import type { ApplicationPair } from '../sides.ts';

/** Advice that documents of an application silence. What a removed document silenced is gone with it. */
export function silenceChanges({ name: application, base, head }: ApplicationPair): readonly ControlChange[] {
  const [before, after] = [base?.application.definition ?? null, head?.application.definition ?? null];
  const pairs: readonly Pair<Identity>[] = [
    { base: before, head: after },
    ...matched(
      [...(before?.roles ?? []), ...(before?.customRoles ?? [])],
      [...(after?.roles ?? []), ...(after?.customRoles ?? [])],
    ),
    ...matched(before?.assignments ?? [], after?.assignments ?? []),
    ...matched(before?.roleTests ?? [], after?.roleTests ?? []),
    { base: before?.provisioning ?? null, head: after?.provisioning ?? null },
  ];
  return silenceChangesOf(pairs, application);
}

/** The same of documents that are paired already. */
export function silenceChangesOf(
  pairs: readonly Pair<Identity>[],
  application: string | null,
): readonly ControlChange[] {
  return pairs.flatMap(({ base, head }) => {
    if (head === null) return [];
    const before = new Map((base?.silences ?? []).map((silence) => [silence.lint.name, silence]));
    const after = new Map(head.silences.map((silence) => [silence.lint.name, silence]));
    return [...new Set([...before.keys(), ...after.keys()])].flatMap(
      (lint) => silenceChange(before.get(lint), after.get(lint), head.name, application) ?? [],
    );
  });
}

function silenceChange(
  base: Silence | undefined,
  head: Silence | undefined,
  name: string,
  application: string | null,
): ControlChange | null {
  const silence = head ?? base;
  if (silence === undefined || base?.reason === head?.reason) return null;
  const action = base === undefined ? 'added' : head === undefined ? 'removed' : 'changed';
  const was = base === undefined || head === undefined ? '' : ` (before: ${base.reason})`;
  const side = head === undefined ? 'base' : 'head';
  return {
    subject: 'silence',
    action,
    application,
    name,
    detail: `${silence.lint.name}: ${silence.reason}${was}`,
    loosens: action === 'added',
    place: { side, ...silence.lint.place },
  };
}
