import { byCodePoint } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import { documentsOf } from '../../language/validate/typed-document.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import { sensitiveHolders } from './sensitive-holders.ts';

/** Who is asked when something below a path changes. */
export interface OwnerRule {
  /** From the root of the git repository; a folder ends with `/`. */
  readonly path: string;
  /** As declared under `metadata.owners`, sorted; never empty. */
  readonly owners: readonly string[];
}

/** The rules by what they are for, in the order in which they must stand: of two that match, the later one counts. */
export interface OwnerRules {
  /** The folder of the documents, and the folder of each application. */
  readonly folders: readonly OwnerRule[];
  /** Files whose owners are others than those of their folder. */
  readonly files: readonly OwnerRule[];
  /** What judges a change and is no document. */
  readonly controls: readonly OwnerRule[];
}

/** Where things lie. */
export interface Layout {
  /** From the root of the git repository to ours: `""`, or `tools/permissions/`. */
  readonly folder: string;
  /** The folder of the documents below ours. */
  readonly documents: string;
  /** The CODEOWNERS file, from the root of the git repository. */
  readonly codeowners: string;
}

/** What judges a change and is no document: at the root of the git repository, and at our own. */
const workflowPaths = ['.github/actions/', '.github/workflows/'] as const;
const controlPaths = [
  'Pulumi.yaml',
  'package-lock.json',
  'package.json',
  'policy/',
  'program.cjs',
  'program.js',
  'rolewright.config.yaml',
  'stacks/',
] as const;

type Owners = ReadonlySet<string>;

/**
 * Who owns what. A document belongs to its own owners, else to those of its application's catalog, else to the
 * controllers; a role, custom role or assignment that holds a sensitive permission belongs to the catalog's as well. The
 * controllers own what judges changes: they are the owners of the environments for production, else of all
 * environments, else of all catalogs.
 */
export function ownerRules(documents: readonly TypedDocument[], model: EffectiveModel, layout: Layout): OwnerRules {
  const controllers = controllersOf(documents);
  const catalogs = new Map(
    documentsOf(documents, 'PermissionCatalog').map(({ value }) => [value.metadata.name, ownersOf(value.metadata)]),
  );
  const sensitive = sensitiveHolders(model);
  const owning = documents.map((document): readonly [file: string, owners: Owners] => {
    const { metadata } = document.value;
    const application = applicationOf(document);
    const answerable = nonEmpty(catalogs.get(application ?? '')) ?? controllers;
    const owners = nonEmpty(ownersOf(metadata)) ?? answerable;
    const isSensitive = holding.has(document.kind) && sensitive.has(`${application}/${metadata.name}`);
    return [layout.folder + document.document.file, isSensitive ? unionOf([owners, answerable]) : owners];
  });

  const folders = rulesOf([
    [`${layout.folder}${layout.documents}/`, controllers],
    ...documentsOf(documents, 'PermissionCatalog').map(({ value, document }): readonly [string, Owners] => [
      layout.folder + document.file.replace(/[^/]*$/u, ''),
      nonEmpty(ownersOf(value.metadata)) ?? controllers,
    ]),
  ]);
  // A nested folder sorts behind the one around it, so that the last that matches is the nearest.
  const nearest = (file: string) => folders.findLast(({ path }) => file.startsWith(path))?.owners ?? [];
  const files = rulesOf(owning).filter(({ path, owners }) => owners.join('\n') !== nearest(path).join('\n'));
  const controls = [layout.codeowners, ...workflowPaths, ...controlPaths.map((path) => layout.folder + path)];
  return { folders, files, controls: rulesOf(controls.map((path) => [path, controllers])) };
}

/** Who owns what judges changes. */
export function controllersOf(documents: readonly TypedDocument[]): Owners {
  const environments = documentsOf(documents, 'Environment').map(({ value }) => value);
  const production = environments.filter(({ spec }) => spec.purpose === 'production');
  const catalogs = documentsOf(documents, 'PermissionCatalog').map(({ value }) => value);
  const candidates = [production, environments, catalogs].map((values) =>
    unionOf(values.map(({ metadata }) => ownersOf(metadata))),
  );
  return candidates.find(({ size }) => size > 0) ?? new Set();
}

/** The kinds whose document can hold a permission. */
const holding: ReadonlySet<string> = new Set(['Role', 'CustomRole', 'Assignment']);

/** The application that a document belongs to; null for an environment, and for a constraint over several. */
function applicationOf({ kind, value }: TypedDocument): string | null {
  if (kind === 'PermissionCatalog') return value.metadata.name;
  return 'application' in value.metadata ? (value.metadata.application ?? null) : null;
}

function ownersOf({ owners }: { readonly owners?: readonly string[] | undefined }): Owners {
  return new Set(owners);
}

function nonEmpty(owners: Owners | undefined): Owners | null {
  return owners === undefined || owners.size === 0 ? null : owners;
}

function unionOf(all: readonly Owners[]): Owners {
  return new Set(all.flatMap((owners) => [...owners]));
}

/** One rule a path, sorted by path; a path that nobody owns has none, for a rule without owners would take it away. */
function rulesOf(owned: readonly (readonly [path: string, owners: Owners])[]): readonly OwnerRule[] {
  return [...Map.groupBy(owned, ([path]) => path)]
    .map(([path, entries]) => ({ path, owners: [...unionOf(entries.map(([, owners]) => owners))].sort(byCodePoint) }))
    .filter(({ owners }) => owners.length > 0)
    .sort((a, b) => byCodePoint(a.path, b.path));
}
