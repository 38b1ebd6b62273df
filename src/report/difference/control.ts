import type { CatalogDifference } from '../../model/application-difference.ts';
import type { ControlChange } from '../../model/difference.ts';
import type { Lettering } from '../lettering.ts';
import { placeText } from './lines.ts';
import type { Told } from './told.ts';

const nouns = {
  constraint: 'constraint',
  exception: 'exception to the constraint',
  guard: 'guard of',
  protection: 'protection of',
  purpose: 'purpose of',
  sensitive: 'mark "sensitive" of',
  restrictedBy: 'restriction of',
  covers: 'promise to cover, of',
  silence: 'silenced lint of',
  'role-test': 'role test',
  settings: 'settings in',
  workflow: 'workflow',
  'policy-pack': 'policy pack',
  codeowners: 'code owners in',
} as const satisfies Record<ControlChange['subject'], string>;

/** "the constraint renewal-duties is removed", "the guard of production is loosened". */
export function controlPhrase(
  { subject, name, action, loosens }: ControlChange,
  write: (name: string) => string,
): string {
  const noun = nouns[subject];
  const article = action === 'added' ? (/^[aeiou]/u.test(noun) ? 'an' : 'a') : 'the';
  const changed = loosens === true ? 'loosened' : loosens === false ? 'tightened' : 'changed';
  return `${article} ${noun} ${write(name)} is ${action === 'changed' ? changed : action}`;
}

/** A change to what judges changes. */
export function controlTold(change: ControlChange, letters: Lettering): Told {
  const { action, loosens, detail, place } = change;
  const phrase = controlPhrase(change, letters.strong);
  // "is loosened" says it already.
  const isSaid = action === 'changed' && loosens !== null;
  const verdict = isSaid ? '' : loosens === false ? ' (stricter)' : letters.mark(loosens ? 'looser' : 'perhaps looser');
  return {
    sign: '~',
    headline: `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}${verdict}`,
    parts: [],
    details: [
      ...(detail === ''
        ? []
        : [{ label: change.subject === 'restrictedBy' ? 'restricted by' : 'rule', value: letters.text(detail) }]),
      ...(place === null ? [] : [{ label: 'line', value: placeText(place, letters) }]),
    ],
  };
}

/** What all of them come to, where there are several. */
export function controlSummary(control: readonly ControlChange[]): string {
  const verdicts = new Set(control.map(({ loosens }) => loosens));
  const how = verdicts.size > 1 || verdicts.has(null) ? 'changed' : verdicts.has(true) ? 'loosened' : 'tightened';
  return control.length === 1
    ? `1 rule that judges changes is ${how}`
    : `${control.length} rules that judge changes are ${how}`;
}

/** What loosens first, then what nobody can tell of; of each, what guards access before what guards quality. */
export function sortedControl(control: readonly ControlChange[]): readonly ControlChange[] {
  const weight = ({ loosens, subject }: ControlChange) =>
    (loosens === true ? 0 : loosens === null ? 2 : 4) + (ofQuality.has(subject) ? 1 : 0);
  return control.toSorted((a, b) => weight(a) - weight(b));
}

const ofQuality: ReadonlySet<ControlChange['subject']> = new Set(['covers', 'silence', 'role-test']);

/** Catalogs whose version does not say what they do, with the least that it must say. */
export function versionsNeeded(catalogs: readonly CatalogDifference[]): readonly {
  readonly catalog: CatalogDifference;
  readonly needed: string;
}[] {
  return catalogs
    .filter(({ versionIsEnough }) => !versionIsEnough)
    .map((catalog) => ({ catalog, needed: nextVersion(catalog.version.base ?? '0.0.0', catalog.calls) }));
}

function nextVersion(version: string, calls: CatalogDifference['calls']): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const steps = major === 0 ? { major: 'minor', minor: 'patch' } : { major: 'major', minor: 'minor' };
  const step = calls === 'major' || calls === 'minor' ? steps[calls] : 'patch';
  if (step === 'major') return `${major + 1}.0.0`;
  return step === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
