import type { Difference, DifferenceSummary } from '../../model/difference.ts';
import { labelled } from '../explain-losses.ts';
import { terminalLettering } from '../lettering.ts';
import type { Paint } from '../paint.ts';
import { signed } from '../role-change-text.ts';
import { controlTold, sortedControl, versionsNeeded } from './control.ts';
import type { Entry } from './entries.ts';
import { applicationOf, entriesOf } from './entries.ts';
import { sentenceOf } from './sentence.ts';
import type { Detail, Told } from './told.ts';
import { told } from './words.ts';

/** A difference for a terminal: one sentence, then changes to the rules, what people may do more and less, the rest, and the counts. */
export function differenceText(difference: Difference, paint: Paint): string {
  const letters = terminalLettering(paint);
  const entries = entriesOf(difference);
  const { base, head, control, catalogs, summary } = difference;
  const { more, less, rest } = entries;
  const sides = `from ${letters.text(base)} to ${letters.text(head)}`;
  if (control.length + more.length + less.length + rest.length === 0) {
    return `No change ${sides}: everybody may do exactly what they could before.\n`;
  }
  const inSeveral = new Set([...more, ...less, ...rest].map(applicationOf).filter((name) => name !== '')).size > 1;
  const lines = (entry: Entry) => {
    const name = inSeveral ? applicationOf(entry) : '';
    return toldLines(told(entry, letters), name === '' ? '' : `${letters.text(name)}: `, paint);
  };
  const versions = versionsNeeded(catalogs).map(({ catalog, needed }) => {
    const version = `its version is ${letters.text(catalog.version.head ?? '')}, and must be ${needed} or higher`;
    return signed('~', `The catalog of ${letters.strong(catalog.title)}: ${version}`, paint);
  });
  const blocks: readonly (readonly [heading: string, lines: readonly string[]])[] = [
    [
      'Rules that judge changes',
      sortedControl(control).flatMap((change) => toldLines(controlTold(change, letters), '', paint)),
    ],
    ['A version does not say what changes', versions],
    ['May do more', more.flatMap(lines)],
    ['May do less', less.flatMap(lines)],
    ['Nobody may do more or less by', rest.flatMap(lines)],
  ];
  const shown = blocks.filter(([, all]) => all.length > 0);
  return `${[
    `Changes ${sides}`,
    paint(
      'strong',
      sentenceOf(
        difference,
        entries,
        terminalLettering((_, text) => text),
      ),
    ),
    ...shown.map(([heading, all]) => [paint('strong', heading), ...all.map((line) => `  ${line}`)].join('\n')),
    differenceSummaryText(summary),
  ].join('\n\n')}\n`;
}

/** The last line of a difference: its counts. */
export function differenceSummaryText(summary: DifferenceSummary): string {
  const { permissionsGained, permissionsLost, subjectsNew, subjectsChanged, subjectsRemoved } = summary;
  const { peopleGained, peopleLost, reachGained, reachLost, control, loosening, sensitive, reserved } = summary;
  const parts = [
    `roles and assignments: ${subjectsNew} new, ${subjectsChanged} changed, ${subjectsRemoved} removed`,
    `permissions: ${permissionsGained} gained, ${permissionsLost} lost`,
    reachGained + reachLost > 0 ? `apps and vendors: ${reachGained} gained, ${reachLost} lost` : null,
    peopleGained + peopleLost > 0 ? `people: ${peopleGained} gained, ${peopleLost} lost` : null,
    sensitive + reserved > 0 ? `sensitive ${sensitive}, reserved ${reserved}` : null,
    control > 0 ? `rules: ${control} changed, ${loosening} of them loosened` : null,
  ];
  return `Difference: ${parts.filter((part) => part !== null).join('; ')}.`;
}

function toldLines({ sign, headline, parts, details }: Told, before: string, paint: Paint): readonly string[] {
  return [
    signed(sign, `${before}${headline}`, paint),
    ...parts.flatMap((part) => [
      `    ${signed(sign, part.text, paint)}`,
      ...detailLines(part.details).map((line) => `        ${line}`),
    ]),
    ...detailLines(details).map((line) => `    ${line}`),
  ];
}

function detailLines(details: readonly Detail[]): readonly string[] {
  return labelled(details.map(({ label, value }) => [label, [value]] as const));
}
