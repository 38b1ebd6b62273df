import type { Document, Path } from '../../language/parse/document.ts';
import type { WrittenCatalog } from '../../language/schema/kinds.ts';
import type { Place } from '../../language/source.ts';
import type { DenialEffects, Level, Named, Permission, Section } from '../definitions.ts';
import type { Catalog } from './catalog.ts';
import type { Collector } from './collector.ts';
import { formerNames, titleAt, uniqueNames } from './identity.ts';
import { claimNames } from './names.ts';
import type { PlacedScope } from './scopes.ts';
import { checkScopes, derivedScope, formerScopes } from './scopes.ts';

type WrittenSection = WrittenCatalog['spec']['sections'][number];
type WrittenPermission = WrittenSection['permissions'][number];
type WrittenEffects = NonNullable<WrittenPermission['whenDenied']>;

/** A permission as linked so far: what it requires is looked up when all permissions are known. */
interface Draft {
  readonly permission: Permission;
  readonly scopes: readonly PlacedScope[];
  readonly formerly: readonly Named[];
  readonly requires: readonly Named[];
}

/** What stands around a permission and matters to it. */
interface Surroundings {
  readonly section: WrittenSection;
  /** All of the catalog, among them those in which the permission may have been before. */
  readonly sections: readonly WrittenSection[];
  readonly hasApps: boolean;
}

/** Links a catalog: sections, permissions, levels and scopes, with what its names mean now and meant before. */
export function linkCatalog(
  document: Document,
  written: WrittenCatalog,
  hasApps: boolean,
  collector: Collector,
): Catalog {
  const drafts: Draft[] = [];
  const surroundings = (section: WrittenSection) => ({ section, sections: written.spec.sections, hasApps });
  const sections = written.spec.sections.map((section, index): Section => {
    const path = ['spec', 'sections', index];
    const linked = section.permissions.map((permission, at) =>
      linkPermission(document, [...path, 'permissions', at], permission, surroundings(section), collector),
    );
    drafts.push(...linked);
    return {
      name: section.name,
      title: titleAt(document, [...path, 'title'], section, collector),
      description: section.description ?? null,
      permissions: linked.map(({ permission }) => permission),
      place: document.locate([...path, 'name']),
    };
  });
  claimNames(
    'section',
    sections.map((section) => ({ ...section, formerly: [], value: section })),
    collector,
  );
  const permissions = claimNames(
    'permission',
    drafts.map(({ permission, formerly }) => ({
      name: permission.reference,
      place: permission.place,
      formerly,
      value: permission,
    })),
    collector,
  );
  const retired = uniqueNames(document, ['spec', 'retired'], written.spec.retired, collector);
  for (const old of [...retired, ...drafts.flatMap(({ formerly }) => formerly)]) checkOldName(old, collector);
  for (const { name, place } of retired) {
    const taken = permissions.current.get(name);
    if (taken === undefined) continue;
    const related = [{ message: 'retired here', place }];
    collector.report('RW2115', taken.place, { name }, { related, expected: 'a name never used before' });
  }
  checkScopes(
    drafts.flatMap(({ scopes }) => scopes),
    collector,
  );
  return {
    version: written.spec.version,
    sections,
    retired,
    permissions,
    requires: drafts.flatMap(({ permission, requires }) => requires.map((required) => ({ permission, required }))),
  };
}

function linkPermission(
  document: Document,
  path: Path,
  written: WrittenPermission,
  { section, sections, hasApps }: Surroundings,
  collector: Collector,
): Draft {
  const reference = `${section.name}/${written.name}`;
  const place = document.locate([...path, 'name']);
  // What is written down is what a rename keeps.
  const scopesAt = (level: string | null, own: string | undefined) => ({
    scope: own ?? derivedScope(section, written.name, level),
    formerScopes: own === undefined ? formerScopes(written, level, { section, sections }) : [],
  });
  const levels = (written.levels ?? []).map(
    (level, rank): Level => ({
      name: level.name,
      title: titleAt(document, [...path, 'levels', rank, 'title'], level, collector),
      rank,
      ...scopesAt(level.name, level.scope),
      sensitive: level.sensitive ?? false,
      alsoForVendors: level.alsoForVendors ?? false,
      whenDenied: effectsOf(document, [...path, 'levels', rank, 'whenDenied'], level.whenDenied, collector),
      place: document.locate([...path, 'levels', rank, 'name']),
    }),
  );
  claimNames(
    'level',
    levels.map((level) => ({ ...level, formerly: [], value: level })),
    collector,
  );
  if (levels.length > 0) {
    for (const key of ['scope', 'sensitive', 'alsoForVendors', 'whenDenied'] as const) {
      if (written[key] === undefined) continue;
      const expected = `${key} on each level that it is true of`;
      collector.report('RW3114', document.locate([...path, key], 'key'), { key, permission: reference }, { expected });
    }
  }
  const restrictedBy = written.restrictedBy ?? section.restrictedBy;
  checkRestriction(restrictedBy, hasApps, reference, place, section, collector);
  const permission: Permission = {
    section: section.name,
    name: written.name,
    reference,
    title: titleAt(document, [...path, 'title'], written, collector),
    description: written.description ?? null,
    restrictedBy: restrictedBy === 'apps' ? 'apps' : null,
    levels,
    ...(levels.length > 0 ? { scope: null, formerScopes: [] } : scopesAt(null, written.scope)),
    sensitive: written.sensitive ?? false,
    alsoForVendors: written.alsoForVendors ?? false,
    whenDenied: effectsOf(document, [...path, 'whenDenied'], written.whenDenied, collector),
    requires: [],
    formerly: written.formerly ?? [],
    place,
  };
  const requires = (written.requires ?? []).map((name, index) => ({
    name,
    place: document.locate([...path, 'requires', index]),
  }));
  const scopes =
    permission.scope === null
      ? levels.map(({ name, rank, scope }) => ({
          scope,
          reference: `${reference}:${name}`,
          place: scopePlace(document, [...path, 'levels', rank], written.levels?.[rank]),
        }))
      : [{ scope: permission.scope, reference, place: scopePlace(document, path, written) }];
  return { permission, scopes, requires, formerly: formerNames(document, [...path, 'formerly'], written.formerly) };
}

/** Where a scope comes from: the line that gives it, or the name that it is made of. */
function scopePlace(
  document: Document,
  path: Path,
  written: { readonly scope?: string | undefined } | undefined,
): Place {
  return document.locate([...path, written?.scope === undefined ? 'name' : 'scope']);
}

/** An old name is a whole reference; one that is not would protect nothing. */
function checkOldName({ name, place }: Named, collector: Collector): void {
  if (/^[^/:\s]+\/[^/:\s]+$/u.test(name)) return;
  const suggestion = /^([^/:\s]+\/[^/:\s]+):[^/:\s]+$/u.exec(name)?.[1] ?? null;
  const expected = 'section/permission, without a level';
  collector.report('RW2117', place, { reference: name }, { suggestion, expected });
}

function checkRestriction(
  restrictedBy: string | undefined,
  hasApps: boolean,
  reference: string,
  place: Place,
  section: WrittenSection,
  collector: Collector,
): void {
  if (hasApps && restrictedBy === undefined) {
    const help = `write "restrictedBy: apps" or "restrictedBy: nothing" on it, or on the section ${section.name}`;
    collector.report('RW3108', place, { permission: reference }, { expected: 'restrictedBy: apps | nothing', help });
  }
}

function effectsOf(
  document: Document,
  path: Path,
  written: WrittenEffects | undefined,
  collector: Collector,
): DenialEffects | null {
  if (written === undefined) return null;
  const { hidden = [], refused = [], remains = [], undocumented = null } = written;
  const entries = hidden.length + refused.length + remains.length;
  if (undocumented !== null && entries > 0) {
    const expected = 'either undocumented, or hidden, refused and remains';
    collector.report('RW3115', document.locate([...path, 'undocumented'], 'key'), {}, { expected });
  }
  if (undocumented === null && entries === 0) {
    collector.report(
      'RW3116',
      document.locate(path, 'key'),
      {},
      { expected: 'hidden, refused, remains or undocumented' },
    );
  }
  return { hidden, refused, remains, undocumented };
}
