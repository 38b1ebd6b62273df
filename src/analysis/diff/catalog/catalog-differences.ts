import { byCodePoint } from '../../../language/source.ts';
import type { CatalogDifference, CatalogEntry } from '../../../model/application-difference.ts';
import { matched } from '../../../model/match.ts';
import type { ApplicationPair, Side } from '../sides.ts';
import { directoryEntries } from './directory-entries.ts';
import { entriesOf, entryOf } from './entries.ts';
import { permissionEntries } from './permission-entries.ts';
import { saysEnough } from './versions.ts';

/** How the catalog and the app directory of an application differ; null where they do not. */
export function catalogDifference({ name, title, base, head }: ApplicationPair): CatalogDifference | null {
  const version = {
    base: base?.application.definition.version ?? null,
    head: head?.application.definition.version ?? null,
  };
  const told = { application: name, title, version };
  if (base === null || head === null) {
    const action = base === null ? 'new' : 'removed';
    return { ...told, action, renamedFrom: null, calls: 'none', versionIsEnough: true, changes: [] };
  }
  const own = [...applicationEntries(base, head), ...sectionEntries(base, head), ...permissionEntries(base, head)];
  const changes = [...own, ...directoryEntries(base, head)].toSorted(inOrder);
  const calls = callsFor(own, base, head);
  const before = base.application.definition.name;
  const renamedFrom = before === name ? null : before;
  const isSame = changes.length === 0 && calls === 'none' && version.base === version.head && renamedFrom === null;
  if (isSame) return null;
  const versionIsEnough = saysEnough(calls, version.base ?? '', version.head ?? '');
  return { ...told, action: 'changed', renamedFrom, calls, versionIsEnough, changes };
}

function applicationEntries(base: Side, head: Side): readonly CatalogEntry[] {
  const [before, after] = [base.application.definition, head.application.definition];
  const isDescribedAnew = before.description !== after.description;
  // A new name is told of the whole.
  return entriesOf('application', { ...before, name: after.name }, after, {
    isDescribedAnew,
    facts: retiredNoMore(base, head),
  });
}

/** A name that is no longer retired may come to mean something else. */
function retiredNoMore(base: Side, head: Side): readonly string[] {
  const after = head.application.definition.retired.map(({ name }) => name);
  const gone = base.application.definition.retired.filter(({ name }) => !after.includes(name));
  return gone.map(({ name }) => `${name} retired`);
}

function sectionEntries(base: Side, head: Side): readonly CatalogEntry[] {
  const named = ({ application }: Side) =>
    application.definition.sections.map((section) => ({ ...section, formerly: [] as readonly string[] }));
  return matched(named(base), named(head)).flatMap((pair) => {
    if (pair.base === null) return pair.head === null ? [] : [entryOf('section', pair.head, 'added', null, head)];
    if (pair.head === null) return [entryOf('section', pair.base, 'removed', null, base)];
    const isDescribedAnew = pair.base.description !== pair.head.description;
    return entriesOf('section', pair.base, pair.head, { isDescribedAnew, facts: [] });
  });
}

/** The least that the version must say; services check scopes, so that one which is gone is as bad as its permission gone. */
function callsFor(own: readonly CatalogEntry[], base: Side, head: Side): CatalogDifference['calls'] {
  const has = (change: CatalogEntry['change']) =>
    own.some((entry) => entry.change === change && (entry.subject === 'permission' || entry.subject === 'level'));
  const scopes = new Set([...head.access.values()].map(({ scope }) => scope));
  if (has('removed') || [...base.access.values()].some(({ scope }) => !scopes.has(scope))) return 'major';
  if (has('added')) return 'minor';
  return own.length > 0 || !sameRules(base, head) ? 'patch' : 'none';
}

/** What is told as control: it is a change of the catalog all the same. */
function sameRules(base: Side, head: Side): boolean {
  const sensitive = ({ access }: Side) => [...access].flatMap(([key, level]) => (level.sensitive ? [key] : []));
  const restricted = ({ permissions, now }: Side) =>
    [...permissions.values()].flatMap((item) => (item.restrictedBy === null ? [] : [now.permission(item.reference)]));
  return [sensitive, restricted].every((rule) => rule(base).toSorted().join() === rule(head).toSorted().join());
}

const order: readonly CatalogEntry['subject'][] = [
  'application',
  'section',
  'permission',
  'level',
  'app',
  'vendor',
  'reseller',
];

function inOrder(a: CatalogEntry, b: CatalogEntry): number {
  return (
    order.indexOf(a.subject) - order.indexOf(b.subject) ||
    byCodePoint(a.name, b.name) ||
    byCodePoint(a.change, b.change) ||
    byCodePoint(a.was ?? '', b.was ?? '')
  );
}
