import type { Place } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';

/** Advice that does not apply to a document, by the document's own word. */
export interface Silence {
  /** As written; perhaps no lint has this name. */
  readonly lint: string;
  /** The token of the name. */
  readonly place: Place;
  /** From the document's first token to its last. */
  readonly document: Place;
}

/** The silences of all documents, in the order in which they stand. */
export function silencesIn(documents: readonly TypedDocument[]): readonly Silence[] {
  return documents.flatMap(({ document, value }) =>
    (value.metadata.silences ?? []).map(({ lint }, index) => ({
      lint,
      place: document.locate(['metadata', 'silences', index, 'lint']),
      document: document.locate([]),
    })),
  );
}

/** The first silence of a lint in the document in which a place stands. */
export function silenceAt(lint: string, place: Place | null, silences: readonly Silence[]): Silence | null {
  if (place === null) return null;
  const covers = ({ document }: Silence) =>
    document.file === place.file && document.line <= place.line && place.line <= document.endLine;
  return silences.find((silence) => silence.lint === lint && covers(silence)) ?? null;
}
