/** One thing at both sides, or at one of them alone. Never neither. */
export interface Pair<T> {
  readonly base: T | null;
  readonly head: T | null;
}

/** Whatever has a name, and had others before. */
interface Nameable {
  readonly name: string;
  /** Oldest first. */
  readonly formerly: readonly string[];
}

/**
 * Finds each thing of the head again at the base: by its name, else by the newest of its former names that is there and
 * that no name has claimed. Only the head's `formerly` counts, because it alone makes the engine keep what is there: who
 * takes a rename back without listing the name deletes a role and makes another.
 */
export function matched<T extends Nameable>(base: readonly T[], head: readonly T[]): readonly Pair<T>[] {
  const left = new Map(base.map((item) => [item.name, item]));
  const found = new Map<T, T>();
  const claim = (item: T, name: string): void => {
    const before = left.get(name);
    if (before === undefined || found.has(item)) return;
    left.delete(name);
    found.set(item, before);
  };
  for (const item of head) claim(item, item.name);
  for (const item of head) for (const old of item.formerly.toReversed()) claim(item, old);
  const pairs: readonly Pair<T>[] = head.map((item) => ({ base: found.get(item) ?? null, head: item }));
  return [...pairs, ...[...left.values()].map((item) => ({ base: item, head: null }))];
}

/** What the base's names are called at the head, where that is something else. */
export function renamesOf<T extends Nameable>(pairs: readonly Pair<T>[]): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  for (const { base, head } of pairs) {
    if (base !== null && head !== null && base.name !== head.name) renames.set(base.name, head.name);
  }
  return renames;
}

/** What the base's names are called at the head; null: nothing is. */
export function headNames(pairs: readonly Pair<Nameable>[]): ReadonlyMap<string, string | null> {
  return new Map(pairs.flatMap(({ base, head }) => (base === null ? [] : [[base.name, head?.name ?? null]])));
}
