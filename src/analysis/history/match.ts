/** One thing before and after, or at one of the two alone. */
export interface Match<T> {
  readonly before: T | null;
  readonly after: T | null;
}

interface Nameable {
  readonly name: string;
  /** Oldest first. */
  readonly formerly: readonly string[];
}

/**
 * Finds each thing again: by its name, else by the newest of its former names that is there and that no name has claimed.
 * Those that are there after come first, in their order.
 */
export function matched<T extends Nameable>(before: readonly T[], after: readonly T[]): readonly Match<T>[] {
  const left = new Map(before.map((item) => [item.name, item]));
  const found = new Map<T, T>();
  const claim = (item: T, name: string) => {
    const earlier = found.has(item) ? undefined : left.get(name);
    if (earlier === undefined) return;
    left.delete(name);
    found.set(item, earlier);
  };
  for (const item of after) claim(item, item.name);
  for (const item of after) for (const old of item.formerly.toReversed()) claim(item, old);
  return [
    ...after.map((item): Match<T> => ({ before: found.get(item) ?? null, after: item })),
    ...[...left.values()].map((item): Match<T> => ({ before: item, after: null })),
  ];
}

/** What names of before are called after; null: nothing is. */
export function namesAfter(matches: readonly Match<Nameable>[]): ReadonlyMap<string, string | null> {
  return new Map(matches.flatMap(({ before, after }) => (before === null ? [] : [[before.name, after?.name ?? null]])));
}
