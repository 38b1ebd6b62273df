import type { ControlChange, Difference } from '../../model/difference.ts';
import { markdownLettering as letters } from '../lettering.ts';
import type { MarkdownSection } from '../markdown-cut.ts';
import { cutMarkdown } from '../markdown-cut.ts';
import { counted } from '../tally.ts';
import { controlSummary, controlTold, sortedControl, versionsNeeded } from './control.ts';
import type { Entry } from './entries.ts';
import { applicationOf, entriesOf, isGrave } from './entries.ts';
import { sentenceOf } from './sentence.ts';
import type { Told } from './told.ts';
import { told } from './words.ts';

/** GitHub takes comments of up to 65,536 characters; what is left is for whoever posts it. */
export const markdownLimit = 64_000;

/**
 * A difference as a comment on a pull request: one sentence, then changes to the rules, what people may do more and less, and the rest
 * folded. Never longer than `limit` (usually `markdownLimit`): what does not fit is left out whole, the least grave first, and it says so.
 */
export function differenceMarkdown(difference: Difference, limit: number): string {
  const entries = entriesOf(difference);
  const { control } = difference;
  const { more, less, rest } = entries;
  if (control.length + more.length + less.length + rest.length === 0) {
    return '### No change: everybody may do exactly what they could before\n';
  }
  const inSeveral = new Set([...more, ...less, ...rest].map(applicationOf).filter((name) => name !== '')).size > 1;
  const item = (entry: Entry) => {
    const application = applicationOf(entry);
    const named = inSeveral && application !== '' ? `${letters.code(application)} ` : '';
    return itemMarkdown(told(entry, letters), named);
  };
  return cutMarkdown(
    `### ${sentenceOf(difference, entries, letters)}`,
    [
      ...controlSections(difference),
      versionSection(difference),
      ...shownAndFolded('May do more', more, item),
      ...shownAndFolded('May do less', less, item),
      folded(
        `${counted(rest.length, 'change')} by which nobody may do more or less`,
        rest.map(item),
        more.length + less.length + control.length === 0,
      ),
    ],
    limit,
  );
}

/** So many are seen at once; what is grave is always seen. */
const mostShown = 12;
const mostRules = 6;

function shownAndFolded(
  heading: string,
  entries: readonly Entry[],
  item: (entry: Entry) => string,
): readonly MarkdownSection[] {
  const grave = entries.filter(isGrave).length;
  const count = entries.length <= mostShown ? entries.length : Math.max(grave, mostShown);
  const hidden = entries.slice(count);
  return [
    { opening: `#### ${heading}\n`, items: entries.slice(0, count).map(item), closing: '' },
    folded(`${counted(hidden.length, 'more change')} of this kind`, hidden.map(item), false),
  ];
}

function folded(summary: string, items: readonly string[], isOpen: boolean): MarkdownSection {
  return {
    opening: `<details${isOpen ? ' open' : ''}>\n<summary>${summary}</summary>\n`,
    items,
    closing: '\n\n</details>',
  };
}

function controlSections({ control }: Difference): readonly MarkdownSection[] {
  const sorted = sortedControl(control);
  const isLooser = control.some(({ loosens }) => loosens !== false);
  // What tightens takes no room from what loosens.
  const told = isLooser ? sorted.filter(({ loosens }) => loosens !== false) : sorted;
  const shown = told.slice(0, mostRules);
  const hidden = sorted.filter((change) => !shown.includes(change));
  const item = (change: ControlChange) => itemMarkdown(controlTold(change, letters), '');
  return [
    {
      opening: quoted(`[!${isLooser ? 'CAUTION' : 'NOTE'}]\n**${controlSummary(told)}**\n`),
      items: shown.map((change) => quoted(item(change))),
      closing: '',
    },
    folded(hidden.length === 0 ? '' : `Also, ${controlSummary(hidden)}`, hidden.map(item), false),
  ];
}

function versionSection({ catalogs }: Difference): MarkdownSection {
  return {
    opening: quoted('[!WARNING]\n**A version does not say what changes**\n'),
    items: versionsNeeded(catalogs).map(({ catalog, needed }) => {
      const { title, version, calls } = catalog;
      const why = calls === 'major' ? 'takes something away' : calls === 'minor' ? 'offers more' : 'is changed';
      const now = `its version is ${letters.code(version.head ?? '')}`;
      return quoted(
        `- The catalog of ${letters.strong(title)} ${why}, and ${now}: it must be ${letters.code(needed)} or higher`,
      );
    }),
    closing: '',
  };
}

function itemMarkdown({ headline, parts, details }: Told, before: string): string {
  return [
    `- ${before}${headline}`,
    ...parts.map(({ text, details: more }) => `  - ${[text, ...more.map(detailText)].join(' · ')}`),
    ...details.map((detail) => `  - ${detailText(detail)}`),
  ].join('\n');
}

function detailText({ label, value }: Told['details'][number]): string {
  return `${label}: ${value}`;
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
