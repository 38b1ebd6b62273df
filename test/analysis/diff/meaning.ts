import { byCodePoint } from '../../../src/language/source.ts';
import type {
  Difference,
  PermissionDifference,
  ReachedThing,
  SubjectDifference,
} from '../../../src/model/difference.ts';
import type { PeopledSketch, Renames, SketchAssignment } from './arbitrary-change.ts';
import { namesOf } from './arbitrary-change.ts';

/** For what a level is held: everything, or the things that a narrowed subject reaches ("app zoom"). */
export type Scope = '*' | ReadonlySet<string>;

/** What a role, custom role or assignment means: worked out here, without asking the product. */
export interface SubjectMeaning {
  /** null: it is not narrowed. */
  readonly things: ReadonlySet<string> | null;
  /** By `section/permission` and level; a permission without levels has one, ''. */
  readonly holds: ReadonlyMap<string, ReadonlyMap<string, Scope>>;
  readonly people: ReadonlyMap<string, string | null>;
}

/** By name: roles, custom roles and assignments share one set of names. */
export type Meaning = ReadonlyMap<string, SubjectMeaning>;

/** What a sketch means. */
export function meaningOf(sketch: PeopledSketch): Meaning {
  const roles = new Map<string, ReadonlyMap<string, number>>();
  for (const { name, inherits, grants } of sketch.roles) {
    const held = new Map<string, number>();
    const add = (reference: string, rank: number) => held.set(reference, Math.max(rank, held.get(reference) ?? 0));
    for (const parent of inherits) for (const [reference, rank] of roles.get(parent) ?? []) add(reference, rank);
    for (const [reference, level] of grants)
      add(reference, Math.max(0, levelsOf(sketch, reference).indexOf(level ?? '')));
    roles.set(name, held);
  }
  const customRoles = new Map(sketch.customRoles.map((custom) => [custom.name, custom]));
  const nobody = new Map<string, string | null>();
  const subject = (role: string, apps: readonly string[] | null, people: SubjectMeaning['people']): SubjectMeaning => {
    const things = apps === null ? null : thingsOf(apps, sketch);
    return { things, holds: holdsOf(roles.get(role) ?? new Map(), things, sketch), people };
  };
  return new Map([
    ...sketch.roles
      .filter(({ assignable }) => assignable)
      .map(({ name }) => [name, subject(name, null, nobody)] as const),
    ...sketch.customRoles.map(({ name, base, apps }) => [name, subject(base, apps, nobody)] as const),
    ...sketch.assignments.map(({ name, role, apps, users }) => {
      const custom = customRoles.get(role);
      const narrowed = custom === undefined ? (apps.length === 0 ? null : apps) : custom.apps;
      return [name, subject(custom?.base ?? role, narrowed, users)] as const;
    }),
  ]);
}

function levelsOf({ permissions }: PeopledSketch, reference: string): readonly string[] {
  const levels = permissions.find((known) => known.reference === reference)?.levels ?? [];
  return levels.length === 0 ? [''] : levels;
}

function thingsOf(apps: readonly string[], sketch: PeopledSketch): ReadonlySet<string> {
  const listed = sketch.apps.filter(({ name }) => apps.includes(name));
  const makers = sketch.vendors.filter(({ name }) => listed.some(({ vendor }) => vendor === name));
  return new Set([
    ...listed.map(({ name }) => `app ${name}`),
    ...makers.map(({ name }) => `vendor ${name}`),
    ...[...listed, ...makers].flatMap(({ resellers }) => resellers.map((name) => `reseller ${name}`)),
  ]);
}

function holdsOf(
  ranks: ReadonlyMap<string, number>,
  things: ReadonlySet<string> | null,
  sketch: PeopledSketch,
): SubjectMeaning['holds'] {
  return new Map(
    [...ranks].map(([reference, rank]) => {
      const isBound = sketch.permissions.find((known) => known.reference === reference)?.restrictedBy === 'apps';
      const levels = levelsOf(sketch, reference).slice(0, rank + 1);
      const scopeOf = (level: string): Scope => {
        if (things === null || !isBound) return '*';
        return new Set([...things].filter((thing) => thing.startsWith('app ') || level === sketch.forVendors));
      };
      return [reference, new Map(levels.map((level) => [level, scopeOf(level)]))];
    }),
  );
}

/** A sketch with the names that it has where it is the head. */
export function renamedSketch(sketch: PeopledSketch, renames: Renames): PeopledSketch {
  const now = (name: string) => renames.get(name) ?? name;
  const reference = (text: string) => text.split('/').map(now).join('/');
  return {
    permissions: sketch.permissions.map((item) => ({ ...item, reference: reference(item.reference) })),
    vendors: sketch.vendors,
    apps: sketch.apps.map((app) => ({ ...app, name: now(app.name) })),
    roles: sketch.roles.map((role) => ({
      ...role,
      name: now(role.name),
      inherits: role.inherits.map(now),
      grants: new Map([...role.grants].map(([text, level]) => [reference(text), level])),
    })),
    customRoles: sketch.customRoles.map(({ name, base, apps }) => ({
      name: now(name),
      base: now(base),
      apps: apps.map(now),
    })),
    assignments: sketch.assignments.map(({ name, role, apps, users }) => ({
      name: now(name),
      role: now(role),
      apps: apps.map(now),
      users,
    })),
    forVendors: sketch.forVendors,
  };
}

/** A meaning of the base in the names of the head, where the head has what it names. */
export function translated(meaning: Meaning, renames: Renames, base: PeopledSketch, head: PeopledSketch): Meaning {
  const known = new Set(namesOf(head));
  const sections = new Map(
    head.permissions.map(({ reference }) => [reference.split('/')[1] ?? '', reference.split('/')[0]]),
  );
  const subjects = meaningOf(head);
  const now = (name: string) => (known.has(name) ? (renames.get(name) ?? name) : name);
  // A role that has become a building block is nobody's any more, whatever it is called.
  const subjectNow = (name: string) => (subjects.has(name) ? now(name) : name);
  const reference = (text: string) => {
    const [section, name = ''] = text.split('/');
    return renames.has(name) && known.has(name) ? `${sections.get(name)}/${now(name)}` : `${section}/${name}`;
  };
  const references = new Map(base.permissions.map((item) => [item.reference, reference(item.reference)]));
  return renamed(meaning, subjectNow, references, new Map([...known].map((name) => [name, now(name)])));
}

function renamed(
  meaning: Meaning,
  now: (name: string) => string,
  references: ReadonlyMap<string, string>,
  apps: ReadonlyMap<string, string>,
): Meaning {
  const thing = (text: string) => {
    const [kind = '', name = ''] = text.split(' ');
    return `${kind} ${kind === 'app' ? (apps.get(name) ?? name) : name}`;
  };
  const scope = (held: Scope): Scope => (held === '*' ? held : new Set([...held].map(thing)));
  return new Map(
    [...meaning].map(([name, { things, holds, people }]) => [
      now(name),
      {
        things: things === null ? null : new Set([...things].map(thing)),
        holds: new Map(
          [...holds].map(([text, levels]) => [
            references.get(text) ?? text,
            new Map([...levels].map(([level, held]) => [level, scope(held)])),
          ]),
        ),
        people,
      },
    ]),
  );
}

/** Whether somebody may do something in `head` that nobody could in `base`, subject by subject. */
export function gainsBeyond(head: Meaning, base: Meaning): ReadonlySet<string> {
  const gaining = [...head].filter(([name, now]) => {
    const before = base.get(name);
    const isNew = (reference: string, level: string, scope: Scope) => {
      const held = before?.holds.get(reference)?.get(level);
      if (held === undefined) return scope === '*' || scope.size > 0;
      if (held === '*') return false;
      return scope === '*' || [...scope].some((thing) => !held.has(thing));
    };
    const access = [...now.holds].some(([reference, levels]) =>
      [...levels].some(([level, scope]) => isNew(reference, level, scope)),
    );
    const people = [...now.people].some(([id, day]) => {
      const last = before?.people.get(id);
      return last === undefined || (last !== null && (day === null || day > last));
    });
    return access || people;
  });
  return new Set(gaining.map(([name]) => name));
}

/**
 * What the identity provider would hold as grants: each level and each thing of what becomes a role there, which an
 * assignment does only if it narrows. The meaning is in the names of the head; `assignments` say who is one of them.
 */
export function grantsOf(meaning: Meaning, assignments: readonly SketchAssignment[]): ReadonlySet<string> {
  const others = new Set(assignments.filter(({ apps }) => apps.length === 0).map(({ name }) => name));
  return new Set(
    [...meaning]
      .filter(([name]) => !others.has(name))
      .flatMap(([name, { things, holds }]) => [
        ...[...(things ?? [])].map((thing) => `${name} ${thing}`),
        ...[...holds].flatMap(([reference, levels]) =>
          [...levels.keys()].map((level) => `${name} ${reference}:${level}`),
        ),
      ]),
  );
}

/** Makes the changes that a difference tells, and no other; `levels` are those of the head's permissions, lowest first. */
export function applied(
  base: Meaning,
  difference: Difference,
  levels: ReadonlyMap<string, readonly string[]>,
): Meaning {
  const entries = difference.catalogs.flatMap(({ changes }) => changes).filter(({ change }) => change === 'renamed');
  const namesBy = (subject: string) =>
    new Map(entries.filter((entry) => entry.subject === subject).map(({ was, name }) => [was ?? '', name]));
  const roles = new Map(difference.subjects.map(({ renamedFrom, name }) => [renamedFrom ?? name, name]));
  const start = renamed(base, (name) => roles.get(name) ?? name, namesBy('permission'), namesBy('app'));
  const result = new Map(start);
  for (const subject of difference.subjects) {
    if (subject.action === 'removed') result.delete(subject.name);
    else result.set(subject.name, appliedTo(start.get(subject.name), subject, levels));
  }
  return result;
}

function appliedTo(
  before: SubjectMeaning | undefined,
  { reach, permissions, people }: SubjectDifference,
  levels: ReadonlyMap<string, readonly string[]>,
): SubjectMeaning {
  const key = ({ kind, name }: { readonly kind: string; readonly name: string }) => `${kind} ${name}`;
  const things = reach === null ? (before?.things ?? null) : reach.head === null ? null : new Set(reach.head.map(key));
  const gained = new Set((reach?.gained ?? []).map(key));
  const kept = new Set([...(things ?? [])].filter((thing) => !gained.has(thing)));
  const holds = new Map<string, Map<string, Scope>>();
  for (const [reference, held] of before?.holds ?? []) {
    const still = (scope: Scope): Scope =>
      scope === '*' ? scope : new Set([...scope].filter((thing) => kept.has(thing)));
    holds.set(reference, new Map([...held].map(([level, scope]) => [level, still(scope)])));
  }
  for (const change of permissions) {
    if (change.head === null) holds.delete(change.permission);
    else holds.set(change.permission, scopesOf(change, kept, levels));
  }
  for (const thing of reach?.gained ?? []) if (thing.kind !== 'all-apps') reachAlso(thing, key(thing), holds, levels);
  const days = new Map(before?.people ?? []);
  for (const { account, change, head } of people) {
    if (change === 'removed') days.delete(account);
    else days.set(account, head);
  }
  return { things, holds, people: days };
}

function scopesOf(
  { permission, head }: PermissionDifference,
  kept: ReadonlySet<string>,
  levels: ReadonlyMap<string, readonly string[]>,
): Map<string, Scope> {
  const held = upTo(permission, head?.level ?? '', levels);
  const scope = (level: string): Scope => {
    if (head?.everywhere) return '*';
    const isForVendors = head?.forVendors.includes(level === '' ? null : level);
    return new Set([...kept].filter((thing) => thing.startsWith('app ') || isForVendors));
  };
  return new Map(held.map((level) => [level, scope(level)]));
}

function reachAlso(
  { kind, permissions }: ReachedThing,
  thing: string,
  holds: Map<string, Map<string, Scope>>,
  levels: ReadonlyMap<string, readonly string[]>,
): void {
  for (const text of permissions) {
    const [reference = '', level = ''] = text.split(':');
    const held = holds.get(reference) ?? new Map<string, Scope>();
    for (const reached of kind === 'app' ? upTo(reference, level, levels) : [level]) {
      const scope = held.get(reached) ?? new Set<string>();
      held.set(reached, scope === '*' ? scope : new Set([...scope, thing]));
    }
    holds.set(reference, held);
  }
}

function upTo(reference: string, level: string, levels: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const all = levels.get(reference) ?? [''];
  return all.slice(0, all.indexOf(level) + 1);
}

/** The levels of every permission of a sketch. */
export function levelsByReference(sketch: PeopledSketch): ReadonlyMap<string, readonly string[]> {
  return new Map(sketch.permissions.map(({ reference }) => [reference, levelsOf(sketch, reference)]));
}

/** A meaning as text that is the same for the same meaning. */
export function meaningText(meaning: Meaning): readonly string[] {
  const scopeText = (scope: Scope) => (scope === '*' ? scope : [...scope].toSorted(byCodePoint).join(', '));
  return [...meaning]
    .toSorted(([a], [b]) => byCodePoint(a, b))
    .flatMap(([name, { things, holds, people }]) => [
      `${name} ${things === null ? 'everywhere' : [...things].toSorted(byCodePoint).join(', ')}`,
      ...[...holds]
        .flatMap(([reference, levels]) =>
          [...levels].map(([level, scope]) => `  ${reference}:${level} for ${scopeText(scope)}`),
        )
        .toSorted(byCodePoint),
      ...[...people].map(([id, day]) => `  ${id} ${day}`).toSorted(byCodePoint),
    ]);
}
