import fc from 'fast-check';
import type { SourceFile } from '../../../src/language/source.ts';
import type { Sketch, SketchPermission, SketchRole } from '../../support/arbitrary-repository.ts';
import { documentsOf, filesOf, sketches } from '../../support/arbitrary-repository.ts';

/** A repository with people, of which the laws know what it means without asking the product. */
export interface PeopledSketch extends Sketch {
  readonly assignments: readonly SketchAssignment[];
  /** The one level that reaches the vendors and resellers of an app. */
  readonly forVendors: string;
}

export interface SketchAssignment {
  readonly name: string;
  /** A role or custom role. */
  readonly role: string;
  /** What narrows the role; empty where nothing does. */
  readonly apps: readonly string[];
  /** Last days by id; null: no end. */
  readonly users: ReadonlyMap<string, string | null>;
}

/** What the head calls what the base called otherwise: roles, permissions (without their section) and apps. */
export type Renames = ReadonlyMap<string, string>;

/** Two repositories; the names of the head are those of its sketch, renamed. */
export interface ArbitraryChange {
  readonly base: PeopledSketch;
  readonly head: PeopledSketch;
  readonly renames: Renames;
}

const days = [null, '2027-03-31', '2027-12-31'];
const users = fc
  .subarray(['auth0|1', 'auth0|2', 'auth0|3'], { minLength: 1 })
  .chain((ids) => fc.tuple(...ids.map((id) => fc.constantFrom(...days).map((day) => [id, day] as const))))
  .map((entries) => new Map(entries));

function peopled(sketch: Sketch): fc.Arbitrary<PeopledSketch> {
  const roles = sketch.roles.filter(({ assignable }) => assignable);
  const given = [...roles, ...sketch.customRoles];
  const marked = fc.constantFrom('view', 'edit');
  if (given.length === 0) return marked.map((forVendors) => ({ ...sketch, assignments: [], forVendors }));
  const one = fc.record({
    role: fc.constantFrom(...given.map(({ name }) => name)),
    apps: fc.subarray(['asana', 'slack', 'zoom']),
    users,
  });
  return fc.tuple(fc.array(one, { maxLength: 2 }), marked).map(([list, forVendors]) => ({
    ...sketch,
    forVendors,
    assignments: list.map(({ role, apps, users: people }, index) => {
      const isRestrictable = roles.some(({ name, restrictable }) => name === role && restrictable);
      // One person cannot have two restrictions: each assignment has people of its own.
      const own = new Map([...people].map(([id, day]) => [`${id}${index}`, day]));
      return { name: `people-${index}`, role, apps: isRestrictable ? apps : [], users: own };
    }),
  }));
}

const peopledSketches = sketches.chain(peopled);

/** Names that may be others at the head. */
const renamable = ['role-0', 'role-1', 'role-3', 'custom-0', 'people-0', 'thing-0', 'thing-1', 'zoom'];

/** A near one: some lines less, some levels more, some permissions restricted otherwise, some apps sold by others. */
function changed(base: PeopledSketch, other: PeopledSketch): fc.Arbitrary<PeopledSketch> {
  const mixed = <T extends { readonly name: string }>(ours: readonly T[], theirs: readonly T[]) =>
    fc.tuple(...ours.map((item) => fc.constantFrom(item, ...theirs.filter(({ name }) => name === item.name))));
  return fc
    .record({
      permissions: fc.tuple(...base.permissions.map(nearPermission)),
      vendors: mixed(base.vendors, other.vendors),
      apps: mixed(base.apps, other.apps),
      roles: fc.tuple(...base.roles.map(nearRole)),
      customRoles: fc.subarray([...base.customRoles]),
      assignments: fc.subarray([...base.assignments]),
      forVendors: fc.constantFrom(base.forVendors, other.forVendors),
    })
    .map((sketch) => {
      const names = new Set([...sketch.roles, ...sketch.customRoles].map(({ name }) => name));
      return { ...sketch, assignments: sketch.assignments.filter(({ role }) => names.has(role)) };
    });
}

function nearPermission(permission: SketchPermission): fc.Arbitrary<SketchPermission> {
  const { levels } = permission;
  return fc.record({
    reference: fc.constant(permission.reference),
    levels: fc.constantFrom(levels, levels, levels.toSpliced(1, 0, ...(levels.length > 0 ? ['comment'] : []))),
    restrictedBy: fc.constantFrom(permission.restrictedBy, permission.restrictedBy, 'apps' as const),
  });
}

function nearRole(role: SketchRole): fc.Arbitrary<SketchRole> {
  return fc
    .tuple(fc.subarray([...role.inherits]), fc.subarray([...role.grants]))
    .map(([inherits, grants]) => ({ ...role, inherits, grants: new Map(grants) }));
}

/** Changes of a repository into one near to it, into any other one, and back. */
export const changes: fc.Arbitrary<ArbitraryChange> = fc
  .tuple(peopledSketches, peopledSketches, fc.subarray(renamable), fc.constantFrom('near', 'back', 'other', 'same'))
  .chain(([one, other, names, how]) => {
    const renames: Renames = new Map(names.map((name) => [name, `${name}-now`]));
    if (how === 'same') return fc.constant({ base: one, head: one, renames });
    if (how === 'other') return fc.constant({ base: one, head: other, renames });
    return changed(one, other).map((near) =>
      how === 'near' ? { base: one, head: near, renames } : { base: near, head: one, renames },
    );
  });

/** The files of a sketch. */
export function peopledFiles(sketch: PeopledSketch, order: readonly number[]): readonly SourceFile[] {
  return filesOf(peopledDocuments(sketch), order);
}

/** The files of the head: what has another name says so under `formerly`, where the base had it. */
export function headFiles({ base, head, renames }: ArbitraryChange, order: readonly number[]): readonly SourceFile[] {
  const known = new Set(namesOf(base));
  const texts = peopledDocuments(head).map((text) =>
    [...renames].reduce((renamed, [from, to]) => {
      const now = renamed.replaceAll(new RegExp(`(?<![\\w-])${from}(?![\\w-])`, 'gu'), to);
      return known.has(from)
        ? now.replace(declaration(to), (line, indent: string) => line + former(line, indent, from, base))
        : now;
    }, text),
  );
  return filesOf(texts, order);
}

/** Every name that may be renamed, as one side has it. */
export function namesOf(sketch: PeopledSketch): readonly string[] {
  const { roles, customRoles, assignments, permissions, apps } = sketch;
  const short = permissions.map(({ reference }) => reference.split('/')[1] ?? '');
  return [...[...roles, ...customRoles, ...assignments, ...apps].map(({ name }) => name), ...short];
}

/** The line that declares a name, with the indentation of what may follow it. */
function declaration(name: string): RegExp {
  return new RegExp(`^( *)(?:- )?name: ${name}\\n`, 'mu');
}

function former(line: string, indent: string, from: string, { permissions }: PeopledSketch): string {
  const section = permissions.find(({ reference }) => reference.endsWith(`/${from}`))?.reference.split('/')[0];
  const deeper = line.trimStart().startsWith('- ') ? `${indent}  ` : indent;
  return `${deeper}formerly:\n${deeper}  - ${section === undefined ? from : `${section}/${from}`}\n`;
}

function peopledDocuments(sketch: PeopledSketch): readonly string[] {
  const { roles } = sketch;
  return [
    ...documentsOf(sketch).map((text) => markedFor(text, sketch.forVendors)),
    ...sketch.assignments.map(({ name, role, apps, users: people }) => {
      const isRestrictable = roles.some((known) => known.name === role && known.restrictable);
      const lines = [
        'apiVersion: rolewright/v1',
        'kind: Assignment',
        'metadata:',
        '  application: shop',
        `  name: ${name}`,
        'spec:',
        `  role: ${role}`,
        ...(apps.length > 0
          ? ['  apps:', ...apps.map((app) => `    - ${app}`)]
          : isRestrictable
            ? ['  allApps: true']
            : []),
        '  users:',
        ...[...people].flatMap(([id, day]) => [
          `    - id: ${id}`,
          ...(day === null ? [] : [`      validThrough: ${day}`]),
        ]),
      ];
      return lines.map((line) => `${line}\n`).join('');
    }),
  ];
}

function markedFor(text: string, level: string): string {
  return text.replaceAll(
    /(- name: (\S+)\n +alsoForVendors: )\w+/gu,
    (_, before: string, name: string) => `${before}${name === level}`,
  );
}
