import type { Alternative, ExplainedHolder, LevelAnswer } from '../analysis/explain/explanation.ts';
import { formatPlace } from '../language/source.ts';
import { enumeration, wrappedList } from './enumeration.ts';
import { accessTitle } from './explain-phrase.ts';
import type { Paint } from './paint.ts';
import { counted } from './tally.ts';
import { terminalText } from './terminal-text.ts';

const most = 8;

/** The roles that would give what is missing, each with what it brings besides; the least privilege first. */
export function alternativeLines(
  { alternatives, customRoles, verdict, narrowed }: LevelAnswer,
  holder: ExplainedHolder,
  app: { readonly name: string; readonly title: string } | null,
  width: number,
  paint: Paint,
): readonly string[] {
  const forApp = app === null ? '' : ` for ${terminalText(app.title)}`;
  const heading =
    alternatives.length === 0
      ? `No role would allow it${forApp}.`
      : paint('strong', `Roles that would allow it${forApp}, least privilege first`);
  const more = alternatives.length - most;
  const custom =
    customRoles === 1
      ? '1 custom role, narrowed to its apps, allows it as well: ask with --app'
      : `${customRoles} custom roles, each narrowed to its apps, allow it as well: ask with --app`;
  const notes = [
    more > 0 ? `and ${more} more, which --format json lists` : null,
    customRoles === 0 ? null : custom,
    verdict === 'not-for-app' && narrowed && app !== null
      ? `or add ${terminalText(app.name)} to the apps of ${terminalText(holder.title)}, for all that it may: ${terminalText(formatPlace(holder.place))}`
      : null,
  ];
  return [
    heading,
    ...alternatives.slice(0, most).flatMap((alternative) => lines(alternative, holder, width, paint)),
    ...notes.filter((note) => note !== null).map((note) => `  ${paint('faint', note)}`),
  ];
}

function lines(alternative: Alternative, holder: ExplainedHolder, width: number, paint: Paint): readonly string[] {
  const { title, reference, additional } = alternative;
  const sensitive = additional.filter((access) => access.sensitive).map(accessTitle);
  return [
    `  ${terminalText(title)}  ${paint('faint', terminalText(reference))}`,
    `    ${brings(additional.length, sensitive.length)}`,
    ...wrappedList(sensitive, width - 6).map((line) => `      ${line}`),
    ...conditions(alternative, holder).map((sentence) => `    ${sentence}`),
  ];
}

/** "brings 7 more permissions, 6 of them sensitive:". */
function brings(count: number, sensitive: number): string {
  if (count === 0) return 'brings nothing else';
  const more = `brings ${count} more ${count === 1 ? 'permission' : 'permissions'}`;
  if (sensitive === 0) return count === 1 ? `${more}, which is not sensitive` : `${more}, none of them sensitive`;
  if (count === 1) return `${more}, which is sensitive:`;
  return `${more}, ${sensitive === count ? 'all' : sensitive} of them sensitive:`;
}

/** What else has to be known before somebody gives it. */
function conditions(alternative: Alternative, holder: ExplainedHolder): readonly string[] {
  const { apps, restrictable, besides, lacks, onlyIn } = alternative;
  const name = terminalText(holder.title);
  const lost = lacks.length === 0 ? '' : `: ${counted(lacks.length, 'permission')} would be lost`;
  const reach =
    apps !== null
      ? `for ${enumeration(apps.map((app) => terminalText(app.title)))} only`
      : holder.apps === null
        ? null
        : `for all apps${restrictable ? ', unless an assignment narrows it' : ''}`;
  return [
    reach,
    besides && lacks.length > 0 ? `besides ${name}, not in its place${lost}` : null,
    besides ? null : `in place of ${name}, never besides it${lost}`,
    onlyIn === null ? null : `in environments for ${enumeration(onlyIn)} only`,
  ].filter((sentence) => sentence !== null);
}
