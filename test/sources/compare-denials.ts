import type { Problems } from './compare-facts.ts';
import { differences, titleReader } from './compare-facts.ts';
import type { DocumentedPermission, FlexFacts } from './facts.ts';
import type { Application, Denial, Permission } from './matrix.ts';

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Whether one of `a|b` stands in the text, from the beginning of a word, in either case. */
const hasWord = (text: string, part: string): boolean =>
  part.split('|').some((word) => new RegExp(`(?<![a-z0-9])${escapeForPattern(word.trim())}`, 'i').test(text));

/** Whether a sentence says what the fact `a|b + c` stands for. */
export const says = (sentence: string, fact: string): boolean =>
  fact.split(' + ').every((part) => hasWord(sentence, part));

/** Whether a sentence is about the subject of the fact: its part before the first `+`. */
const isAbout = (sentence: string, fact: string): boolean => hasWord(sentence, fact.split(' + ')[0] ?? fact);

const compareDenial = (fact: DocumentedPermission, denial: Denial): Problems => {
  const withheld = [...denial.hidden, ...denial.refused];
  const sentences = [...withheld, ...denial.remains];
  const losses = [...fact.hiddenAreas, ...fact.refusedActions];
  const unsaid = losses.filter((loss) => !sentences.some((sentence) => says(sentence, loss)));
  const unsaidExceptions = fact.remains.filter((kept) => !denial.remains.some((sentence) => says(sentence, kept)));
  const known = [...losses, ...fact.alsoMentioned];
  const additions = withheld.filter((sentence) => !known.some((loss) => isAbout(sentence, loss)));
  const addedExceptions = denial.remains.filter((sentence) => !fact.remains.some((kept) => isAbout(sentence, kept)));
  const tooFew = withheld.length < fact.counts.statements;
  return [
    ...unsaid.map((loss) => `${fact.title}: missing ${loss}`),
    ...unsaidExceptions.map((kept) => `${fact.title}: missing exception ${kept}`),
    ...additions.map((sentence) => `${fact.title}: extra ${sentence}`),
    ...addedExceptions.map((sentence) => `${fact.title}: extra exception ${sentence}`),
    ...(tooFew
      ? [`${fact.title}: withholds ${withheld.length} things, the source at least ${fact.counts.statements}`]
      : []),
  ];
};

const isEmpty = (denial: Denial | null): boolean =>
  denial === null || denial.hidden.length + denial.refused.length + denial.remains.length === 0;

const compareUndocumented = (title: string, permission: Permission): Problems => [
  ...(permission.documented === false ? [] : [`${title}: the source does not describe it yet, the output does`]),
  ...(isEmpty(permission.whenDenied) ? [] : [`${title}: extra denial effects`]),
];

/** What one permission of Flex withholds when it is denied. */
export const comparePermission = (fact: DocumentedPermission, permission: Permission): Problems => {
  const levels = differences(
    `${fact.title}, levels`,
    [],
    permission.levels.map(({ title }) => title),
  );
  if (!fact.documented) return [...levels, ...compareUndocumented(fact.title, permission)];
  if (permission.documented !== true || !permission.whenDenied)
    return [...levels, `${fact.title}: missing description`];
  return [...levels, ...compareDenial(fact, permission.whenDenied)];
};

/** The denial effects of all permissions of a section. */
export const compareSection = (facts: FlexFacts, title: string, application: Application): Problems => {
  const read = titleReader(facts.titleAlternatives);
  const expected = facts.sections.find((section) => section.title === title)?.permissions ?? [];
  const section = application.sections.find((candidate) => read(candidate.title) === title);
  if (!section) return [`${title}: missing, the whole section`];
  return expected.flatMap((fact) => {
    const permission = section.permissions.find((candidate) => read(candidate.title) === fact.title);
    return permission ? comparePermission(fact, permission) : [`${title}: missing ${fact.title}`];
  });
};
