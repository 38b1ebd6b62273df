import type { Document } from '../parse/document.ts';
import type { Kind, Written } from '../schema/kinds.ts';

/** A document whose shape is right: its value has the type of its kind. */
export type TypedDocument<K extends Kind = Kind> = {
  readonly [P in K]: { readonly kind: P; readonly value: Written<P>; readonly document: Document };
}[K];

/** The documents of one kind, in the order of the files. */
export function documentsOf<K extends Kind>(documents: readonly TypedDocument[], kind: K): readonly TypedDocument<K>[] {
  return documents.filter(
    (document) => document.kind === kind,
  ) as readonly TypedDocument[] as readonly TypedDocument<K>[];
}
