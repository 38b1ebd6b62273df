import type { Reachable } from '../../model/difference.ts';
import type { Subject } from './subjects.ts';

/** A thing that a subject reaches, as its side has it. */
export interface Reached extends Reachable {
  readonly kind: 'app' | 'vendor' | 'reseller';
  /** Kind and what the name is at the head. */
  readonly key: string;
}

/** By key. */
export type ReachedThings = ReadonlyMap<string, Reached>;

/** All that a subject is narrowed to; null: it is not narrowed. A subject that is not there reaches nothing. */
export function reachedBy(subject: Subject | null): ReachedThings | null {
  if (subject === null) return new Map();
  const { reach, side } = subject;
  if (reach === null) return null;
  const { apps, vendors } = side.application.definition;
  const titleIn = (known: typeof apps | typeof vendors, name: string) =>
    known.find((item) => item.name === name)?.title ?? name;
  const things: readonly Omit<Reached, 'key'>[] = [
    ...reach.apps.map(({ name }) => ({ kind: 'app' as const, name, title: titleIn(apps, name) })),
    ...reach.vendors.map((name) => ({ kind: 'vendor' as const, name, title: titleIn(vendors, name) })),
    ...reach.resellers.map((name) => ({ kind: 'reseller' as const, name, title: name })),
  ];
  return new Map(
    things.map((thing) => {
      const { kind, name } = thing;
      const now = kind === 'app' ? side.now.app(name) : kind === 'vendor' ? side.now.vendor(name) : name;
      const key = `${kind} ${now}`;
      return [key, { ...thing, key }];
    }),
  );
}
