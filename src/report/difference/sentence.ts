import type { ControlChange, Difference } from '../../model/difference.ts';
import { enumeration } from '../enumeration.ts';
import type { Lettering } from '../lettering.ts';
import { terminalLettering } from '../lettering.ts';
import { plain } from '../paint.ts';
import { counted } from '../tally.ts';
import type { AccessChange, AccessEntry } from './access.ts';
import { isForNewPeople, mainNames, plural } from './concerned.ts';
import { controlPhrase, controlSummary, versionsNeeded } from './control.ts';
import { lessCounts, moreCounts } from './counts.ts';
import type { Entries, Entry } from './entries.ts';
import { applicationOf } from './entries.ts';
import { changePhrase, subjectCounts } from './phrases.ts';
import { told } from './words.ts';

/** Who does what. Two clauses of one subject are said in one. */
export interface Clause {
  readonly subject: string;
  readonly predicate: string;
}

/** So many entries of a part are named, if that makes no sentence longer than this. */
const mostNamed = 2;
const widest = 220;

/**
 * A whole difference in one sentence without a full stop, that a reviewer can say yes or no to: rules first, then who may do
 * more, then who may do less. Few changes are named, many are counted.
 */
export function sentenceOf(difference: Difference, entries: Entries, letters: Lettering): string {
  // Whether it is too long is no matter of escapes: every report has the same sentence.
  const isShort = written(difference, entries, terminalLettering(plain), mostNamed).length <= widest;
  return written(difference, entries, letters, isShort ? mostNamed : 0);
}

function written(difference: Difference, { more, less, rest }: Entries, given: Lettering, most: number): string {
  const letters = { ...given, strong: given.text, code: given.text, mark: (word: string) => ` (${word})` };
  const { control, catalogs } = difference;
  const isNeutral = more.length === 0 && less.length === 0;
  const versions = versionsNeeded(catalogs);
  const others = rest.filter(
    (entry) => !versions.some(({ catalog }) => entry.kind === 'catalog' && entry.change === catalog),
  );
  const named = (all: readonly Entry[]) => (all.length <= most ? all.map((entry) => clauseOf(entry, letters)) : null);
  const clauses = [
    ...controlClauses(control, letters),
    ...(named(more) ?? moreCounts(more)),
    ...(named(less) ?? lessCounts(less)),
    ...(isNeutral && control.length === 0 ? (named(others) ?? restCounts(others)) : []),
    ...(isNeutral ? [{ subject: 'nobody', predicate: 'may do more or less' }] : []),
    ...versionClauses(versions, letters),
  ];
  const applications = new Set(
    [...more, ...less, ...rest].map(applicationOf).concat(control.map(({ application }) => application ?? '')),
  );
  applications.delete('');
  const [application = ''] = applications;
  if (applications.size === 0) return joined(clauses);
  return `${applications.size === 1 ? letters.text(application) : counted(applications.size, 'application')}: ${joined(clauses)}`;
}

function controlClauses(control: readonly ControlChange[], letters: Lettering): readonly Clause[] {
  // What tightens is no reason to say no, so that it is in the sentence only where nothing else is.
  const looser = control.filter(({ loosens }) => loosens !== false);
  const shown = looser.length > 0 ? looser : control;
  const [only, ...others] = shown;
  if (only === undefined) return [];
  return [{ subject: '', predicate: others.length === 0 ? controlPhrase(only, letters.text) : controlSummary(shown) }];
}

function versionClauses(versions: ReturnType<typeof versionsNeeded>, letters: Lettering): readonly Clause[] {
  const [only, ...others] = versions;
  if (only === undefined) return [];
  if (others.length > 0) return [{ subject: `${versions.length} catalogs`, predicate: 'must have higher versions' }];
  const { catalog, needed } = only;
  const predicate = `must be version ${needed}, not ${letters.text(catalog.version.head ?? '')}`;
  return [{ subject: `the catalog of ${letters.text(catalog.title)}`, predicate }];
}

function clauseOf(entry: Entry, letters: Lettering): Clause {
  if (entry.kind === 'access') return accessClause(entry, letters);
  return { subject: '', predicate: told(entry, letters).headline.replace(/^The /u, 'the ').replace(/^New /u, 'new ') };
}

function accessClause(entry: AccessEntry, letters: Lettering): Clause {
  const { main, heirs, changes, part } = entry;
  const names = main.length <= 3 ? mainNames(main, letters) : subjectCounts(main);
  const all = [...main, ...heirs];
  const verb = part === 'more' ? plural(all, 'gains', 'gain') : plural(all, 'loses', 'lose');
  const [only, ...others] = changes;
  const grave = part === 'more' ? changes.filter(({ sensitive, reserved }) => sensitive || reserved) : [];
  const what =
    only === undefined || others.length > 0
      ? withNotes(counted(changes.length, 'permission'), [
          grave.length === 0 ? null : `${grave.length} ${riskWords(grave).join(' or ')}`,
        ])
      : namedChange(
          only,
          all.length,
          [...riskWords(grave), ...(isForNewPeople(entry) && part === 'more' ? ['default role'] : [])],
          letters,
        );
  return {
    subject: heirs.length === 0 ? names : `${names}, and ${subjectCounts(heirs)} with ${plural(main, 'it', 'them')},`,
    predicate: `${verb} ${what}`,
  };
}

function namedChange(change: AccessChange, count: number, risks: readonly string[], letters: Lettering): string {
  const { what, note } = changePhrase(change, count, letters.text, letters);
  return withNotes(what, [...risks, note]);
}

function riskWords(grave: readonly AccessChange[]): readonly string[] {
  const isAny = (mark: 'sensitive' | 'reserved') => grave.some((change) => change[mark]);
  return (['sensitive', 'reserved'] as const).filter(isAny);
}

function withNotes(text: string, notes: readonly (string | null)[]): string {
  const given = notes.filter((note) => note !== null);
  return given.length === 0 ? text : `${text} (${given.join(', ')})`;
}

function restCounts(entries: readonly Entry[]): readonly Clause[] {
  return [{ subject: counted(entries.length, 'change'), predicate: 'without effect on access' }];
}

function joined(clauses: readonly Clause[]): string {
  const groups = Map.groupBy(clauses, ({ subject, predicate }) => (subject === '' ? predicate : subject));
  return [...groups.values()]
    .map((those) => {
      const subject = those[0]?.subject ?? '';
      return `${subject}${subject === '' ? '' : ' '}${enumeration(those.map(({ predicate }) => predicate))}`;
    })
    .join('; ');
}
