import type { CatalogDifference, CatalogEntry, EnvironmentDifference } from '../../model/application-difference.ts';
import type { SubjectDifference } from '../../model/difference.ts';
import { enumeration } from '../enumeration.ts';
import type { Lettering } from '../lettering.ts';
import { placeText } from './lines.ts';
import { capitalised, subjectText, wholeSubjectText } from './phrases.ts';
import type { Detail, Told } from './told.ts';
import { someOf } from './told.ts';

/** A new name, title or description, and whatever else gives and takes nothing. */
export function identityTold(subject: SubjectDifference, letters: Lettering): Told {
  const { kind, name, title, renamedFrom, retitledFrom, kindFrom, details, basedOn } = subject;
  const based =
    basedOn === null ? [] : [`based on ${letters.code(basedOn.head)} (before: ${letters.code(basedOn.base)})`];
  const others = [...based, ...details.map(letters.text)];
  if (renamedFrom === null && retitledFrom === null && kindFrom === null) {
    const headline = `${capitalised(subjectText(subject, letters.strong))}: ${others.join('; ')}`;
    return { sign: '~', headline, parts: [], details: [] };
  }
  const named = (shown: string, code: string) => (renamedFrom === null ? shown : `${shown} (${letters.code(code)})`);
  const before = subjectText({ kind: kindFrom ?? kind, title: retitledFrom ?? title }, letters.strong);
  const now = kindFrom === null ? letters.strong(title) : wholeSubjectText(subject, letters.strong);
  return {
    sign: '~',
    headline: `${capitalised(named(before, renamedFrom ?? name))} is now ${named(now, name)}; whoever holds it keeps it`,
    parts: others.map((text) => ({ text, details: [] })),
    details: [],
  };
}

const changes = {
  added: 'now has',
  removed: 'has no more',
  renamed: 'renames',
  retitled: 'has new titles for',
  described: 'describes anew',
  reordered: 'orders anew',
  changed: 'changes',
} as const satisfies Record<CatalogEntry['change'], string>;

/** What an application comes to offer, or offers no longer. By itself it gives nobody anything. */
export function catalogTold(catalog: CatalogDifference, letters: Lettering): Told {
  const { action, title, application, renamedFrom, version } = catalog;
  const name = letters.strong(title);
  const facts = [
    action === 'changed' ? null : `is ${action}`,
    renamedFrom === null ? null : `is renamed from ${letters.code(renamedFrom)} to ${letters.code(application)}`,
    action !== 'changed' || version.base === version.head
      ? null
      : `is version ${letters.text(version.head ?? '')} (before: ${letters.text(version.base ?? '')})`,
  ].filter((fact) => fact !== null);
  const noun = catalog.calls === 'none' ? 'app directory' : 'catalog';
  const headline = `The ${noun} of ${name} ${facts.length === 0 ? 'is changed' : enumeration(facts)}`;
  const groups = [...Map.groupBy(withoutParts(catalog.changes), ({ change }) => change)];
  const details = groups.map(([change, entries]) => ({
    label: changes[change],
    value: someOf(entries.map((entry) => entryText(entry, letters))),
  }));
  return { sign: '~', headline, parts: [], details };
}

/** What differs of an environment besides what judges changes. */
export function environmentTold(environment: EnvironmentDifference, letters: Lettering): Told {
  const { name, action, renamedFrom, details, place } = environment;
  const former = renamedFrom === null ? '' : ` (was ${letters.code(renamedFrom)})`;
  const line: readonly Detail[] = [{ label: 'declared at', value: placeText(place, letters) }];
  return {
    sign: '~',
    headline: `The environment ${letters.strong(name)}${former} is ${action}`,
    parts: details.map((text) => ({ text: letters.text(text), details: [] })),
    details: line,
  };
}

/** Without the levels of a permission that is new itself, and the permissions of such a section. */
function withoutParts(entries: readonly CatalogEntry[]): readonly CatalogEntry[] {
  const whole = new Set(
    entries
      .filter(({ change }) => change === 'added' || change === 'removed')
      .map(({ name, change }) => `${change} ${name}`),
  );
  return entries.filter(({ name, change, subject }) => {
    if (subject !== 'level' && subject !== 'permission') return true;
    const above = [name.split(':')[0] ?? '', name.split('/')[0] ?? ''].filter((part) => part !== name);
    return !above.some((part) => whole.has(`${change} ${part}`));
  });
}

function entryText({ subject, name, title, was }: CatalogEntry, letters: Lettering): string {
  const note = was === null ? '' : ` (before: ${letters.text(was)})`;
  return `the ${subject} ${letters.text(title)} ${letters.code(name)}${note}`;
}
