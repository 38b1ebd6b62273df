import { byCodePoint } from '../../language/source.ts';
import type {
  CatalogDifference,
  EnvironmentDifference,
  ProvisioningDifference,
} from '../../model/application-difference.ts';
import type { Difference, PersonDifference, SubjectDifference } from '../../model/difference.ts';
import type { AccessEntry } from './access.ts';
import { accessEntries } from './access.ts';
import { isForNewPeople } from './concerned.ts';
import type { ReachEntry } from './reach.ts';
import { reachEntries } from './reach.ts';

/** One thing that a reader is told, whatever number of roles it concerns. */
export type Entry =
  | AccessEntry
  | ReachEntry
  | { readonly kind: 'new' | 'removed'; readonly subject: SubjectDifference }
  | PeopleEntry
  | { readonly kind: 'purposes'; readonly subject: SubjectDifference }
  | {
      readonly kind: 'provisioning';
      readonly change: ProvisioningDifference;
      readonly titles: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'identity'; readonly subject: SubjectDifference }
  | { readonly kind: 'catalog'; readonly change: CatalogDifference }
  | { readonly kind: 'environment'; readonly change: EnvironmentDifference };

/** People of one assignment to whom the same happens. */
export interface PeopleEntry {
  readonly kind: 'people';
  readonly subject: SubjectDifference;
  readonly change: PersonDifference['change'];
  readonly people: readonly PersonDifference[];
}

/** Everything that differs but for control changes, the gravest first in each part. */
export interface Entries {
  /** By these somebody may do more. */
  readonly more: readonly Entry[];
  /** By these somebody may do less; what goes both ways is told under `more`. */
  readonly less: readonly Entry[];
  /** By these nobody may do more or less. */
  readonly rest: readonly Entry[];
}

/** Sorts a difference into what is told once each. */
export function entriesOf(difference: Difference): Entries {
  const { subjects, provisioning, catalogs, environments } = difference;
  const access = accessEntries(difference);
  const reach = reachEntries(difference);
  const titles = new Map(subjects.map(({ application, name, title }) => [`${application}/${name}`, title]));
  const parts: readonly (readonly [keyof Entries, Entry])[] = [
    ...access.map((entry) => [entry.part, entry] as const),
    ...reach.map((entry) => [entry.counts ? entry.part : 'rest', entry] as const),
    ...subjects.flatMap(lifeOf),
    ...subjects.flatMap(peopleOf),
    ...subjects.flatMap(purposesOf),
    ...provisioning.map((change) => [partOf(change.direction), { kind: 'provisioning', change, titles }] as const),
    ...subjects.filter(hasNewIdentity).map((subject) => ['rest', { kind: 'identity', subject }] as const),
    ...catalogs.map((change) => ['rest', { kind: 'catalog', change }] as const),
    ...environments.map((change) => ['rest', { kind: 'environment', change }] as const),
  ];
  const inPart = (wanted: keyof Entries) =>
    parts
      .filter(([part]) => part === wanted)
      .map(([, entry]) => entry)
      .toSorted((a, b) => gravity(a) - gravity(b) || byCodePoint(applicationOf(a), applicationOf(b)));
  return { more: inPart('more'), less: inPart('less'), rest: inPart('rest') };
}

/** The application that an entry is about; empty for an environment. */
export function applicationOf(entry: Entry): string {
  switch (entry.kind) {
    case 'access':
    case 'reach':
      return entry.application;
    case 'provisioning':
    case 'catalog':
      return entry.change.application;
    case 'environment':
      return '';
    default:
      return entry.subject.application;
  }
}

/** Whether an entry gives something sensitive or reserved, or what everybody gets at first. */
export function isGrave(entry: Entry): boolean {
  switch (entry.kind) {
    case 'access':
      return (
        entry.part === 'more' &&
        (isForNewPeople(entry) || entry.changes.some(({ sensitive, reserved }) => sensitive || reserved))
      );
    case 'reach':
      return entry.part === 'more' && (isForNewPeople(entry) || entry.sensitive || entry.reserved);
    case 'provisioning':
      return entry.change.direction !== 'narrowing' && entry.change.severity === 'high';
    case 'new':
    case 'people':
      return entry.subject.severity === 'high';
    default:
      return false;
  }
}

/** Smaller is graver: what is sensitive, what people have today, what changes for those to come, the rest. */
function gravity(entry: Entry): number {
  const order = ['access', 'reach', 'provisioning', 'people', 'purposes', 'removed', 'new', 'identity', 'catalog'];
  const place = order.indexOf(entry.kind);
  return (isGrave(entry) ? 0 : 100) + (place === -1 ? order.length : place);
}

function partOf(direction: SubjectDifference['direction']): keyof Entries {
  if (direction === 'neutral') return 'rest';
  return direction === 'narrowing' ? 'less' : 'more';
}

function lifeOf(subject: SubjectDifference): readonly (readonly [keyof Entries, Entry])[] {
  const { action, direction } = subject;
  return action === 'changed' ? [] : [[partOf(direction), { kind: action, subject }]];
}

function peopleOf(subject: SubjectDifference): readonly (readonly [keyof Entries, Entry])[] {
  // A new or a removed assignment is told with its people.
  if (subject.action !== 'changed') return [];
  return [...Map.groupBy(subject.people, ({ change }) => change)].map(([change, people]) => [
    change === 'added' || change === 'extended' ? 'more' : 'less',
    { kind: 'people', subject, change, people },
  ]);
}

function purposesOf(subject: SubjectDifference): readonly (readonly [keyof Entries, Entry])[] {
  if (subject.onlyIn === null || subject.action !== 'changed') return [];
  const { base, head } = subject.onlyIn;
  const isWider = base !== null && (head === null || head.some((purpose) => !base.includes(purpose)));
  const part = isWider ? 'more' : 'less';
  return [[subject.direction === 'neutral' ? 'rest' : part, { kind: 'purposes', subject }]];
}

function hasNewIdentity(subject: SubjectDifference): boolean {
  const { action, renamedFrom, retitledFrom, kindFrom, details, basedOn, permissions } = subject;
  const isOther = renamedFrom !== null || retitledFrom !== null || kindFrom !== null || details.length > 0;
  // Another base is told with what it gives and takes, if it does.
  return action === 'changed' && (isOther || (basedOn !== null && permissions.length === 0));
}
