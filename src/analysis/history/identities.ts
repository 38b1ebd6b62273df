import type { Change, Comparison, FullName, Renames } from './change.ts';
import type { Holdings } from './holdings.ts';

/** One role or permission through all its names. */
export interface Identity {
  /** What it is called at the head; null: it is not there any more. */
  readonly now: FullName | null;
  /** Every name that it had, the newest first. */
  readonly names: readonly FullName[];
}

/** Who is who, while one walks back from the head. */
export interface Identities {
  readonly subjects: Pick<Names, 'all'>;
  readonly permissions: Pick<Names, 'all'>;
  /**
   * Goes back behind a comparison. Gives whom its changes concern.
   */
  readonly before: (
    comparison: Comparison,
  ) => (change: Change) => { readonly subject: Identity; readonly permission: Identity | null };
}

/** Begins with the names of the head. */
export function identitiesAt(head: Holdings): Identities {
  const inFull = (list: (application: Holdings['applications'][number]) => readonly { readonly name: string }[]) =>
    head.applications.flatMap((application) => list(application).map(({ name }) => `${application.name}/${name}`));
  const subjects = namesFrom(inFull((application) => application.subjects));
  const permissions = namesFrom(inFull((application) => application.permissions));
  return {
    subjects,
    permissions,
    before: (comparison) => {
      const subjectOf = subjects.before(comparison.subjects);
      const permissionOf = permissions.before(comparison.permissions);
      return (change) => ({
        subject: subjectOf(`${change.application}/${change.name}`),
        permission: change.what === 'permission' ? permissionOf(`${change.application}/${change.permission}`) : null,
      });
    },
  };
}

interface Names {
  readonly all: () => readonly Identity[];
  /** Goes back behind renames, and gives who has a name after them, or had it before and has none after. */
  readonly before: (renames: Renames) => (name: FullName) => Identity;
}

function namesFrom(names: readonly FullName[]): Names {
  const all: { now: FullName | null; names: FullName[] }[] = names.map((name) => ({ now: name, names: [name] }));
  let current = new Map(all.map((identity) => [identity.names[0] ?? '', identity]));
  return {
    all: () => all,
    before: (renames) => {
      const after = current;
      const gone = new Map<FullName, Identity>();
      current = new Map();
      for (const [old, now] of renames) {
        const known = now === null ? undefined : after.get(now);
        const identity = known ?? { now: null, names: [old] };
        if (known === undefined) {
          all.push(identity);
          gone.set(old, identity);
        } else if (!known.names.includes(old)) known.names.push(old);
        current.set(old, identity);
      }
      return (name) => after.get(name) ?? gone.get(name) ?? { now: null, names: [name] };
    },
  };
}
