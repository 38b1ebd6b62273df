import type { MissingExplanation, MissingPermission } from '../analysis/explain/explanation.ts';
import { enumeration } from './enumeration.ts';
import { denied, deniedInShort, notDocumented } from './explain-losses.ts';
import type { Paint } from './paint.ts';
import { counted } from './tally.ts';
import { terminalText } from './terminal-text.ts';

/** Everything that somebody has not, by section, with what is lost in short: to find what a caller speaks of. */
export function explainMissingText(explanation: MissingExplanation, width: number, paint: Paint): string {
  const { holder, app, permissions, inFull, sections } = explanation;
  const missing = sections.flatMap((section) => section.permissions);
  const partly = missing.filter(({ heldLevel }) => heldLevel !== null).length;
  const name = paint('strong', terminalText(holder.title));
  const forApp = app === null ? '' : ` for ${terminalText(app.title)}`;
  const isUndocumented = missing.length > 0 && missing.every(({ losses }) => denied(losses) === null);
  const has = `${name} has ${inFull} of ${counted(permissions, 'permission')}${forApp}`;
  const heading =
    missing.length === 0
      ? `${name} has all ${counted(permissions, 'permission')} of ${terminalText(holder.application)}${forApp}.`
      : `${partly === 0 ? has : `${has} in full and ${partly} in part`}.`;
  const apps = enumeration((holder.apps ?? []).map(({ title }) => terminalText(title)));
  const notes = [
    holder.assignable ? null : 'It is a building block: roles inherit it, nobody holds it by itself.',
    holder.apps === null || app !== null ? null : `What apps narrow, it has for ${apps} only.`,
    missing.length === 0 ? null : `What a person misses${isUndocumented ? ' (its effects are not documented)' : ''}:`,
  ].filter((note) => note !== null);
  const blocks = sections.map((section) =>
    [
      paint('strong', terminalText(section.title)),
      ...section.permissions.flatMap((permission) => permissionLines(permission, isUndocumented, width, paint)),
    ].join('\n'),
  );
  return `${[[heading, ...notes].join('\n'), ...blocks].join('\n\n')}\n`;
}

function permissionLines(
  { title, heldLevel, losses }: MissingPermission,
  isUndocumented: boolean,
  width: number,
  paint: Paint,
): readonly string[] {
  const levels = losses.flatMap(({ level }) => (level === null ? [] : [terminalText(level.title)]));
  const which = levels.length === 0 ? '' : `: ${levels.join(', ')}`;
  const has = heldLevel === null ? '' : paint('faint', ` (has ${terminalText(heldLevel.title)})`);
  const head = `  ${terminalText(title)}${which}${has}`;
  if (isUndocumented) return [head];
  const effects = denied(losses);
  if (effects === null) return [head, `    ${paint('faint', notDocumented(losses))}`];
  return [head, ...deniedInShort(effects, width - 20).map((line) => `    ${line}`)];
}
