import type { AreaExplanation, AreaMatch } from '../analysis/explain/explanation.ts';
import { displayWidth, padEndTo } from './display-width.ts';
import { enumeration, wrappedList } from './enumeration.ts';
import { labelled } from './explain-losses.ts';
import { accessTitle } from './explain-phrase.ts';
import type { Paint } from './paint.ts';
import { terminalText } from './terminal-text.ts';

const most = 12;

/** Whether somebody sees a part of the application, which permission opens it, and who else sees it. */
export function explainAreaText(explanation: AreaExplanation, width: number, paint: Paint): string {
  const { matches } = explanation;
  const blocks = matches.slice(0, most).map((match) => matchLines(match, explanation, width, paint).join('\n'));
  const more = matches.length - most;
  return `${[...blocks, ...(more > 0 ? [`and ${more} more whose name contains it`] : [])].join('\n\n')}\n`;
}

function matchLines(
  match: AreaMatch,
  { holder, app }: AreaExplanation,
  width: number,
  paint: Paint,
): readonly string[] {
  const { kind, name, open, needs, openTo } = match;
  const [yes, no] = kind === 'area' ? ['sees', 'does not see'] : ['can', 'cannot'];
  const verb = open ? paint('add', yes) : paint('remove', no);
  const apps = enumeration((holder.apps ?? []).map(({ title }) => terminalText(title)));
  const only = open && match.narrowed ? `, for ${apps} only` : '';
  const forApp = app === null ? only : ` for ${terminalText(app.title)}`;
  const columns = Math.max(...needs.map((access) => displayWidth(accessTitle(access))));
  const keys = needs.map((access) => {
    const mark = access.held ? paint('add', 'has it  ') : paint('remove', 'lacks it');
    return `${padEndTo(accessTitle(access), columns)}  ${mark}  ${paint('faint', terminalText(access.reference))}`;
  });
  const titles = openTo.map(({ title }) => terminalText(title));
  const roles = titles.length === 0 ? ['no role'] : wrappedList(titles, width - 16);
  return [
    `${paint('strong', terminalText(holder.title))} ${verb} ${terminalText(name)}${forApp}.`,
    ...labelled([
      [needs.length === 1 ? 'it takes' : 'it takes all of', keys],
      [kind === 'area' ? 'who sees it' : 'who can', roles],
    ]).map((line) => `  ${line}`),
  ];
}
