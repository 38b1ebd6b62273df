import { byCodePoint } from '../language/source.ts';
import type { ObservedApi, ObservedRole } from '../model/observed-state.ts';
import type { PermissionDraft } from './catalog-draft.ts';
import { isReserved } from './expressible.ts';
import type { ScopedPermission } from './grants.ts';
import { grantsOf, strayReason } from './grants.ts';
import { nameFor } from './naming.ts';
import type { Narrowing, SortedRoles } from './narrowing.ts';
import { scopesHeld } from './narrowing.ts';

/** An application that is to be declared. */
export interface ApplicationDraft {
  readonly name: string;
  readonly api: ObservedApi;
  readonly permissions: readonly PermissionDraft[];
  readonly apps: Narrowing['apps'];
  readonly roles: readonly RoleDraft[];
}

/** A role that is to be declared. */
export type RoleDraft = PlainRoleDraft | CustomRoleDraft;

export interface PlainRoleDraft {
  readonly kind: 'role';
  readonly name: string;
  /** null: a building block, made to be the base of a custom role to which no role of the tenant is one. */
  readonly observed: ObservedRole | null;
  readonly restrictable: boolean;
  readonly grants: readonly string[];
}

export interface CustomRoleDraft {
  readonly kind: 'custom-role';
  readonly name: string;
  readonly observed: ObservedRole;
  readonly base: string;
  readonly apps: readonly string[];
}

/** Roles of one application, and what they are declared beside. */
export interface RolesToDraft {
  readonly api: ObservedApi;
  readonly permissions: readonly ScopedPermission[];
  readonly roles: SortedRoles;
  /** Roles that are declared, and may be narrowed. */
  readonly bases: readonly { readonly name: string; readonly title: string; readonly scopes: readonly string[] }[];
  /** Names that are had, or were. */
  readonly taken: ReadonlySet<string>;
}

export interface DraftedRoles {
  readonly drafts: readonly RoleDraft[];
  /** Names that nobody would have guessed, with the titles that they were made of. */
  readonly made: readonly { readonly title: string; readonly name: string }[];
  readonly refused: SortedRoles['refused'];
}

/** Drafts roles, so that each holds exactly what it holds now. */
export function draftRoles({ api, permissions, roles, bases, taken: had }: RolesToDraft): DraftedRoles {
  const made: { title: string; name: string }[] = [];
  const refused = [...roles.refused];
  const taken = new Set([...had, ...roles.narrowed.map(({ restriction }) => restriction)]);
  const grants = new Map<ObservedRole, readonly string[]>();
  for (const role of [...roles.unnarrowed, ...roles.narrowed.map((narrowed) => narrowed.role)]) {
    const found = grantsOf(ownScopes(role, api), permissions);
    if ('grants' in found) grants.set(role, found.grants);
    else refused.push({ role, reason: strayReason(found.stray, permissions) });
  }
  const named = roles.unnarrowed.flatMap((role) => {
    if (!grants.has(role)) return [];
    const { name, isObvious } = nameFor(role.title, 'role', (candidate) => taken.has(candidate));
    taken.add(name);
    if (!isObvious) made.push({ title: role.title, name });
    return [{ name, title: role.title, scopes: ownScopes(role, api), role }];
  });

  const custom: CustomRoleDraft[] = [];
  const blocks: (PlainRoleDraft & { readonly scopes: readonly string[] })[] = [];
  for (const { role, restriction, apps } of roles.narrowed) {
    const held = grants.get(role);
    if (held === undefined) continue;
    if (had.has(restriction)) {
      refused.push({ role, reason: `the name in its marker, ${restriction}, is taken` });
      continue;
    }
    const scopes = ownScopes(role, api);
    const fitting = [...bases, ...named, ...blocks].filter((base) => sameList(base.scopes, scopes));
    let base = baseFor(role, api, fitting)?.name;
    if (base === undefined) {
      base = nameFor(`${restriction}-base`, 'role', (candidate) => taken.has(candidate)).name;
      taken.add(base);
      blocks.push({ kind: 'role', name: base, observed: null, restrictable: true, grants: held, scopes });
    }
    custom.push({ kind: 'custom-role', name: restriction, observed: role, base, apps });
  }
  const used = new Set(custom.map(({ base }) => base));

  const plain = named.map(({ name, role }): PlainRoleDraft => {
    const own = grants.get(role) ?? [];
    return { kind: 'role', name, observed: role, restrictable: used.has(name), grants: own };
  });
  const drafts = [...plain, ...blocks, ...custom].toSorted((a, b) => byCodePoint(a.name, b.name));
  return { drafts, made, refused };
}

/** The same roles, each of which may be narrowed: for an application that shows of none that it may. */
export function allRestrictable(drafts: readonly RoleDraft[]): readonly RoleDraft[] {
  if (drafts.some((draft) => draft.kind === 'role' && draft.restrictable)) return drafts;
  return drafts.map((draft) => (draft.kind === 'role' ? { ...draft, restrictable: true } : draft));
}

/** What a role holds of an API, but for what narrows it; sorted. */
export function ownScopes(role: ObservedRole, { audience }: Pick<ObservedApi, 'audience'>): readonly string[] {
  return scopesHeld(role, audience).filter((scope) => !isReserved(scope));
}

/** The one that the description names, as Rolewright words it, else the first: all of them give the same. */
function baseFor<T extends { readonly name: string; readonly title?: string }>(
  { description }: ObservedRole,
  { title }: ObservedApi,
  candidates: readonly T[],
): T | undefined {
  return (
    candidates.find((base) => description.startsWith(`${base.title} of ${title}, restricted to `)) ?? candidates[0]
  );
}

function sameList(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
