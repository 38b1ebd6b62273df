import type { Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { Place } from '../language/source.ts';
import type { TypedDocument } from '../language/validate/typed-document.ts';
import { narrowingScope } from '../model/compile/compile-scopes.ts';
import type { DesiredRole } from '../model/desired-state.ts';
import type { EffectiveRole } from '../model/effective-model.ts';
import type { ObservedRole } from '../model/observed-state.ts';
import { rankOf } from '../model/resolve/hold.ts';
import { permissionsOf } from '../model/resolve/resolve.ts';
import type { FileEdit } from './edited-files.ts';
import { isReserved } from './expressible.ts';
import type { ScopedPermission } from './grants.ts';
import { grantsOf, strayReason } from './grants.ts';
import type { LineEdit } from './line-edits.ts';
import { lastLineOf } from './line-edits.ts';
import { scopesHeld } from './narrowing.ts';
import type { PlacedApplication, Reading } from './reading.ts';
import { documentAt } from './reading.ts';
import { setEdits } from './set-edits.ts';
import { scalar } from './yaml-lines.ts';

/** A list that a declaration is to have, and where it is declared. */
interface Wanted {
  readonly place: Place;
  readonly key: 'apps' | 'grants';
  readonly entries: readonly string[];
}

/**
 * The edits after which a role that is declared is what the tenant has: its grants, or the apps of a custom role, and its
 * description. What it inherits stays inherited, so a role that lacks it at the tenant is refused.
 *
 * @param permissions all of the application, those that are about to be declared among them
 */
export function adoptAgain(
  reading: Reading,
  application: PlacedApplication,
  declared: DesiredRole,
  role: ObservedRole,
  permissions: readonly ScopedPermission[],
): Result<readonly FileEdit[]> {
  const wanted = wantedOf(application, declared, scopesHeld(role, application.desired.audience), permissions);
  if (typeof wanted === 'string') {
    const help = 'change it at the tenant, or by hand what it inherits or is based on';
    return [[], [diagnostic('RW6925', null, { role: role.title, reason: wanted }, { help })]];
  }
  const { typed, file } = documentAt(reading, wanted.place);
  const lists = setEdits(typed.document, file.text, wanted.key, wanted.entries);
  const edits = [...descriptionEdits(typed, declared, role), ...lists];
  return [[{ path: file.path, edits }], []];
}

/** A text says why there is nothing that would give the very same scopes. */
function wantedOf(
  { effective, definition }: PlacedApplication,
  { name }: DesiredRole,
  held: readonly string[],
  permissions: readonly ScopedPermission[],
): Wanted | string {
  const custom = effective.customRoles.find((one) => one.definition.name === name);
  if (custom !== undefined) {
    const scopes = held.filter((scope) => scope.startsWith('app:'));
    const apps = definition.apps.filter((app) => scopes.includes(narrowingScope('app', app)));
    if (apps.length !== scopes.length) return 'it has an app that is not declared';
    if (apps.length === 0) return 'it has no app, and a custom role has one';
    return { place: custom.definition.place, key: 'apps', entries: apps.map((app) => app.name) };
  }
  const role = effective.roles.find((one) => one.definition.name === name);
  if (role === undefined) return 'it is declared by an assignment, which has the permissions of its role';
  const found = grantsOf(
    held.filter((scope) => !isReserved(scope)),
    permissions,
  );
  if ('stray' in found) return strayReason(found.stray, permissions);
  const parents = effective.roles.filter((one) =>
    role.definition.inherits.some((parent) => parent.name === one.definition.name),
  );
  const entries = beyond(parents, found.grants, {
    definition,
    written: role.definition.grants.map(({ text }) => text),
  });
  return typeof entries === 'string' ? entries : { place: role.definition.place, key: 'grants', entries };
}

/** The grants that a role needs besides what its parents have; the lines that it has and does not need stay. */
function beyond(
  parents: readonly EffectiveRole[],
  grants: readonly string[],
  { definition, written }: Pick<PlacedApplication, 'definition'> & { readonly written: readonly string[] },
): readonly string[] | string {
  const known = permissionsOf(definition);
  const inherited = new Map<string, number>();
  for (const { permission, level } of parents.flatMap((parent) => parent.permissions)) {
    const rank = rankOf(known.get(permission), level);
    inherited.set(permission, Math.max(inherited.get(permission) ?? rank, rank));
  }
  const ranked = grants.map((grant) => {
    const [permission = '', level = null] = grant.split(':');
    return { grant, permission, rank: rankOf(known.get(permission), level) };
  });
  for (const [permission, least] of inherited) {
    if (ranked.some((one) => one.permission === permission && one.rank >= least)) continue;
    return `it inherits ${permission}, which it does not hold at the tenant`;
  }
  return ranked
    .filter(({ grant, permission, rank }) => {
      const has = inherited.get(permission);
      return has === undefined || has < rank || written.includes(grant);
    })
    .map(({ grant }) => grant);
}

function descriptionEdits(
  { document, value }: TypedDocument,
  declared: DesiredRole,
  { description }: ObservedRole,
): readonly LineEdit[] {
  if (declared.description === description) return [];
  const { column } = document.locate(['metadata', 'name'], 'key');
  const insert = [`${' '.repeat(column - 1)}description: ${scalar(description)}`];
  if (value.metadata.description === undefined) {
    return [{ below: lastLineOf(document, ['metadata', 'name']), remove: 0, insert }];
  }
  const { line } = document.locate(['metadata', 'description'], 'key');
  const { endLine } = document.locate(['metadata', 'description']);
  return [{ below: line - 1, remove: endLine - line + 1, insert }];
}
