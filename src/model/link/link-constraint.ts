import type { WrittenConstraint } from '../../language/schema/kinds.ts';
import type { Place } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import type { Constraint, Exception, Named, Qualified, Reference, Rule } from '../definitions.ts';
import { checkDay } from './calendar.ts';
import type { Collector } from './collector.ts';
import { suggesting } from './collector.ts';
import { checkExceptionNames } from './exception-names.ts';
import { identityOf } from './identity.ts';
import { linkReference } from './link-reference.ts';
import type { LinkedApplication } from './linked-application.ts';
import { lookUpAssignable, lookUpAssignment } from './look-up-role.ts';
import { lookUp } from './names.ts';

const ruleKeys = ['separate', 'supervises', 'reserved', 'holders', 'never'] as const;
type Path = readonly (string | number)[];

/** Links a Constraint: its one rule and its exceptions, in the application that it names or over several. */
export function linkConstraint(
  { document, value }: TypedDocument<'Constraint'>,
  applications: ReadonlyMap<string, LinkedApplication>,
  collector: Collector,
): Constraint | null {
  const { spec, metadata } = value;
  const known = { current: applications, former: new Map<string, string>() };
  const own = metadata.application ?? null;
  if (own !== null && !applications.has(own)) return null;

  const present = ruleKeys.filter((key) => spec[key] !== undefined);
  const kind = present[0];
  if (kind === undefined || present.length > 1) {
    const found = present.length === 0 ? 'no rule' : `${present.length} rules: ${present.join(', ')}`;
    const place =
      kind === undefined ? document.locate(['metadata', 'name']) : document.locate(['spec', present[1] ?? kind], 'key');
    collector.report('RW5201', place, { found }, { expected: `one of ${ruleKeys.join(', ')}` });
    return null;
  }
  const rule = linkRule(spec, kind);
  const exceptions = (spec.exceptions ?? []).map((written, index): Exception => {
    const path = ['spec', 'exceptions', index];
    checkDay(written.validThrough, document.locate([...path, 'validThrough']), collector);
    const optional = <T>(key: keyof typeof written, link: (text: string, place: Place) => T | null): T | null => {
      const text = written[key];
      return text === undefined ? null : link(text, document.locate([...path, key]));
    };
    const exception: Exception = {
      role: optional('role', linkRole),
      assignment: optional('assignment', linkAssignmentName),
      permission: optional('permission', linkPermission),
      user: optional('user', (name, place) => ({ name, place })),
      owner: written.owner,
      reason: written.reason,
      validThrough: written.validThrough,
      place: document.locate([...path, 'validThrough']),
    };
    checkExceptionNames(kind, written, (key) => document.locate([...path, key], 'key'), collector);
    return exception;
  });
  const identity = identityOf(document, metadata, collector);
  return rule === null ? null : { ...identity, application: own, rule, exceptions };

  function linkRule(written: WrittenConstraint['spec'], key: (typeof ruleKeys)[number]): Rule | null {
    const { separate, supervises, reserved, holders, never } = written;
    if (separate) {
      const permissions = permissionsAt(separate.permissions, ['spec', key, 'permissions']);
      checkApart(permissions, collector);
      return { kind: 'separate', permissions };
    }
    if (supervises) {
      const supervisor = linkRole(supervises.supervisor, document.locate(['spec', key, 'supervisor']));
      const supervised = rolesAt(supervises.supervised, ['spec', key, 'supervised']);
      return supervisor === null ? null : { kind: 'supervises', supervisor, supervised };
    }
    if (reserved) {
      const permissions = permissionsAt(reserved.permissions, ['spec', key, 'permissions']);
      return { kind: 'reserved', permissions, roles: rolesAt(reserved.roles, ['spec', key, 'roles']) };
    }
    if (never) {
      const permissions = permissionsAt(never.permissions, ['spec', key, 'permissions']);
      return { kind: 'never', permissions, purpose: never.purpose };
    }
    if (!holders) return null;
    const { atLeast = null, atMost = null } = holders;
    if ((atLeast === null && atMost === null) || (atLeast !== null && atMost !== null && atLeast > atMost)) {
      const found = atLeast === null ? 'without atLeast and atMost' : `at least ${atLeast} and at most ${atMost}`;
      collector.report(
        'RW5206',
        document.locate(['spec', key], 'key'),
        { found },
        { expected: 'atLeast, atMost, or both' },
      );
    }
    const role = linkRole(holders.role, document.locate(['spec', key, 'role']));
    return role === null ? null : { kind: 'holders', role, atLeast, atMost };
  }

  function permissionsAt(written: readonly string[], path: Path): readonly Qualified<Reference>[] {
    return once(written, path).flatMap(({ name, place }) => linkPermission(name, place) ?? []);
  }

  function rolesAt(written: readonly string[], path: Path): readonly Qualified<Named>[] {
    return once(written, path).flatMap(({ name, place }) => linkRole(name, place) ?? []);
  }

  /** The entries of a list in its order; one that stands twice is an error. */
  function once(written: readonly string[], path: Path): readonly Named[] {
    const entries = written.map((name, index) => ({ name, place: document.locate([...path, index]) }));
    const key = String(path.at(-1));
    return entries.filter(({ name, place }, index) => {
      const first = entries.slice(0, index).find((earlier) => earlier.name === name);
      if (first === undefined) return true;
      const related = [{ message: 'first here', place: first.place }];
      collector.report('RW2120', place, { entry: name, key }, { related, expected: 'once' });
      return false;
    });
  }

  function linkPermission(text: string, place: Place): Qualified<Reference> | null {
    const found = placeIn(text, place, 'application/section/permission:level');
    if (found === null) return null;
    const reference = linkReference(
      { name: found.name, place },
      found.application.name,
      found.application.catalog,
      inFull(found.application),
    );
    return reference === null ? null : { application: found.application.name, value: reference };
  }

  function linkRole(text: string, place: Place): Qualified<Named> | null {
    const found = reportInFull(text, place) ? null : placeIn(text, place, 'application/role');
    if (found === null) return null;
    const { name, roles } = found.application;
    const named = { name: found.name, place };
    return lookUpAssignable(named, name, roles, inFull(found.application)) === null
      ? null
      : { application: name, value: named };
  }

  function linkAssignmentName(text: string, place: Place): Qualified<Named> | null {
    const found = reportInFull(text, place) ? null : placeIn(text, place, 'application/assignment');
    if (found === null) return null;
    const { name, roles } = found.application;
    const named = { name: found.name, place };
    return lookUpAssignment(named, name, roles, inFull(found.application)) === null
      ? null
      : { application: name, value: named };
  }

  /** The application of a name: the constraint's own, or the first part of a name written in full. */
  function placeIn(
    text: string,
    place: Place,
    expected: string,
  ): { application: LinkedApplication; name: string } | null {
    if (own !== null) {
      const application = applications.get(own);
      return application === undefined ? null : { application, name: text };
    }
    const slash = text.indexOf('/');
    if (slash < 0) {
      collector.report('RW4107', place, { reference: text }, { expected });
      return null;
    }
    const suggestions = suggesting(collector, (suggestion) => `${suggestion}${text.slice(slash)}`);
    const application = lookUp(known, text.slice(0, slash), place, 'RW2110', suggestions);
    return application === null ? null : { application, name: text.slice(slash + 1) };
  }

  /** Suggests names as they are written here. */
  function inFull(application: LinkedApplication): Collector {
    return own === null ? suggesting(collector, (suggestion) => `${application.name}/${suggestion}`) : collector;
  }

  /** Reports a name that says the application where that is clear; false if it does not. */
  function reportInFull(text: string, place: Place): boolean {
    if (own === null || !text.startsWith(`${own}/`)) return false;
    const suggestion = text.slice(own.length + 1);
    collector.report('RW2116', place, { reference: text, application: own }, { suggestion });
    return true;
  }
}

/** Refuses to keep a permission apart from itself at another level, which whoever holds the higher one would break. */
function checkApart(permissions: readonly Qualified<Reference>[], collector: Collector): void {
  for (const [index, { application, value }] of permissions.entries()) {
    const first = permissions
      .slice(0, index)
      .find((other) => other.application === application && other.value.permission === value.permission);
    if (first === undefined) continue;
    const related = [{ message: 'first here', place: first.value.place }];
    const details = { related, expected: 'each permission once, at the lowest level that counts' };
    collector.report('RW5207', value.place, { one: first.value.text, other: value.text }, details);
  }
}
