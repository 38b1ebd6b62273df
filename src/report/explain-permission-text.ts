import type { LevelAnswer, PermissionExplanation, Titled } from '../analysis/explain/explanation.ts';
import { enumeration } from './enumeration.ts';
import { alternativeLines } from './explain-alternatives.ts';
import { chainLines } from './explain-chains.ts';
import { denied, deniedLines, notDocumented } from './explain-losses.ts';
import { accessTitle, phraseOf, said, shortPhraseOf } from './explain-phrase.ts';
import type { Paint } from './paint.ts';
import { terminalText } from './terminal-text.ts';

/** Why somebody may do something or not, as one person would tell another; a block for each level asked about. */
export function explainPermissionText(explanation: PermissionExplanation, width: number, paint: Paint): string {
  return `${explanation.answers.map((answer) => answerText(explanation, answer, width, paint)).join('\n\n')}\n`;
}

function answerText(explanation: PermissionExplanation, answer: LevelAnswer, width: number, paint: Paint): string {
  const { holder, app } = explanation;
  const blocks =
    answer.verdict === 'held'
      ? [reasons(explanation, answer, paint), losses(explanation, answer, paint), needed(answer)]
      : [
          losses(explanation, answer, paint),
          needed(answer),
          alternativeLines(answer, holder, app, width, paint),
          reasons(explanation, answer, paint),
        ];
  return [[...headline(explanation, answer, paint)], ...blocks]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headline(explanation: PermissionExplanation, answer: LevelAnswer, paint: Paint): readonly string[] {
  const { holder, permission, app } = explanation;
  const isHeld = answer.verdict === 'held';
  const phrase = phraseOf(permission.title, answer.level);
  const marks = [
    ...(answer.level === null ? [terminalText(permission.section.title)] : []),
    ...(answer.sensitive ? [paint('error', 'sensitive')] : []),
  ];
  const mark = marks.length === 0 ? '' : ` (${marks.join(', ')})`;
  const main = `${paint('strong', terminalText(holder.title))} ${said(phrase, isHeld, paint)}${mark}`;
  const further = isHeld ? andMore(explanation, answer, paint) : butLess(explanation, answer, paint);
  return [
    `${main}${reach(explanation, answer)}${further}.`,
    ...(holder.assignable ? [] : ['It is a building block: roles inherit it, nobody holds it by itself.']),
    ...(isHeld && app === null ? sellers(explanation, answer) : []),
  ];
}

/** How far the yes or the no goes: for the app asked about, for some apps only, or for the whole application. */
function reach({ holder, app }: PermissionExplanation, { verdict, narrowed }: LevelAnswer): string {
  const only = listed(holder.apps ?? []);
  if (app !== null) {
    return ` for ${terminalText(app.title)}${verdict === 'not-for-app' ? `, only for ${only}` : ''}`;
  }
  if (verdict !== 'held' || holder.apps === null) return '';
  return narrowed ? `, for ${only} only` : ', for the whole application';
}

/** ", and can edit it as well". */
function andMore({ permission }: PermissionExplanation, answer: LevelAnswer, paint: Paint): string {
  const { level, heldLevel } = answer;
  if (level === null || heldLevel === null || level.name === heldLevel.name) return '';
  return `, and ${said(shortPhraseOf(permission.title, heldLevel), true, paint)} as well`;
}

/** ", but can view it", or ", and cannot view it either". */
function butLess({ holder, permission, app }: PermissionExplanation, answer: LevelAnswer, paint: Paint): string {
  const { verdict, level, heldLevel, narrowed, losses: missing } = answer;
  if (verdict === 'not-for-app') return '';
  if (heldLevel !== null) {
    const but = `, but ${said(shortPhraseOf(permission.title, heldLevel), true, paint)}`;
    const isThere = app !== null && holder.apps?.some(({ name }) => name === app.name) === true;
    return narrowed && !isThere ? `${but} for ${listed(holder.apps ?? [])} only` : but;
  }
  const lowest = missing[0]?.level ?? null;
  if (lowest === null || lowest.name === level?.name) return '';
  return `, and ${said(shortPhraseOf(permission.title, lowest), false, paint)} either`;
}

/** Whether it goes for the vendors and resellers of the holder's apps too. */
function sellers({ holder }: PermissionExplanation, { narrowed, forVendors }: LevelAnswer): readonly string[] {
  const { vendors, resellers } = holder;
  if (!narrowed || vendors.length + resellers.length === 0) return [];
  const whose = holder.apps?.length === 1 ? 'its' : 'their';
  if (!forVendors) return [`This does not include ${whose} vendors and resellers.`];
  const of = (items: readonly Titled[], word: string) =>
    items.length === 0 ? [] : [`${whose} ${items.length === 1 ? word : `${word}s`} ${listed(items)}`];
  return [`This includes ${[...of(vendors, 'vendor'), ...of(resellers, 'reseller')].join(', and ')}.`];
}

function reasons(
  { holder, permission, app }: PermissionExplanation,
  answer: LevelAnswer,
  paint: Paint,
): readonly string[] {
  const { verdict, chains, heldLevel, narrowed } = answer;
  if (chains.length === 0) return [];
  const phrase =
    heldLevel === null ? `${paint('add', 'has')} it` : said(shortPhraseOf(permission.title, heldLevel), true, paint);
  const isElsewhere = app !== null && narrowed && holder.apps?.some(({ name }) => name === app.name) === false;
  const what = verdict === 'held' ? '' : ` it ${phrase}${isElsewhere ? ` for ${listed(holder.apps ?? [])}` : ''}`;
  const ways = chains.length === 1 ? '' : `, in ${chains.length} ways, each of which is enough`;
  return [`${paint('strong', 'Why')}${what}${ways}`, ...indented(chainLines(chains, paint))];
}

function losses({ holder, app }: PermissionExplanation, answer: LevelAnswer, paint: Paint): readonly string[] {
  const isHeld = answer.verdict === 'held';
  const effects = denied(answer.losses);
  if (effects === null) return [`What a person loses without it is ${notDocumented(answer.losses)}.`];
  const who = `a person with this ${holder.kind === 'assignment' ? 'assignment' : 'role'}`;
  const start = isHeld
    ? 'Without it, a person'
    : app === null
      ? who.replace('a', 'A')
      : `For ${terminalText(app.title)}, ${who}`;
  return [paint('strong', start), ...indented(deniedLines(effects, paint))];
}

/** What is of no use without what: a permission that another one requires. */
function needed(answer: LevelAnswer): readonly string[] {
  const neededBy = answer.neededBy.map((access) => `"${accessTitle(access)}"`);
  const needs = answer.needs.map((access) => `"${accessTitle(access)}"`);
  return [
    neededBy.length === 0
      ? null
      : `${enumeration(neededBy)}, which it also has, ${neededBy.length === 1 ? 'is' : 'are'} of no use without it.`,
    needs.length === 0 ? null : `It is of no use without ${enumeration(needs)}, which is missing too.`,
  ].filter((sentence) => sentence !== null);
}

function listed(items: readonly Titled[]): string {
  return enumeration(items.map(({ title }) => terminalText(title)));
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
