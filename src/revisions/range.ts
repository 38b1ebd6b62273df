/** Two sides to be compared, as they were named; null: the working tree. */
export interface Range {
  readonly base: string;
  readonly head: string | null;
  /** Whether the base is where the two parted, `A...B`. */
  readonly fromWhereTheyParted: boolean;
}

/**
 * What `[BASE [HEAD]]` names: nothing is HEAD and the working tree, one revision is that and the working tree; `A..B` and
 * `A...B` as git has them, where a side that is left out is HEAD. null: two arguments, one of which is a range already.
 */
export function rangeOf(first: string | undefined, second: string | undefined): Range | null {
  const found = dotsIn(first ?? '');
  if (second !== undefined) {
    if (found !== null || dotsIn(second) !== null) return null;
    return { base: first ?? 'HEAD', head: second, fromWhereTheyParted: false };
  }
  if (first === undefined || found === null) return { base: first ?? 'HEAD', head: null, fromWhereTheyParted: false };
  const { at, dots } = found;
  return {
    base: first.slice(0, at) || 'HEAD',
    head: first.slice(at + dots) || 'HEAD',
    fromWhereTheyParted: dots === 3,
  };
}

/** Dots in braces belong to what is looked for there, `HEAD^{/a..b}`. */
function dotsIn(text: string): { readonly at: number; readonly dots: number } | null {
  const outside = text.replace(/\{[^{}]*\}/gu, (inside) => '_'.repeat(inside.length));
  const found = /\.{2,3}/u.exec(outside);
  return found === null ? null : { at: found.index, dots: found[0].length };
}
