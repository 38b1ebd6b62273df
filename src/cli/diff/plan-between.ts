import { byCodePoint } from '../../language/source.ts';
import type { DesiredApplication, DesiredRole, DesiredScope, DesiredState } from '../../model/desired-state.ts';
import { accountText } from '../../model/link/link-assignment.ts';
import type { ApplicationChange, CatalogChange, HolderChange, Plan, RoleChange } from '../../model/plan.ts';
import { accessOf, directionOf } from '../../reconcile/access.ts';
import { summarise } from '../../reconcile/plan-summary.ts';

/** What has to change where the one desired state holds for the other to hold. */
export function planBetween(before: DesiredState, after: DesiredState): Plan {
  const pairs = matched(before.applications, after.applications);
  const changes = pairs.flatMap(([was, is]) => [
    ...applicationChange(was, is),
    ...catalogChange(was, is),
    ...roleChanges(was, is),
    ...holderChanges(was, is),
  ]);
  const { name, tenant } = after.environment;
  return { schemaVersion: 1, stack: name, tenant, changes, summary: summarise(changes) };
}

type Pair<T> = readonly [was: T | null, is: T | null];

interface Nameable {
  readonly name: string;
  readonly formerly: readonly string[];
}

/** Each thing with its counterpart, by name or by the newest former one; sorted by the name that it has, or had. */
function matched<T extends Nameable>(before: readonly T[], after: readonly T[]): readonly Pair<T>[] {
  const left = new Map(before.map((item) => [item.name, item]));
  const pairs = after.map((is): Pair<T> => {
    const isTaken = (name: string) => name !== is.name && after.some((other) => other.name === name);
    const name = [is.name, ...is.formerly.toReversed()].find((known) => left.has(known) && !isTaken(known));
    const was = name === undefined ? null : (left.get(name) ?? null);
    if (name !== undefined) left.delete(name);
    return [was, is];
  });
  const gone = [...left.values()].map((was): Pair<T> => [was, null]);
  const nameOf = ([was, is]: Pair<T>) => (is ?? was)?.name ?? '';
  return [...pairs, ...gone].toSorted((a, b) => byCodePoint(nameOf(a), nameOf(b)));
}

type Applications = readonly [was: DesiredApplication | null, is: DesiredApplication | null];

function applicationChange(was: Applications[0], is: Applications[1]): readonly ApplicationChange[] {
  const application = is ?? was;
  if (application === null) return [];
  const own = { subject: 'application', application: application.name, title: application.title } as const;
  if (was === null) return [{ ...own, action: 'create', direction: 'neutral', details: [] }];
  if (is === null) return [{ ...own, action: 'remove', direction: 'narrowing', details: [] }];
  const differing = (words: string, one: string | number, other: string | number) =>
    one === other ? [] : [`${words} ${other}, was ${one}`];
  const details = [
    ...differing('name', was.name, is.name),
    ...differing('title', was.title, is.title),
    ...differing('audience', was.audience, is.audience),
    ...differing('token lifetime in seconds', was.tokenLifetimeSeconds, is.tokenLifetimeSeconds),
  ];
  return details.length === 0 ? [] : [{ ...own, action: 'update', direction: 'neutral', details }];
}

function catalogChange(was: Applications[0], is: Applications[1]): readonly CatalogChange[] {
  const application = is ?? was;
  if (application === null) return [];
  const [old, now] = [was?.scopes ?? [], is?.scopes ?? []];
  const access = (scopes: readonly DesiredScope[]) => accessOf(valuesOf(scopes), knownTo(was, is), new Map());
  const added = access(without(now, old));
  const removed = access(without(old, now));
  const described = access(
    now.filter(({ value, description }) => old.some((one) => one.value === value && one.description !== description)),
  );
  if (added.length + removed.length + described.length === 0) return [];
  const action = was === null ? 'create' : is === null ? 'remove' : 'update';
  const direction = removed.length > 0 ? 'narrowing' : 'neutral';
  const { name, title } = application;
  return [{ subject: 'catalog', action, application: name, title, direction, added, removed, described }];
}

function roleChanges(was: Applications[0], is: Applications[1]): readonly RoleChange[] {
  return matched(was?.roles ?? [], is?.roles ?? []).flatMap(([old, now]): readonly RoleChange[] => {
    const role = now ?? old;
    if (role === null) return [];
    const access = (one: DesiredRole | null, other: DesiredRole | null) => {
      const others = new Set(other?.scopes);
      return accessOf(
        (one?.scopes ?? []).filter((scope) => !others.has(scope)),
        knownTo(was, is),
        new Map(),
      );
    };
    const [gains, loses] = [access(now, old), access(old, now)];
    const differs = (key: 'name' | 'title' | 'description') =>
      old !== null && now !== null && old[key] !== now[key] ? old[key] : null;
    const [renamedFrom, retitledFrom] = [differs('name'), differs('title')];
    const described = differs('description') !== null;
    const isQuiet = gains.length + loses.length === 0 && renamedFrom === null && retitledFrom === null && !described;
    if (old !== null && now !== null && isQuiet) return [];
    return [
      {
        subject: 'role',
        action: old === null ? 'create' : now === null ? 'remove' : 'update',
        application: (is ?? was)?.name ?? '',
        role: role.name,
        title: role.title,
        direction: directionOf(gains, loses),
        gains,
        loses,
        renamedFrom,
        retitledFrom,
        described,
      },
    ];
  });
}

function holderChanges(was: Applications[0], is: Applications[1]): readonly HolderChange[] {
  const roles = matched(was?.roles ?? [], is?.roles ?? []);
  const holdersOf = (application: DesiredApplication | null, side: 0 | 1) =>
    (application?.holders ?? []).map(({ role, assignment, account }) => {
      const [old, now] = roles.find((pair) => pair[side]?.name === role) ?? [null, null];
      const { name, title } = now ?? old ?? { name: role, title: role };
      return { role: name, title, assignment, account: accountText(account) };
    });
  const [old, now] = [holdersOf(was, 0), holdersOf(is, 1)];
  const beyond = (one: typeof old, other: typeof old) =>
    one.filter(({ role, account }) => !other.some((item) => item.role === role && item.account === account));
  const application = (is ?? was)?.name ?? '';
  const change = (
    action: 'add' | 'remove',
    { role, title, account, assignment }: (typeof old)[number],
  ): HolderChange => ({
    subject: 'holder',
    action,
    application,
    role,
    title,
    account,
    assignment: action === 'add' ? assignment : null,
    direction: action === 'add' ? 'widening' : 'narrowing',
  });
  return [
    ...beyond(now, old).map((holder) => change('add', holder)),
    ...beyond(old, now).map((holder) => change('remove', holder)),
  ];
}

/** The scopes that either side knows, as the later one describes them. */
function knownTo(was: Applications[0], is: Applications[1]): readonly DesiredScope[] {
  const now = is?.scopes ?? [];
  return [...now, ...without(was?.scopes ?? [], now)];
}

function without(scopes: readonly DesiredScope[], others: readonly DesiredScope[]): readonly DesiredScope[] {
  const known = new Set(valuesOf(others));
  return scopes.filter(({ value }) => !known.has(value));
}

function valuesOf(scopes: readonly DesiredScope[]): readonly string[] {
  return scopes.map(({ value }) => value);
}
