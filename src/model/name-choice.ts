/** Which things of a tenant are meant, by whole names in which `*` stands for anything. */
export interface NameChoice {
  /** These alone; all where there is none. */
  readonly include: readonly string[];
  /** Not these, whatever includes them. */
  readonly exclude: readonly string[];
}

/** Whether something of this name is meant. */
export function isChosen(name: string, { include, exclude }: NameChoice): boolean {
  const fits = (pattern: string) => matches(pattern, name);
  return (include.length === 0 || include.some(fits)) && !exclude.some(fits);
}

/** Whether a pattern stands for a name: all of it, capitals told apart. */
export function matches(pattern: string, name: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 'su').test(name);
}
