import type { SubjectDifference } from '../../model/difference.ts';
import { counted } from '../tally.ts';
import { plural } from './concerned.ts';
import type { Entry } from './entries.ts';
import { subjectCounts } from './phrases.ts';
import type { Clause } from './sentence.ts';

type Of<K extends Entry['kind']> = Extract<Entry, { readonly kind: K }>;

/** "5 roles gain 9 permissions (2 sensitive)", "2 custom roles come to reach more", … */
export function moreCounts(entries: readonly Entry[]): readonly Clause[] {
  return [
    ...accessCounts(entries, ['gains', 'gain']),
    ...subjectClauses(concerned(of(entries, 'reach')), ['comes to reach more', 'come to reach more']),
    ...subjectClauses(subjectsOf(of(entries, 'new')), ['is new', 'are new']),
    ...peopleCounts(entries, [
      'is given an assignment or keeps it longer',
      'are given assignments or keep them longer',
    ]),
    ...otherCounts(entries),
  ];
}

/** The same of what is taken away. */
export function lessCounts(entries: readonly Entry[]): readonly Clause[] {
  return [
    ...accessCounts(entries, ['loses', 'lose']),
    ...subjectClauses(concerned(of(entries, 'reach')), ['reaches less', 'reach less']),
    ...subjectClauses(subjectsOf(of(entries, 'removed')), ['is removed', 'are removed']),
    ...peopleCounts(entries, ['loses an assignment or keeps it less long', 'lose assignments or keep them less long']),
    ...otherCounts(entries),
  ];
}

function accessCounts(entries: readonly Entry[], [one, many]: readonly [string, string]): readonly Clause[] {
  const access = of(entries, 'access');
  if (access.length === 0) return [];
  const subjects = concerned(access);
  const changes = new Map(
    access.flatMap(({ application, part, changes: all }) =>
      all.map(({ permission, base, head, sensitive }) => {
        const top = part === 'more' ? head : base;
        return [`${application}/${permission}:${top?.level}`, part === 'more' && sensitive] as const;
      }),
    ),
  );
  const sensitive = [...changes.values()].filter((isSensitive) => isSensitive).length;
  const note = sensitive === 0 ? '' : ` (${sensitive} sensitive)`;
  const predicate = `${plural(subjects, one, many)} ${counted(changes.size, 'permission')}${note}`;
  return [{ subject: subjectCounts(subjects), predicate }];
}

function subjectClauses(
  subjects: readonly SubjectDifference[],
  [one, many]: readonly [string, string],
): readonly Clause[] {
  if (subjects.length === 0) return [];
  return [{ subject: subjectCounts(subjects), predicate: plural(subjects, one, many) }];
}

function peopleCounts(entries: readonly Entry[], [one, many]: readonly [string, string]): readonly Clause[] {
  const people = of(entries, 'people').flatMap((entry) => entry.people);
  if (people.length === 0) return [];
  return [{ subject: counted(people.length, 'person', 'people'), predicate: plural(people, one, many) }];
}

function otherCounts(entries: readonly Entry[]): readonly Clause[] {
  const provisioning = of(entries, 'provisioning');
  const purposes = subjectsOf(of(entries, 'purposes'));
  return [
    ...(provisioning.length === 0 ? [] : [{ subject: 'new people', predicate: 'get another role' }]),
    ...subjectClauses(purposes, ['is for other environments', 'are for other environments']),
  ];
}

function of<K extends Entry['kind']>(entries: readonly Entry[], kind: K): readonly Of<K>[] {
  return entries.filter((entry): entry is Of<K> => entry.kind === kind);
}

function concerned(
  entries: readonly { readonly main: readonly SubjectDifference[]; readonly heirs: readonly SubjectDifference[] }[],
): readonly SubjectDifference[] {
  return [...new Set(entries.flatMap(({ main, heirs }) => [...main, ...heirs]))];
}

function subjectsOf(entries: readonly { readonly subject: SubjectDifference }[]): readonly SubjectDifference[] {
  return [...new Set(entries.map(({ subject }) => subject))];
}
