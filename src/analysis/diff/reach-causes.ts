import type { App, Vendor } from '../../model/definitions.ts';
import { isGivenAnother } from './causes.ts';
import type { Comparison } from './comparison.ts';
import type { Cause } from './lines.ts';
import { causeAt } from './lines.ts';
import type { Reached } from './reached-things.ts';
import { reachedBy } from './reached-things.ts';
import type { Side } from './sides.ts';
import type { Subject } from './subjects.ts';

/**
 * The line to which it is due that a subject reaches a thing on one side (`own`) and not on the other: the one that lists
 * the app, or brings the vendor or reseller by an app that is new too; else the directory's entry that names it.
 */
export function causeOfReaching(thing: Reached, own: Subject, other: Subject | null, comparison: Comparison): Cause {
  const given = lineOfAnotherRole(own, other);
  if (given !== null) return given;
  const { apps } = own.side.application.definition;
  const listed = apps.filter(({ name }) => own.reach?.apps.some((line) => line.name === name));
  if (thing.kind === 'app') return appLine(thing.name, own, comparison);
  const bringing = listed.filter((app) => brings(app, thing, own.side));
  const there = reachedBy(other);
  const brought = bringing.find(({ name }) => there?.has(`app ${own.side.now.app(name)}`) === false);
  if (brought !== undefined) return appLine(brought.name, own, comparison);
  return entryLine(thing, bringing, own.side, comparison);
}

/** An assignment that gives another role brings what that role is narrowed to. */
function lineOfAnotherRole(own: Subject, other: Subject | null): Cause | null {
  if (other === null) return null;
  const [base, head] = own.side.side === 'base' ? [own, other] : [other, own];
  const narrowsItself = 'apps' in head.definition && head.definition.apps.length > 0;
  if (narrowsItself || !isGivenAnother(base, head) || head.basedOn === null) return null;
  return causeAt('assigns', head.definition, head.basedOn.place, head.basedOn.name, head.side);
}

/** The line that lists an app; where the app is no longer in the directory, the directory's. */
function appLine(name: string, own: Subject, { head }: Comparison): Cause {
  const { side } = own;
  const app = side.application.definition.apps.find((known) => known.name === name);
  const isGone =
    side.side === 'base' &&
    head?.application.definition.apps.some((known) => known.name === side.now.app(name)) === false;
  if (isGone && app !== undefined) return entry(app, side);
  const line = own.reach?.apps.find((listed) => listed.name === name);
  return causeAt('apps', narrowedBy(own), line?.place ?? own.definition.place, name, side);
}

/** The declaration that lists the apps: the subject, or the custom role that an assignment gives. */
function narrowedBy({ definition, side, basedOn, isRole }: Subject) {
  const custom = side.application.definition.customRoles.find(({ name }) => name === basedOn?.name);
  return isRole ? definition : (custom ?? definition);
}

function brings(app: App, { kind, name }: Reached, side: Side): boolean {
  if (kind === 'vendor') return app.vendor === name;
  return app.resellers.includes(name) || vendorOf(app, side)?.resellers.includes(name) === true;
}

/** The entry of an app or vendor that names a seller at this side and not at the other; as it reads at the head. */
function entryLine(thing: Reached, bringing: readonly App[], side: Side, comparison: Comparison): Cause {
  const other = side.side === 'head' ? comparison.base : comparison.head;
  const entries = bringing.flatMap((app): readonly (App | Vendor)[] => {
    if (thing.kind === 'vendor' || app.resellers.includes(thing.name)) return [app];
    const vendor = vendorOf(app, side);
    return vendor === null ? [app] : [vendor, app];
  });
  const isNew = (candidate: App | Vendor) => !namesAtOther(candidate, thing, side, other);
  const found = entries.find(isNew) ?? entries[0];
  if (found === undefined) throw new Error(`nothing brings ${thing.key}`);
  const now = counterpart(found, side, other);
  return side.side === 'base' && now !== null && other !== null ? entry(now, other) : entry(found, side);
}

function namesAtOther(candidate: App | Vendor, thing: Reached, side: Side, other: Side | null): boolean {
  const there = counterpart(candidate, side, other);
  if (there === null || other === null) return false;
  if (thing.kind === 'reseller') return there.resellers.includes(thing.name);
  const vendor = 'vendor' in there ? there.vendor : null;
  return vendor !== null && other.now.vendor(vendor) === side.now.vendor(thing.name);
}

function counterpart(candidate: App | Vendor, side: Side, other: Side | null): App | Vendor | null {
  if (other === null) return null;
  const { apps, vendors } = other.application.definition;
  return 'vendor' in candidate
    ? (apps.find(({ name }) => other.now.app(name) === side.now.app(candidate.name)) ?? null)
    : (vendors.find(({ name }) => other.now.vendor(name) === side.now.vendor(candidate.name)) ?? null);
}

function vendorOf({ vendor }: App, { application }: Side): Vendor | null {
  return application.definition.vendors.find(({ name }) => name === vendor) ?? null;
}

function entry({ name, place }: App | Vendor, side: Side): Cause {
  return causeAt('directory', side.application.definition, place, name, side);
}
