import { nearestName } from '../../language/nearest-name.ts';
import { formatPlace } from '../../language/source.ts';
import type { Named, Permission, Reference } from '../definitions.ts';
import type { Catalog } from './catalog.ts';
import { allReferences, referencesOf } from './catalog.ts';
import type { Collector } from './collector.ts';
import { referenceOfScope } from './scopes.ts';

const local = /^([^/:\s]+)\/([^/:\s]+)(?::([^/:\s]+))?$/u;
const qualified = /^([^/:\s]+)\/([^/:\s]+\/[^/:\s]+)$/u;

/**
 * What a reference in a document of the application names, or null with the diagnostic that helps: a scope, a name in
 * full, an old or retired name, a missing, needless or unknown level, or an unknown name with the nearest known one.
 */
export function linkReference(
  written: Named,
  application: string,
  catalog: Catalog,
  collector: Collector,
): Reference | null {
  const { name: text, place } = written;
  const parts = local.exec(text);
  if (parts === null) {
    reportMalformed(written, application, catalog, collector);
    return null;
  }
  const [, section, name, level = null] = parts;
  const permission = permissionNamed(`${section}/${name}`, written, catalog, collector);
  if (permission === null) return null;
  const expected = `${referencesOf(permission).join(' or ')}`;
  const related = [{ message: 'the permission', place: permission.place }];
  if (permission.levels.length === 0 && level !== null) {
    const parameters = { reference: permission.reference, level };
    collector.report('RW2106', place, parameters, { suggestion: permission.reference, expected, related });
    return null;
  }
  if (permission.levels.length > 0 && level === null) {
    collector.report('RW2105', place, { reference: text }, { expected, related });
    return null;
  }
  if (level !== null && !permission.levels.some(({ name: known }) => known === level)) {
    const nearest = nearestName(
      level,
      permission.levels.map(({ name: known }) => known),
    );
    const suggestion = nearest === null ? null : `${permission.reference}:${nearest}`;
    collector.report('RW2107', place, { reference: permission.reference, level }, { suggestion, expected, related });
    return null;
  }
  return { text, permission: permission.reference, level, place };
}

/** A permission named without a level (`except`); null with a diagnostic where there is none. */
export function linkPermissionName(
  written: Named,
  application: string,
  catalog: Catalog,
  collector: Collector,
): Named | null {
  const parts = local.exec(written.name);
  if (parts === null) {
    reportMalformed(written, application, catalog, collector);
    return null;
  }
  const [, section, name, level] = parts;
  if (permissionNamed(`${section}/${name}`, written, catalog, collector) === null) return null;
  if (level === undefined) return written;
  const suggestion = `${section}/${name}`;
  collector.report(
    'RW2117',
    written.place,
    { reference: written.name },
    { suggestion, expected: 'a permission without its level' },
  );
  return null;
}

function permissionNamed(reference: string, written: Named, catalog: Catalog, collector: Collector): Permission | null {
  const { name: text, place } = written;
  const permission = catalog.permissions.current.get(reference);
  if (permission !== undefined) return permission;
  const now = catalog.permissions.former.get(reference);
  if (now !== undefined) {
    collector.report('RW2114', place, { name: reference, now }, { suggestion: text.replace(reference, now) });
  } else if (catalog.retired.some(({ name }) => name === reference)) {
    collector.report('RW2115', place, { name: reference }, { help: 'remove the line' });
  } else if (!reportScope(written, catalog, collector)) {
    const suggestion =
      nearestName(text, allReferences(catalog)) ?? nearestName(reference, catalog.permissions.current.keys());
    const defined = suggestion === null ? undefined : catalog.permissions.current.get(suggestion.replace(/:.*$/u, ''));
    const noWildcard = text.includes('*') ? 'nothing is granted by a wildcard; write a line for each permission' : null;
    const help = defined === undefined ? noWildcard : `it is defined at ${formatPlace(defined.place)}`;
    collector.report('RW2104', place, { reference: text }, { suggestion, help });
  }
  return null;
}

function reportMalformed(
  { name: text, place }: Named,
  application: string,
  catalog: Catalog,
  collector: Collector,
): void {
  if (reportScope({ name: text, place }, catalog, collector)) return;
  const own = qualified.exec(text);
  if (own?.[1] === application && own[2] !== undefined) {
    collector.report('RW2116', place, { reference: text, application }, { suggestion: own[2] });
    return;
  }
  const expected = 'section/permission, or section/permission:level';
  if (catalog.sections.some(({ name }) => name === text)) {
    const help = 'a section is never granted whole; write a line for each of its permissions';
    collector.report('RW2117', place, { reference: text }, { expected, help });
    return;
  }
  const suggestion = nearestName(text, allReferences(catalog));
  collector.report('RW2117', place, { reference: text }, { suggestion, expected });
}

/** Reports a scope that stands where a reference belongs, with the reference; false if it is none. */
function reportScope({ name: scope, place }: Named, catalog: Catalog, collector: Collector): boolean {
  for (const permission of catalog.permissions.current.values()) {
    const suggestion = referenceOfScope(permission, scope);
    if (suggestion === null) continue;
    collector.report('RW2108', place, { scope }, { suggestion, expected: 'section/permission:level' });
    return true;
  }
  return false;
}
