import type { CommitLine } from './commit-line.ts';
import type { Holdings } from './holdings.ts';

/** What is known of revisions, whoever knows it: git, or a cache. */
export interface Past {
  /** The same for two revisions only if their documents are the same. */
  readonly keyOf: (revision: string) => Promise<string>;
  /** What everybody holds, or null where the documents of that revision mean nothing. */
  readonly holdingsOf: (revision: string) => Promise<Holdings | null>;
  /** Revisions whose parents are not there, so that nobody knows what they changed. */
  readonly cutOff: ReadonlySet<string>;
}

/** What counts at a revision: its own holdings, or those of the last revision before it that means something. */
export interface Standing {
  /** The revision whose holdings count; null where there is none. */
  readonly revision: string | null;
  readonly key: string;
  readonly holdings: Holdings;
}

export const nothing: Standing = { revision: null, key: '', holdings: { applications: [] } };

/** Finds what counts at revisions. */
export interface Standings {
  readonly at: (revision: string | undefined) => Promise<Standing>;
  /** The revisions directly before one, back along first parents, that are stepped over; the newest first. */
  readonly steppedOver: (revision: string) => Promise<readonly string[]>;
  /** Every revision met that means nothing. */
  readonly met: () => ReadonlySet<string>;
}

/** What counts at the revisions of a line. */
export function standingsOf(past: Past, { byId }: CommitLine): Standings {
  const broken = new Set<string>();
  const firstParent = (revision: string) => byId.get(revision)?.parents[0];
  const holdingsOf = async (revision: string): Promise<Holdings | null> => {
    const holdings = broken.has(revision) ? null : await past.holdingsOf(revision);
    if (holdings === null) broken.add(revision);
    return holdings;
  };
  return {
    at: async (revision) => {
      for (let at = revision; at !== undefined; at = firstParent(at)) {
        const holdings = await holdingsOf(at);
        if (holdings !== null) return { revision: at, key: await past.keyOf(at), holdings };
      }
      return nothing;
    },
    steppedOver: async (revision) => {
      const over: string[] = [];
      for (let at = firstParent(revision); at !== undefined; at = firstParent(at)) {
        if ((await holdingsOf(at)) !== null) break;
        over.push(at);
      }
      return over;
    },
    met: () => broken,
  };
}
