import type { Purpose } from './definitions.ts';

/** What environments can be for. */
export const purposes = ['development', 'staging', 'production'] as const satisfies readonly Purpose[];

/** The purposes of the environments in which a role may be: those that its `onlyIn` lists, or all. */
export function purposesOf({ onlyIn }: { readonly onlyIn: readonly Purpose[] | null }): readonly Purpose[] {
  return onlyIn ?? purposes;
}
