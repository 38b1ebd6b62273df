import type { TwoWayDirection } from '../../model/difference.ts';
import type { Pair } from '../../model/match.ts';
import { headNames } from '../../model/match.ts';
import type { Change, ChangedSubject, PersonChange, ReachChange, SubjectChange } from './change.ts';
import type { PermissionMatch } from './compare-permissions.ts';
import { comparePermissions } from './compare-permissions.ts';
import type { HeldPerson, HeldSubject, Known, Reach } from './holdings.ts';

/** What the application of two subjects has, before and after. */
export interface Context {
  readonly application: string;
  readonly applicationBefore: string;
  readonly permissions: readonly PermissionMatch[];
  readonly apps: readonly Pair<Known>[];
  readonly vendors: readonly Pair<Known>[];
}

/** What changes for one role, custom role or assignment. */
export function compareSubjects(pair: Pair<HeldSubject>, context: Context): readonly Change[] {
  const subject = pair.head ?? pair.base;
  if (subject === null) return [];
  const { kind, name, title } = subject;
  const told = (direction: TwoWayDirection): ChangedSubject => {
    const application = pair.head === null ? context.applicationBefore : context.application;
    return { application, kind, name, title, direction };
  };
  return [
    ...existence(pair, context, told),
    ...comparePermissions(pair, context.permissions, told),
    // What a new or removed one is narrowed to stands in the change that says so.
    ...(pair.base === null || pair.head === null ? [] : reachChanges(pair.base, pair.head, context, told)),
    ...peopleChanges(pair.base?.people ?? [], pair.head?.people ?? [], told),
  ];
}

/** Begins a change: whom it concerns, and in which direction it goes. */
export type Told = (direction: TwoWayDirection) => ChangedSubject;

function existence(
  { base: before, head: after }: Pair<HeldSubject>,
  context: Context,
  told: Told,
): readonly SubjectChange[] {
  const what = 'subject';
  if (before === null || after === null) {
    const subject = after ?? before;
    const known = context.apps.map((app) => (after === null ? app.base : app.head));
    const titleOf = (app: string) => known.find((item) => item?.name === app)?.title ?? app;
    const own = {
      apps: subject?.reach?.apps.map(titleOf) ?? null,
      permissions: subject?.held.length ?? 0,
      before: before?.name ?? null,
      after: after?.name ?? null,
    };
    if (before === null) return [{ what, change: 'new', ...told('widening'), ...own }];
    return [{ what, change: 'removed', ...told('narrowing'), ...own }];
  }
  const own = { apps: null, permissions: after.held.length };
  const changes: SubjectChange[] = [];
  if (before.name !== after.name) {
    changes.push({ what, change: 'renamed', ...told('neutral'), ...own, before: before.name, after: after.name });
  }
  const [was, is] = [purposesOf(before), purposesOf(after)];
  if (was !== is) {
    const direction = purposesDirection(before.onlyIn, after.onlyIn);
    changes.push({ what, change: 'purposes', ...told(direction), ...own, before: was, after: is });
  }
  return changes;
}

function purposesOf({ onlyIn }: HeldSubject): string | null {
  return onlyIn === null ? null : onlyIn.toSorted().join(', ');
}

function purposesDirection(before: HeldSubject['onlyIn'], after: HeldSubject['onlyIn']): TwoWayDirection {
  const isWithin = (inner: HeldSubject['onlyIn'], outer: HeldSubject['onlyIn']) =>
    outer === null || (inner?.every((purpose) => outer.includes(purpose)) ?? false);
  if (isWithin(before, after)) return 'widening';
  return isWithin(after, before) ? 'narrowing' : 'both';
}

type Thing = ReachChange['thing'];

function reachChanges(before: HeldSubject, after: HeldSubject, context: Context, told: Told): readonly ReachChange[] {
  const apps = headNames(context.apps);
  const vendors = headNames(context.vendors);
  const was = thingsOf(before.reach).map((thing): Thing => {
    const names = thing.kind === 'app' ? apps : vendors;
    return thing.kind === 'reseller' ? thing : { ...thing, name: names.get(thing.name) ?? thing.name };
  });
  const is = thingsOf(after.reach);
  const without = (things: readonly Thing[], others: readonly Thing[]) =>
    things.filter(({ kind, name }) => !others.some((other) => other.kind === kind && other.name === name));
  // Of whom a restriction is laid on or lifted, all apps say it all.
  const isLaidOn = (before.reach === null) !== (after.reach === null);
  const counts = ({ kind }: Thing) => !isLaidOn || kind === 'all-apps';
  const titled = (thing: Thing): Thing => ({ ...thing, title: titleOf(thing, context) });
  const reach = (thing: Thing, change: ReachChange['change']): ReachChange => ({
    what: 'reach',
    change,
    ...told(change === 'given' ? 'widening' : 'narrowing'),
    thing: titled(thing),
  });
  return [
    ...without(is, was)
      .filter(counts)
      .map((thing) => reach(thing, 'given')),
    ...without(was, is)
      .filter(counts)
      .map((thing) => reach(thing, 'taken')),
  ];
}

function thingsOf(reach: Reach | null): readonly Thing[] {
  if (reach === null) return [{ kind: 'all-apps', name: 'all apps', title: 'all apps' }];
  const things = (kind: Thing['kind'], names: readonly string[]) => names.map((name) => ({ kind, name, title: name }));
  return [...things('app', reach.apps), ...things('vendor', reach.vendors), ...things('reseller', reach.resellers)];
}

function titleOf({ kind, name, title }: Thing, { apps, vendors }: Context): string {
  const known = kind === 'app' ? apps : kind === 'vendor' ? vendors : [];
  const found = known.find(({ base, head }) => (head ?? base)?.name === name);
  return (found?.head ?? found?.base)?.title ?? title;
}

function peopleChanges(
  before: readonly HeldPerson[],
  after: readonly HeldPerson[],
  told: Told,
): readonly PersonChange[] {
  const was = new Map(before.map((person) => [person.account, person]));
  const is = new Set(after.map(({ account }) => account));
  const what = 'person';
  return [
    ...after.flatMap(({ account, assignment, until }): PersonChange[] => {
      const earlier = was.get(account);
      const own = { account, assignment, after: until };
      if (earlier === undefined) return [{ what, change: 'added', ...told('widening'), ...own, before: null }];
      if (earlier.until === until) return [];
      const isLonger = until === null || (earlier.until !== null && until > earlier.until);
      const direction = isLonger ? 'widening' : 'narrowing';
      return [{ what, change: isLonger ? 'extended' : 'shortened', ...told(direction), ...own, before: earlier.until }];
    }),
    ...before
      .filter(({ account }) => !is.has(account))
      .map(({ account, assignment, until }): PersonChange => {
        return { what, change: 'removed', ...told('narrowing'), account, assignment, before: until, after: null };
      }),
  ];
}
