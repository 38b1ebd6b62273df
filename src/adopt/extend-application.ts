import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { SourceFile } from '../language/source.ts';
import { narrowingScope } from '../model/compile/compile-scopes.ts';
import type { ObservedApi, ObservedRole } from '../model/observed-state.ts';
import { adoptAgain } from './adopt-again.ts';
import { permissionDrafts } from './catalog-draft.ts';
import { differencesOfApplication, differencesOfRole } from './differences.ts';
import { roleFile } from './documents.ts';
import type { RoleDraft } from './drafts.ts';
import { draftRoles } from './drafts.ts';
import type { FileEdit } from './edited-files.ts';
import { isReserved } from './expressible.ts';
import { catalogEdits } from './extend-catalog.ts';
import type { ScopedPermission } from './grants.ts';
import type { SortedRoles } from './narrowing.ts';
import { scopesHeld, sortByNarrowing } from './narrowing.ts';
import { settingsOf } from './new-application.ts';
import type { PlacedApplication, Reading } from './reading.ts';
import { documentAt } from './reading.ts';

/** What comes into an application that is declared: permissions and roles that only the tenant has, and edits of its own. */
export interface Extension {
  readonly files: readonly SourceFile[];
  readonly edits: readonly FileEdit[];
}

/** @param again titles of roles that are to become what the tenant has */
export function extendApplication(
  folder: string,
  reading: Reading,
  application: PlacedApplication,
  api: ObservedApi,
  roles: readonly ObservedRole[],
  again: readonly string[],
): Result<Extension> {
  const { definition, desired } = application;
  const problems: Diagnostic[] = [...settingsOf(definition.name, api)];
  const edits: FileEdit[] = [];
  const known = definition.sections.flatMap((section) => section.permissions);
  const declaredScopes = new Set(desired.scopes.map(({ value }) => value));
  // What is adopted again brings along no more than it holds.
  const held = new Set(roles.flatMap((role) => scopesHeld(role, api.audience)));
  const wanted = api.scopes.filter(
    ({ value }) => !declaredScopes.has(value) && (again.length === 0 || held.has(value)),
  );
  const missing = permissionDrafts(wanted, referencesOf(application));
  if (missing.length > 0) {
    const { typed, file } = documentAt(reading, definition.place);
    if (typed.kind === 'PermissionCatalog') {
      edits.push({ path: file.path, edits: catalogEdits(typed, file, missing, definition.hasAppDirectory) });
    }
  }
  const permissions: readonly ScopedPermission[] = [...known, ...missing];
  const unknown: ObservedRole[] = [];
  for (const role of roles) {
    const declared = desired.roles.find(({ title }) => title === role.title);
    if (declared === undefined) unknown.push(role);
    else if (again.includes(role.title)) {
      const [more, refused] = adoptAgain(reading, application, declared, role, permissions);
      edits.push(...more);
      problems.push(...refused);
    } else {
      const difference = differencesOfRole(declared, api.audience, role).join('; ');
      if (difference === '') continue;
      const help = `take it over with --role '${role.title}', or ${byUp}`;
      problems.push(diagnostic('RW6913', null, { what: `role "${role.title}"`, difference }, { help }));
    }
  }
  const drafted = draftRoles({
    api,
    permissions,
    roles: sortedRoles(application, unknown),
    bases: basesOf(application),
    taken: roleNames(application),
  });
  for (const { title, name } of drafted.made) {
    problems.push(diagnostic('RW6911', null, { title, name: `${definition.name}/${name}` }));
  }
  for (const { role, reason } of drafted.refused) {
    problems.push(diagnostic('RW6902', null, { role: role.title, reason }));
  }
  // Of scopes that come now there is nothing to tell.
  const coming = new Set([
    ...missing.map(({ scope }) => scope),
    ...drafted.drafts.flatMap(({ kind, name }) => (kind === 'custom-role' ? [`restriction:${name}`] : [])),
  ]);
  const rest = { ...api, scopes: api.scopes.filter(({ value }) => !coming.has(value)) };
  for (const difference of differencesOfApplication(desired, rest)) {
    problems.push(diagnostic('RW6913', null, { what: `application ${definition.name}`, difference }, { help: byUp }));
  }
  const files = drafted.drafts.map((role: RoleDraft) => roleFile(folder, definition.name, definition.title, role));
  return [{ files, edits }, problems];
}

const byUp = 'let `rolewright up` make the tenant what is declared';

/** Apps are called as they are declared, whatever their scopes kept. */
function sortedRoles(
  { effective, definition, desired }: PlacedApplication,
  roles: readonly ObservedRole[],
): SortedRoles {
  if (!effective.restrictable) {
    const reason = 'it is narrowed, and no declared role may be';
    const isNarrowed = (role: ObservedRole) => scopesHeld(role, desired.audience).some(isReserved);
    return {
      narrowed: [],
      unnarrowed: roles.filter((role) => !isNarrowed(role)),
      refused: roles.filter(isNarrowed).map((role) => ({ role, reason })),
    };
  }
  const sorted = sortByNarrowing(roles, desired.audience);
  const names = new Map(definition.apps.map((app) => [narrowingScope('app', app), app.name]));
  const refused = [...sorted.refused];
  const narrowed = sorted.narrowed.flatMap((one) => {
    const apps = one.apps.map((app) => names.get(`app:${app}`));
    if (apps.every((app) => app !== undefined)) return [{ ...one, apps: apps.toSorted() }];
    refused.push({ role: one.role, reason: 'it has an app that is not declared' });
    return [];
  });
  return { narrowed, unnarrowed: sorted.unnarrowed, refused };
}

function basesOf({ effective, desired }: PlacedApplication) {
  return effective.roles
    .filter(({ definition }) => definition.restrictable)
    .flatMap(({ definition: { name, title } }) => {
      const held = desired.roles.find((role) => role.name === name);
      return held === undefined ? [] : [{ name, title, scopes: held.scopes.filter((scope) => !isReserved(scope)) }];
    });
}

function roleNames({ definition: { roles, customRoles, assignments } }: PlacedApplication): ReadonlySet<string> {
  return new Set([...roles, ...customRoles, ...assignments].flatMap(({ name, formerly }) => [name, ...formerly]));
}

function referencesOf({ definition: { sections, retired } }: PlacedApplication): ReadonlySet<string> {
  const permissions = sections.flatMap((section) => section.permissions);
  return new Set([
    ...permissions.flatMap(({ reference, formerly }) => [reference, ...formerly]),
    ...retired.map(({ name }) => name),
  ]);
}
