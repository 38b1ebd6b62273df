import type { Shop, ShopPermission, ShopRole } from '../shop.ts';
import { titleOf } from '../shop.ts';

/** An application that is being edited, with everything written out. */
export type Draft = Required<Pick<Shop, 'permissions' | 'apps' | 'roles' | 'holders'>>;

/** What chance decides of an edit; each edit takes from it what it needs. */
export interface Chance {
  /** The place of the edit in the change. New names are made of it, because none is ever used again. */
  readonly n: number;
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

export type Edit = (draft: Draft, chance: Chance) => Draft;

export const levels = ['view', 'edit'];
export const apps = ['slack', 'zoom'];
export const people = ['dana', 'kim'];

/** One edit for each thing that somebody may do to an application. One that makes no sense changes nothing. */
export const edits: readonly Edit[] = [
  function grant(draft, { first, second, third }) {
    const given = at(draft.permissions, second);
    if (given === undefined) return draft;
    const level = at(given.levels ?? [], third);
    const line = level === undefined ? given.name : `${given.name}:${level}`;
    return withRole(draft, first, (role) => ({
      ...role,
      grants: [...role.grants.filter((other) => permissionOf(other) !== given.name), line],
    }));
  },
  function take(draft, { first, second }) {
    return withRole(draft, first, (role) => ({
      ...role,
      grants: role.grants.filter((line) => line !== at(role.grants, second)),
    }));
  },
  function renameRole(draft, { n, first, second }) {
    const old = at(draft.roles, first);
    const name = `r${n}x`;
    const renamed = withRole(draft, first, (role) => ({
      ...{ ...role, name, formerly: [...(role.formerly ?? []), role.name] },
      ...(second % 2 === 0 ? {} : { title: titleOf(role) }),
    }));
    const holders = draft.holders.map((holder) => (holder.role === old?.name ? { ...holder, role: name } : holder));
    return { ...renamed, holders };
  },
  function retitleRole(draft, { n, first }) {
    return withRole(draft, first, (role) => ({ ...role, title: `Title ${n}` }));
  },
  function swapTitles(draft, { first, second }) {
    const [one, two] = [at(draft.roles, first), at(draft.roles, second)];
    if (one === undefined || two === undefined) return draft;
    const swapped = new Map([
      [one, titleOf(two)],
      [two, titleOf(one)],
    ]);
    return { ...draft, roles: draft.roles.map((role) => ({ ...role, title: swapped.get(role) ?? titleOf(role) })) };
  },
  function removeRole(draft, { first }) {
    const gone = at(draft.roles, first)?.name;
    return {
      ...draft,
      roles: draft.roles.filter(({ name }) => name !== gone),
      holders: draft.holders.filter(({ role }) => role !== gone),
    };
  },
  function addRole(draft, { n, first, second }) {
    const grants = (at(draft.roles, first)?.grants ?? []).slice(second % 3);
    return { ...draft, roles: [...draft.roles, { name: `r${n}y`, grants }] };
  },
  function addRoleWithTitleOfAnother(draft, { n, first }) {
    const other = at(draft.roles, first);
    if (other === undefined) return draft;
    const retitled = withRole(draft, first, (role) => ({ ...role, title: `Title ${n}` }));
    return { ...draft, roles: [...retitled.roles, { name: `r${n}y`, title: titleOf(other), grants: other.grants }] };
  },
  function changeApps(draft, { first, second }) {
    const to = [[apps[0]], [apps[1]], apps][second % 3]?.filter((app) => app !== undefined) ?? [];
    return withRole(draft, first, (role) => (role.apps === undefined ? role : { ...role, apps: to }));
  },
  function renamePermission(draft, { n, first, second }) {
    const old = at(draft.permissions, first);
    if (old === undefined) return draft;
    const { title: _, ...untitled } = old;
    const title = second % 2 === 0 ? {} : { title: titleOf(old) };
    const renamed = { ...untitled, name: `p${n}x`, formerly: [...(old.formerly ?? []), old.name], ...title };
    return replacePermission(draft, old, renamed);
  },
  function rescopePermission(draft, { n, first }) {
    const old = at(draft.permissions, first);
    return old === undefined ? draft : replacePermission(draft, old, { ...old, scope: `s${n}` });
  },
  function removePermission(draft, { first }) {
    const old = at(draft.permissions, first);
    return old === undefined || draft.permissions.length === 1 ? draft : replacePermission(draft, old, null);
  },
  function addPermission(draft, { n, first }) {
    const hasLevels = first % 2 === 0;
    const added = { name: `p${n}y`, levels: hasLevels ? levels : [], isRestricted: hasLevels };
    return { ...draft, permissions: [...draft.permissions, added] };
  },
  function insertLevel(draft, { first }) {
    const chosen = at(draft.permissions, first);
    const changed = (one: ShopPermission) =>
      one === chosen && one.levels?.length === 2 ? { ...one, levels: ['view', 'comment', 'edit'] } : one;
    return { ...draft, permissions: draft.permissions.map(changed) };
  },
  function join(draft, { first, second }) {
    const [role, person] = [at(draft.roles, first)?.name, at(people, second)];
    if (role === undefined || person === undefined || isHeld(draft.holders, role, person)) return draft;
    return { ...draft, holders: [...draft.holders, { role, person }] };
  },
  function leave(draft, { first }) {
    return { ...draft, holders: draft.holders.filter((holder) => holder !== at(draft.holders, first)) };
  },
  function move(draft, { first, second }) {
    const [holder, role] = [at(draft.holders, first), at(draft.roles, second)?.name];
    if (holder === undefined || role === undefined) return draft;
    const rest = draft.holders.filter((one) => one !== holder);
    return { ...draft, holders: isHeld(rest, role, holder.person) ? rest : [...rest, { ...holder, role }] };
  },
];

/** What the language refuses: two roles of one title, and somebody in a narrowed role and in another one. */
export function isAllowed({ roles, holders }: Draft): boolean {
  const narrowed = new Set(roles.filter((role) => role.apps !== undefined).map(({ name }) => name));
  const rolesOf = (person: string) => holders.filter((holder) => holder.person === person).map(({ role }) => role);
  return (
    new Set(roles.map(titleOf)).size === roles.length &&
    people.every((person) => rolesOf(person).length < 2 || !rolesOf(person).some((name) => narrowed.has(name)))
  );
}

function at<T>(list: readonly T[], chosen: number): T | undefined {
  return list[chosen % Math.max(list.length, 1)];
}

function withRole(draft: Draft, chosen: number, change: (role: ShopRole) => ShopRole): Draft {
  const role = at(draft.roles, chosen);
  return { ...draft, roles: draft.roles.map((one) => (one === role ? change(one) : one)) };
}

function replacePermission(draft: Draft, old: ShopPermission, now: ShopPermission | null): Draft {
  const line = (grant: string) => (now === null ? [] : [grant.replace(old.name, now.name)]);
  return {
    ...draft,
    permissions: draft.permissions.flatMap((one) => (one === old ? (now ?? []) : one)),
    roles: draft.roles.map((role) => ({
      ...role,
      grants: role.grants.flatMap((grant) => (permissionOf(grant) === old.name ? line(grant) : [grant])),
    })),
  };
}

function permissionOf(grant: string): string {
  return grant.split(':')[0] ?? grant;
}

function isHeld(holders: Draft['holders'], role: string, person: string): boolean {
  return holders.some((holder) => holder.role === role && holder.person === person);
}
