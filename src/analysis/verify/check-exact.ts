import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { Expectation } from '../../model/definitions.ts';
import type { HeldPermission } from '../../model/effective-model.ts';
import { referenceText } from '../../model/reference-text.ts';
import { whyHeld, whyNot } from './reasons.ts';
import type { Subject, TestedApplication } from './subject.ts';
import { narrowedTo } from './subject.ts';

/**
 * `exact`: the subject holds the permissions of the set, each at that level, and no others. Of a subject that is narrowed
 * it is the set on one app: what no restriction narrows, and the rest if the app is among its own. Extras are told at the
 * key, as no line stands for them; what is lacking, or held at another level, at its line.
 */
export function checkExact(
  { exact, app, place }: Expectation,
  subject: Subject,
  application: TestedApplication,
): readonly Diagnostic[] {
  const who = subject.definition.name;
  const wanted = new Map((exact ?? []).map((reference) => [reference.permission, reference]));
  const apps = narrowedTo(subject);
  const isRestricted = (reference: string): boolean =>
    application.permissions.get(reference)?.restrictedBy === 'apps' && apps !== null;
  const restricted = [...wanted.keys(), ...subject.permissions.map(({ permission }) => permission)].find(isRestricted);
  if (restricted !== undefined && app === null) {
    const help = 'add "app:"; on an app of its own, and perhaps once more on another one';
    return [diagnostic('RW5405', place, { who, permission: restricted }, { help })];
  }
  const isReached = ({ permission }: HeldPermission): boolean =>
    !isRestricted(permission) || (app !== null && apps?.includes(app.name) === true);
  const held = new Map(subject.permissions.filter(isReached).map((item) => [item.permission, item]));
  const extras = [...held.values()].filter(({ permission, level }) => wanted.get(permission)?.level !== level);
  const found = extras.flatMap((item): Diagnostic[] => {
    const line = wanted.get(item.permission);
    // Held at a lower level than wanted: that is a lack, told below.
    if (line !== undefined && isLower(item, line.level, application)) return [];
    const help = line === undefined ? null : `the set has "${line.text}"`;
    const parameters = { who, permission: referenceText(item) };
    return [diagnostic('RW5403', line?.place ?? place, parameters, { related: whyHeld(item), help })];
  });
  const lacking = [...wanted.values()].flatMap((line): Diagnostic[] => {
    const item = held.get(line.permission) ?? null;
    if (item !== null && !isLower(item, line.level, application)) return [];
    const all = subject.permissions.find(({ permission }) => permission === line.permission);
    const decision =
      item === null && all !== undefined
        ? ({ kind: 'other-apps', held: all } as const)
        : ({ kind: 'lacks', held: item } as const);
    const details = whyNot(subject, decision, line, app?.name ?? null, application);
    return [diagnostic('RW5404', line.place, { who, permission: line.text }, details)];
  });
  return [...found, ...lacking];
}

function isLower(held: HeldPermission, level: string | null, { permissions }: TestedApplication): boolean {
  const levels = permissions.get(held.permission)?.levels ?? [];
  const rank = (name: string | null): number => levels.findIndex((known) => known.name === name);
  return rank(held.level) < rank(level);
}
