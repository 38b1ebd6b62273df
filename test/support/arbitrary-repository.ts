import fc from 'fast-check';
import type { SourceFile } from '../../src/language/source.ts';

/** A small repository as data: what the laws know of it without asking the product. */
export interface Sketch {
  readonly permissions: readonly SketchPermission[];
  readonly vendors: readonly { readonly name: string; readonly resellers: readonly string[] }[];
  readonly apps: readonly {
    readonly name: string;
    readonly vendor: string | null;
    readonly resellers: readonly string[];
  }[];
  readonly roles: readonly SketchRole[];
  readonly customRoles: readonly { readonly name: string; readonly base: string; readonly apps: readonly string[] }[];
}

export interface SketchPermission {
  /** `section/name`. */
  readonly reference: string;
  readonly levels: readonly string[];
  readonly restrictedBy: 'apps' | 'nothing';
}

export interface SketchRole {
  readonly name: string;
  readonly assignable: boolean;
  readonly restrictable: boolean;
  readonly inherits: readonly string[];
  /** The level held of a permission, null for one without levels. */
  readonly grants: ReadonlyMap<string, string | null>;
}

const sections = ['billing', 'orders'] as const;

const permission = (index: number): fc.Arbitrary<SketchPermission> =>
  fc.record({
    reference: fc.constantFrom(...sections).map((section) => `${section}/thing-${index}`),
    levels: fc.constantFrom([], ['view'], ['view', 'edit'], ['view', 'edit', 'approve']),
    restrictedBy: fc.constantFrom('apps', 'nothing'),
  });

const vendors = ['acme-inc', 'zoom-inc'];
const resellersOf = fc.subarray(['cdw', 'shi'], { minLength: 0 });

function role(index: number, permissions: readonly SketchPermission[]): fc.Arbitrary<SketchRole> {
  const earlier = Array.from({ length: index }, (_, other) => `role-${other}`);
  const grant = ({ reference, levels }: SketchPermission) =>
    (levels.length === 0 ? fc.constant(null) : fc.constantFrom(...levels)).map((level) => [reference, level] as const);
  return fc.record({
    name: fc.constant(`role-${index}`),
    assignable: fc.boolean(),
    restrictable: fc.boolean(),
    inherits: fc.subarray(earlier, { maxLength: Math.min(index, 3) }),
    grants: fc
      .subarray([...permissions])
      .chain((granted) => fc.tuple(...granted.map(grant)))
      .map((entries) => new Map(entries)),
  });
}

/** Repositories without mistakes, over one application with an app directory. */
export const sketches: fc.Arbitrary<Sketch> = fc
  .integer({ min: 1, max: 5 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => permission(index))))
  .chain((permissions) =>
    fc
      .record({
        permissions: fc.constant(permissions),
        vendors: fc.tuple(...vendors.map((name) => fc.record({ name: fc.constant(name), resellers: resellersOf }))),
        apps: fc.tuple(
          ...['asana', 'slack', 'zoom'].map((name) =>
            fc.record({
              name: fc.constant(name),
              vendor: fc.option(fc.constantFrom(...vendors)),
              resellers: resellersOf,
            }),
          ),
        ),
        roles: fc.tuple(...Array.from({ length: 5 }, (_, index) => role(index, permissions))),
      })
      .chain((known) => customRoles(known.roles).map((custom) => ({ ...known, customRoles: custom }))),
  );

function customRoles(roles: readonly SketchRole[]): fc.Arbitrary<Sketch['customRoles']> {
  const bases = roles.filter(({ restrictable }) => restrictable).map(({ name }) => name);
  if (bases.length === 0) return fc.constant([]);
  const one = fc.record({
    base: fc.constantFrom(...bases),
    apps: fc.subarray(['asana', 'slack', 'zoom'], { minLength: 1 }),
  });
  return fc
    .array(one, { maxLength: 3 })
    .map((list) => list.map((custom, index) => ({ ...custom, name: `custom-${index}` })));
}

/** The documents of a sketch, each as YAML text. */
export function documentsOf(sketch: Sketch): readonly string[] {
  return [
    document('PermissionCatalog', ['name: shop'], catalogLines(sketch)),
    document('AppDirectory', ['application: shop', 'name: apps'], directoryLines(sketch)),
    ...sketch.roles.map((role) => document('Role', ['application: shop', `name: ${role.name}`], roleLines(role))),
    ...sketch.customRoles.map(({ name, base, apps }) =>
      document('CustomRole', ['application: shop', `name: ${name}`], [`base: ${base}`, ...list('apps', apps)]),
    ),
    document(
      'Environment',
      ['name: production'],
      [
        'purpose: production',
        'tenant: acme.eu.auth0.com',
        'applications:',
        '  - name: shop',
        '    audience: https://api.shop.example',
      ],
    ),
  ];
}

/** Documents as files: in the order and the groups that the seeds give, one document a file where there are none. */
export function filesOf(documents: readonly string[], order: readonly number[] = []): readonly SourceFile[] {
  if (order.length === 0) return documents.map((text, index) => ({ path: `roles/f${index}.yaml`, text }));
  const ranked = documents.map((text, index) => ({ text, rank: order[index % order.length] ?? 0 }));
  const groups = Map.groupBy(
    ranked.toSorted((a, b) => a.rank - b.rank),
    ({ rank }) => rank % 3,
  );
  return [...groups].map(([group, items]) => ({
    path: `roles/g${group}.yaml`,
    text: items.map(({ text }) => text).join('---\n'),
  }));
}

function document(kind: string, metadata: readonly string[], spec: readonly string[]): string {
  return ['apiVersion: rolewright/v1', `kind: ${kind}`, 'metadata:', ...indent(metadata), 'spec:', ...indent(spec)]
    .map((line) => `${line}\n`)
    .join('');
}

function catalogLines({ permissions }: Sketch): readonly string[] {
  const used = sections.filter((section) => permissions.some(({ reference }) => reference.startsWith(`${section}/`)));
  return [
    'version: 1.0.0',
    'sections:',
    ...used.flatMap((section) => [
      `  - name: ${section}`,
      '    permissions:',
      ...permissions
        .filter(({ reference }) => reference.startsWith(`${section}/`))
        .flatMap(({ reference, levels, restrictedBy }) => [
          `      - name: ${reference.slice(section.length + 1)}`,
          `        restrictedBy: ${restrictedBy}`,
          ...(levels.length === 0 ? [] : ['        levels:']),
          ...levels.flatMap((level) => [
            `          - name: ${level}`,
            `            alsoForVendors: ${level === 'view'}`,
          ]),
        ]),
    ]),
  ];
}

function directoryLines({ vendors: makers, apps }: Sketch): readonly string[] {
  const item = (name: string, more: readonly string[]) => [`  - name: ${name}`, ...indent(indent(more))];
  return [
    'vendors:',
    ...makers.flatMap(({ name, resellers }) => item(name, list('resellers', resellers))),
    'apps:',
    ...apps.flatMap(({ name, vendor, resellers }) =>
      item(name, [...(vendor === null ? [] : [`vendor: ${vendor}`]), ...list('resellers', resellers)]),
    ),
  ];
}

function roleLines({ assignable, restrictable, inherits, grants }: SketchRole): readonly string[] {
  const written = [...grants].map(([reference, level]) => (level === null ? reference : `${reference}:${level}`));
  return [
    `assignable: ${assignable}`,
    `restrictable: ${restrictable}`,
    ...list('inherits', inherits),
    ...list('grants', written.sort()),
  ];
}

function list(key: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [] : [`${key}:`, ...entries.map((entry) => `  - ${entry}`)];
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
