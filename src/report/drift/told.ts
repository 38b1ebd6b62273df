import type { CatalogDeviation, Danger, Deviation, RoleDeviation } from '../../model/drift.ts';
import { accessText } from '../access-text.ts';
import type { Paint } from '../paint.ts';
import { signed } from '../role-change-text.ts';
import { counted } from '../tally.ts';
import { terminalText } from '../terminal-text.ts';
import { roleLines } from './role-lines.ts';
import type { Words } from './words.ts';
import { adoptCommand, below, dangerWords, holderWords, settingsParts, signOf, titleThere } from './words.ts';

/** Deviations that are told once: roles that differ in the very same way. */
export function alike(deviations: readonly Deviation[]): readonly (readonly Deviation[])[] {
  const key = (one: Deviation, index: number) => {
    if (one.subject !== 'role' || one.situation !== 'differs' || one.retitled !== null) return String(index);
    const { more, less, elsewhere, dangers, redescribed } = one;
    return JSON.stringify([more, less, elsewhere, dangers, redescribed !== null]);
  };
  const keyed = deviations.map((one, index) => [key(one, index), one] as const);
  return [...Map.groupBy(keyed, ([text]) => text).values()].map((group) => group.map(([, one]) => one));
}

/** What is to be said of deviations that are told once. */
export function told(group: readonly Deviation[], words: Words): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const roles = group.filter((one) => one.subject === 'role');
  return [
    ...head(first, roles, words),
    ...below([...dangerLines(first.dangers, words.paint), ...ownRepair(roles, words)]),
  ];
}

function head(first: Deviation, roles: readonly RoleDeviation[], words: Words): readonly string[] {
  const { paint } = words;
  switch (first.subject) {
    case 'api': {
      if (first.situation === 'missing')
        return [signed('-', `The API ${terminalText(first.audience)} is missing`, paint)];
      const [only, ...others] = settingsParts(first);
      if (only === undefined) return [];
      if (others.length === 0) return [signed(only.sign, `The API: ${only.text}`, paint)];
      const lines = [only, ...others].map(({ sign, text }) => signed(sign, text, paint));
      return [signed(signOf(first), 'The API', paint), ...below(lines)];
    }
    case 'catalog':
      return catalogLines(first, words);
    case 'holder':
      return [
        signed(
          '-',
          holderWords(first, (text) => paint('strong', text)),
          paint,
        ),
      ];
    case 'role':
      return roleLines(first, roles, words);
  }
}

function catalogLines(
  { application, more, less, redescribed }: CatalogDeviation,
  { paint, distinct }: Words,
): readonly string[] {
  return [
    ...distinct(application, less).map((item) => signed('-', `The catalog lacks ${accessText(item)}`, paint)),
    ...distinct(application, more).map((item) => signed('~', `The catalog also offers ${accessText(item)}`, paint)),
    ...(redescribed.length === 0
      ? []
      : [signed('~', `The catalog describes ${counted(redescribed.length, 'scope')} in other words`, paint)]),
  ];
}

function dangerLines(dangers: readonly Danger[], paint: Paint): readonly string[] {
  return dangers.map(({ harm, reason }) => {
    const word = harm === 'escalation' ? 'DANGEROUS' : 'OUTAGE';
    return `${paint('error', word)}: ${dangerWords[reason]}`;
  });
}

/** What repairs roles besides `up`, or instead of it. */
function ownRepair([role, ...others]: readonly RoleDeviation[], { stack }: Words): readonly string[] {
  if (role === undefined) return [];
  if (role.situation === 'twin') return ['give one of the two another title at the tenant, or delete it'];
  const removal = role.situation === 'undeclared' ? ['if it should not be: delete it at the tenant'] : [];
  if (!role.repairs.includes('adopt')) return removal;
  const title = titleThere(role);
  const rest = others.length === 0 ? '' : ', and the others likewise';
  const command = terminalText(title) === title ? `${adoptCommand(stack, title)}${rest}` : untypable;
  return [`if the tenant is right: ${command}`, ...removal];
}

const untypable = 'give it a title there that can be typed, then `rolewright adopt` it';
