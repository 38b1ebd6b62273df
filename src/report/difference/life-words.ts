import type { PermissionDifference, PersonDifference, SubjectDifference } from '../../model/difference.ts';
import { enumeration } from '../enumeration.ts';
import type { Lettering } from '../lettering.ts';
import { counted } from '../tally.ts';
import { lossDetails } from './effects.ts';
import type { Entry, PeopleEntry } from './entries.ts';
import { placeText } from './lines.ts';
import { capitalised, subjectText, thingsText, wholeSubjectText } from './phrases.ts';
import type { Detail, Told } from './told.ts';
import { marks, someOf } from './told.ts';

/** A role, custom role or assignment that is new, with what it gives, or removed, with what that takes away. */
export function lifeTold(action: 'new' | 'removed', subject: SubjectDifference, letters: Lettering): Told {
  const { permissions, reach, people, holders, declaredAt } = subject;
  const isNew = action === 'new';
  const things = (isNew ? reach?.head : reach?.base) ?? [];
  const losses = permissions.flatMap((item) => item.losses.map((loss) => ({ ...loss, remains: [] })));
  const headline = `${capitalised(wholeSubjectText(subject, letters.strong))} is ${action}${howMuch(permissions)}`;
  return {
    sign: isNew ? '+' : '-',
    headline: `${headline}${isNew ? marks(riskOf(subject), letters) : ''}`,
    parts: [],
    details: [
      ...heldDetails(permissions, isNew ? 'may' : 'takes away', letters),
      ...detail('for', thingsText(things, letters.text)),
      ...(isNew ? [] : lossDetails(losses, '', letters)),
      ...detail(isNew ? 'given to' : 'taken from', someOf(people.map(({ account }) => letters.text(account)))),
      ...(people.length === 0 ? detail('people', holdersText(holders)) : []),
      ...detail('declared at', placeText(declaredAt, letters)),
    ],
  };
}

/** Who is given an assignment, or loses it, or until when. */
export function peopleTold({ subject, change, people }: PeopleEntry, letters: Lettering): Told {
  const isMore = change === 'added' || change === 'extended';
  const [one] = people;
  const risk = isMore ? marks(riskOf(subject), letters) : '';
  const what = subjectText(subject, letters.strong);
  const place = people.slice(0, 1).map(({ place: first }) => ({ label: 'line', value: placeText(first, letters) }));
  if (one !== undefined && people.length === 1) {
    const headline = `${letters.strong(one.account)} ${verbs[change][0]} ${what}${until(one, letters)}${risk}`;
    return { sign: isMore ? '+' : '-', headline, parts: [], details: place };
  }
  return {
    sign: isMore ? '+' : '-',
    headline: `${counted(people.length, 'person', 'people')} ${verbs[change][1]} ${what}${risk}`,
    parts: [],
    details: [
      { label: 'who', value: someOf(people.map((person) => letters.text(person.account) + until(person, letters))) },
      ...place,
    ],
  };
}

const verbs = {
  added: ['is given', 'are given'],
  removed: ['loses', 'lose'],
  extended: ['keeps', 'keep'],
  shortened: ['keeps', 'keep'],
} as const satisfies Record<PersonDifference['change'], readonly [one: string, many: string]>;

/** A role that comes to be in other environments. */
export function purposesTold(subject: SubjectDifference, letters: Lettering): Told {
  const { base = null, head = null } = subject.onlyIn ?? {};
  const purposes = (all: readonly string[] | null) =>
    all === null ? 'every environment' : `${enumeration(all.map(letters.text))} only`;
  return {
    sign: '~',
    headline: `${capitalised(subjectText(subject, letters.strong))} is for ${purposes(head)} (before: ${purposes(base)})`,
    parts: [],
    details: [{ label: 'declared at', value: placeText(subject.declaredAt, letters) }],
  };
}

/** What people get who sign in for the first time. */
export function provisioningTold(entry: Extract<Entry, { readonly kind: 'provisioning' }>, letters: Lettering): Told {
  const { change, titles } = entry;
  const { application, rule, connection, base, head, direction, place } = change;
  const name = (role: string | null) =>
    role === null ? 'no role' : letters.strong(titles.get(`${application}/${role}`) ?? role);
  const who = rule === 'default' ? 'New people' : `New people of ${letters.strong(rule)}`;
  const over = connection === null ? '' : ` over ${letters.text(connection)}`;
  return {
    sign: direction === 'widening' ? '+' : direction === 'narrowing' ? '-' : '~',
    headline: `${who}${over} get ${name(head)} at their first sign-in (before: ${name(base)})`,
    parts: [],
    details: [{ label: 'line', value: placeText(place, letters) }],
  };
}

/** ", with 3 permissions". */
export function howMuch(permissions: readonly PermissionDifference[]): string {
  return permissions.length === 0 ? ', without any permission' : `, with ${counted(permissions.length, 'permission')}`;
}

/** What is held, in few words: what is sensitive first, then level by level. */
function heldDetails(
  permissions: readonly PermissionDifference[],
  label: string,
  letters: Lettering,
): readonly Detail[] {
  const groups = Map.groupBy(permissions, ({ sensitive, reserved }) =>
    [sensitive ? 'sensitive' : '', reserved ? 'reserved' : ''].filter((mark) => mark !== '').join(' and '),
  );
  return [...groups]
    .toSorted(([a], [b]) => b.length - a.length)
    .map(([mark, all]) => ({ label: mark === '' ? label : `${label} (${mark})`, value: heldList(all, letters) }));
}

function heldList(permissions: readonly PermissionDifference[], letters: Lettering): string {
  const groups = Map.groupBy(permissions, ({ base, head }) => {
    const held = head ?? base;
    return held?.title ?? held?.level ?? '';
  });
  return [...groups]
    .map(([level, all]) => {
      const titles = someOf(all.map(({ title }) => letters.text(title)));
      return level === '' ? titles : `${letters.text(level)} on ${titles}`;
    })
    .join('; ');
}

function holdersText(holders: number | null): string {
  if (holders === null) return '';
  return holders === 0 ? 'nobody is assigned' : `${holders} assigned`;
}

function riskOf({ reasons }: SubjectDifference): { readonly sensitive: boolean; readonly reserved: boolean } {
  return { sensitive: reasons.includes('sensitive'), reserved: reasons.includes('reserved') };
}

function until({ base, head, change }: PersonDifference, letters: Lettering): string {
  const day = (date: string | null) => (date === null ? 'without an end' : `until ${letters.text(date)}`);
  if (change === 'removed') return '';
  return change === 'added' ? ` ${day(head)}` : ` ${day(head)} (before: ${day(base)})`;
}

function detail(label: string, value: string): readonly Detail[] {
  return value === '' ? [] : [{ label, value }];
}
