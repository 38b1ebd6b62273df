/** A page with the transcript of a crash in it. */
export interface PageParts {
  readonly seed: string;
  readonly transcript: string;
  /** The page with another transcript in that place. */
  readonly withTranscript: (text: string) => string;
}

const marked = /(<!-- crash-transcript: seed (\d+) -->\n```console\n)(.*?)(```\n<!-- end -->)/su;

/**
 * Takes a page apart at its markers.
 *
 * @throws if it has none
 */
export function pageParts(page: string): PageParts {
  const [, , seed, transcript] = marked.exec(page) ?? [];
  if (seed === undefined || transcript === undefined) throw new Error('the page has no place for a transcript');
  return {
    seed,
    transcript,
    withTranscript: (text) =>
      page.replace(marked, (_, before: string, __, ___, after: string) => before + text + after),
  };
}
