import { formatPlace } from '../../language/source.ts';
import type { Lettering } from '../lettering.ts';
import { counted } from '../tally.ts';
import type { AccessChange, AccessEntry, Shift } from './access.ts';
import { concernedDetails, isForNewPeople, mainText, plural } from './concerned.ts';
import { gainDetails, lossDetails } from './effects.ts';
import { lineDetails, placeText } from './lines.ts';
import { changeText, heirNote, thingsText } from './phrases.ts';
import type { ReachEntry } from './reach.ts';
import type { Detail, Told } from './told.ts';
import { marks, someOf } from './told.ts';

/** Some gain or lose permissions: what that means, who else does, and which line does it. */
export function accessTold(entry: AccessEntry, letters: Lettering): Told {
  const { changes, main, heirs, part } = entry;
  const sign = part === 'more' ? '+' : '-';
  const verb = part === 'more' ? plural(main, 'gains', 'gain') : plural(main, 'loses', 'lose');
  const opening = `${mainText(entry, letters)} ${verb}`;
  const count = main.length + heirs.length;
  const [only, ...others] = changes;
  const alone = others.length === 0 ? only : undefined;
  const note = (name: string) => {
    const of = alone?.of.get(name);
    return alone === undefined || of === undefined ? '' : heirNote(alone, of, letters);
  };
  const concerned = concernedDetails(
    entry,
    changes.flatMap(({ lines }) => lines),
    note,
    letters,
  );
  if (alone === undefined) {
    const headline = `${opening} ${counted(changes.length, 'permission')}${forNewPeople(entry, letters)}`;
    // A line that changes all of them, a base say, is told once.
    const lines = isOneLine(changes) ? lineDetails(changes[0]?.lines ?? [], letters) : [];
    return { sign, headline, parts: partsOf(changes, count, letters), details: [...concerned, ...lines] };
  }
  const headline = `${opening} ${changeText(alone, count, letters.strong, letters)}${riskOf(alone, letters)}${forNewPeople(entry, letters)}`;
  const details = [...meaning(alone, letters), ...concerned, ...lineDetails(alone.lines, letters)];
  return { sign, headline, parts: [], details };
}

/** Some come to reach apps, vendors or resellers, or reach them no longer. */
export function reachTold(entry: ReachEntry, letters: Lettering): Told {
  const { things, part, lines } = entry;
  const isMore = part === 'more';
  const there = [...new Set(things.flatMap(({ permissions }) => permissions))].map(letters.code);
  const isAll = things.some(({ kind }) => kind === 'all-apps');
  const places = isAll
    ? lines.slice(0, 1).map(({ place }) => ({ label: 'line', value: placeText(place, letters) }))
    : lineDetails(
        lines.map(({ thing, ...line }) => ({ ...line, names: thing.name })),
        letters,
      );
  return {
    sign: isMore ? '+' : '-',
    headline: `${mainText(entry, letters)} ${reachPhrase(entry, letters)}${isMore ? marks(entry, letters) : ''}${forNewPeople(entry, letters)}`,
    parts: [],
    details: [
      { label: isMore ? 'may there' : 'could there', value: there.length === 0 ? 'nothing' : someOf(there) },
      ...concernedDetails(entry, lines, () => '', letters),
      ...places,
    ],
  };
}

/** "comes to reach the app Asana", "reaches only the app Zoom (before: every app)". */
export function reachPhrase({ main, part, things }: ReachEntry, letters: Pick<Lettering, 'strong'>): string {
  const write = letters.strong;
  const reach = main[0]?.reach ?? null;
  if (things.some(({ kind }) => kind === 'all-apps')) {
    const [before, now] = [reach?.base, reach?.head].map((all) => (all == null ? 'every app' : thingsText(all, write)));
    const only = part === 'more' ? '' : 'only ';
    return `${plural(main, 'reaches', 'reach')} ${only}${now} (before: ${part === 'more' ? 'only ' : ''}${before})`;
  }
  return part === 'more'
    ? `${plural(main, 'comes', 'come')} to reach ${thingsText(things, write)}`
    : `${plural(main, 'reaches', 'reach')} ${thingsText(things, write)} no longer`;
}

const mostChanges = 10;

function partsOf(changes: readonly AccessChange[], count: number, letters: Lettering): Told['parts'] {
  const shown = changes.length - mostChanges > 1 ? changes.slice(0, mostChanges) : changes;
  const parts = shown.map((change) => ({
    text: `${changeText(change, count, letters.strong, letters)}${riskOf(change, letters)}`,
    details: [...meaning(change, letters), ...(isOneLine(changes) ? [] : places(change, letters))],
  }));
  if (shown.length === changes.length) return parts;
  const names = changes.slice(shown.length).map((change) => changeText(change, count, letters.text, letters));
  return [...parts, { text: `and ${names.length} more: ${someOf(names)}`, details: [] }];
}

function isOneLine(changes: readonly AccessChange[]): boolean {
  return new Set(changes.flatMap(({ lines }) => lines.map(({ place }) => formatPlace(place)))).size === 1;
}

function places({ lines }: AccessChange, letters: Lettering): readonly Detail[] {
  return lines.slice(0, 1).map(({ place }) => ({ label: 'line', value: placeText(place, letters) }));
}

/** The mark of what is gained; to lose something sensitive is no risk. */
function riskOf(change: AccessChange, letters: Lettering): string {
  return change.direction === 'narrowing' ? '' : marks(change, letters);
}

function forNewPeople(entry: AccessEntry | ReachEntry, letters: Lettering): string {
  return entry.part === 'more' && isForNewPeople(entry) ? letters.mark('default role') : '';
}

function meaning({ direction, shift, gains, losses }: AccessChange, letters: Lettering): readonly Detail[] {
  const of = direction === 'widening' ? gainedFor : lostFor;
  return [
    ...(direction === 'narrowing' ? [] : gainDetails(gains, of[shift], letters)),
    ...(direction === 'widening' ? [] : lossDetails(losses, of[shift], letters)),
  ];
}

const nothing = { level: '', included: '', both: '' } as const;
const gainedFor = { ...nothing, everywhere: ', for every app', vendors: ', for vendors' } as const satisfies Record<
  Shift,
  string
>;
const lostFor = { ...nothing, everywhere: ', for other apps', vendors: ', for vendors' } as const satisfies Record<
  Shift,
  string
>;
