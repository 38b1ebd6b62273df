import type { RoleDeviation } from '../../model/drift.ts';
import type { Access } from '../../model/plan.ts';
import { accessSummary, accessText, sensitivity } from '../access-text.ts';
import { enumeration } from '../enumeration.ts';
import { signed } from '../role-change-text.ts';
import { terminalText } from '../terminal-text.ts';
import type { Part, Words } from './words.ts';
import { below, isMarker, knownByWords, signOf } from './words.ts';

/** How a role differs, or several that differ in the very same way. */
export function roleLines(role: RoleDeviation, roles: readonly RoleDeviation[], words: Words): readonly string[] {
  const { paint, distinct } = words;
  const { application, title, id, situation } = role;
  const name = paint('strong', terminalText(title));
  const known = id === null ? '' : ` (${terminalText(id)})`;
  switch (situation) {
    case 'missing': {
      const lost = accessSummary(distinct(application, role.less), paint);
      const what = `Role ${name} is missing`;
      return lost.length === 0
        ? [signed('-', what, paint)]
        : [signed('-', `${what}; whoever held it lacks`, paint), ...below(lost)];
    }
    case 'undeclared':
    case 'twin': {
      const what =
        situation === 'twin'
          ? `Another role has the title ${name}${known}`
          : `Role ${name}${known} is declared by nobody`;
      const given = [...accessSummary(distinct(application, role.more), paint), ...elsewhereTexts(role, words)];
      if (given.length === 0) return [signed(signOf(role), what, paint)];
      return [signed(signOf(role), `${what}; whoever holds it may`, paint), ...below(given)];
    }
    case 'differs': {
      const names = enumeration(roles.map((one) => paint('strong', terminalText(one.title))));
      const parts = differences(role, roles.length > 1, words);
      const [only, ...others] = parts;
      if (only === undefined) return [];
      if (others.length === 0) {
        const sign = only.sign === '~' ? signOf(role) : only.sign;
        return [signed(sign, `${names} ${only.text}`, paint)];
      }
      return [signed(signOf(role), names, paint), ...below(parts.map(({ sign, text }) => signed(sign, text, paint)))];
    }
  }
}

function differences(role: RoleDeviation, many: boolean, words: Words): readonly Part[] {
  const { application, retitled, redescribed, knownBy, dangers } = role;
  const [also, lack, carry, noCarry] = many
    ? ['also have', 'lack', 'carry', 'do not carry']
    : ['also has', 'lacks', 'carries', 'does not carry'];
  const { paint, distinct } = words;
  const another = role.less.some(isMarker) ? '' : 'also ';
  // An app that comes with a restriction gives nothing more.
  const isLaidOn = dangers.some(({ reason }) => reason === 'restriction-laid-on');
  const more = (item: Access): Part => {
    if (isMarker(item)) return { sign: '~', text: `${another}${carry} ${accessText(item)}` };
    const sign = isLaidOn && item.kind !== 'permission' ? '~' : '+';
    return { sign, text: `${also} ${accessText(item)}${sensitivity(item, paint)}` };
  };
  const less = (item: Access): Part =>
    isMarker(item)
      ? { sign: '~', text: `${noCarry} ${accessText(item)}` }
      : { sign: '-', text: `${lack} ${accessText(item)}${sensitivity(item, paint)}` };
  const title = retitled && `has the title "${terminalText(retitled.observed)}" there${knownByWords(knownBy)}`;
  return [
    // The gravest first, as in a plan: what is sensitive, then what is more, then what is less.
    ...distinct(application, role.more)
      .toSorted((a, b) => Number(b.sensitive) - Number(a.sensitive))
      .map(more),
    ...elsewhereTexts(role, words).map((text): Part => ({ sign: '+', text: `${also} ${text}` })),
    ...distinct(application, role.less).map(less),
    ...(title === null ? [] : [{ sign: '~' as const, text: title }]),
    ...(redescribed === null ? [] : [{ sign: '~' as const, text: `${many ? 'have' : 'has'} another description` }]),
  ];
}

function elsewhereTexts({ elsewhere }: RoleDeviation, { paint, titles, distinct }: Words): readonly string[] {
  return elsewhere.flatMap(({ audience, application, access }) => {
    const of = terminalText(application === null ? audience : (titles.get(application) ?? application));
    const named = application === null ? access : distinct(application, access);
    return named.map((item) => {
      const what = item.kind === 'unknown' ? `scope ${item.scopes.map(terminalText).join(', ')}` : accessText(item);
      return `${what} of ${of}${sensitivity(item, paint)}`;
    });
  });
}
