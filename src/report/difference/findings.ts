import type { Place } from '../../language/source.ts';
import type { ControlChange, Difference, SidePlace } from '../../model/difference.ts';
import { terminalLettering } from '../lettering.ts';
import { plain } from '../paint.ts';
import { controlTold, sortedControl } from './control.ts';
import type { Entry } from './entries.ts';
import { applicationOf, entriesOf, isGrave } from './entries.ts';
import type { Told } from './told.ts';
import { told } from './words.ts';

/** What a reviewer should look at, with the line of the head's files to look at. */
export interface DifferenceFinding {
  readonly rule: 'loosened-rule' | 'sensitive-widening' | 'widening';
  readonly level: 'warning' | 'note';
  /** One line. */
  readonly message: string;
  /** More lines: what it means, and for whom. */
  readonly details: readonly string[];
  /** null where the head has no such line: it was taken out. */
  readonly place: Place | null;
}

const letters = terminalLettering(plain);

/** Rules that may be looser, and whatever lets somebody do more, the gravest first. What takes away is no finding. */
export function differenceFindings(difference: Difference): readonly DifferenceFinding[] {
  const loosened = sortedControl(difference.control).filter(({ loosens }) => loosens !== false);
  return [...loosened.map(ruleFinding), ...entriesOf(difference).more.map(wideningFinding)];
}

function ruleFinding(change: ControlChange): DifferenceFinding {
  const { headline, details } = textOf(controlTold(change, letters));
  return { rule: 'loosened-rule', level: 'warning', message: headline, details, place: placeAtHead([change.place]) };
}

function wideningFinding(entry: Entry): DifferenceFinding {
  const { headline, details } = textOf(told(entry, letters));
  const grave = isGrave(entry);
  return {
    rule: grave ? 'sensitive-widening' : 'widening',
    level: grave ? 'warning' : 'note',
    message: `${applicationOf(entry)}: ${headline}`,
    details,
    place: placeAtHead(placesOf(entry)),
  };
}

function textOf({ headline, parts, details }: Told) {
  const lines = [...parts.map(({ text }) => text), ...details.map(({ label, value }) => `${label}: ${value}`)];
  return { headline: headline.replace(/ {2,}/gu, ' '), details: lines.map((line) => line.replace(/ {2,}/gu, ' ')) };
}

function placesOf(entry: Entry): readonly SidePlace[] {
  switch (entry.kind) {
    case 'access':
      return [...entry.changes.flatMap(({ lines }) => lines.map(({ place }) => place)), ...declared(entry.main)];
    case 'reach':
      return [...entry.lines.map(({ place }) => place), ...declared(entry.main)];
    case 'people':
      return entry.people.map(({ place }) => place);
    case 'provisioning':
    case 'environment':
      return [entry.change.place];
    case 'catalog':
      return entry.change.changes.map(({ place }) => place);
    default:
      return declared([entry.subject]);
  }
}

function declared(subjects: readonly { readonly declaredAt: SidePlace }[]): readonly SidePlace[] {
  return subjects.map(({ declaredAt }) => declaredAt);
}

function placeAtHead(places: readonly (SidePlace | null)[]): Place | null {
  return places.find((place) => place?.side === 'head') ?? null;
}
