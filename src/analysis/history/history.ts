import type { Change } from './change.ts';

/** Who gave and took what, and when: version 1 of the published shape. */
export interface History {
  readonly schemaVersion: 1;
  /** What is asked about, in full and as it is called at the head, or was called last; null: everything. */
  readonly role: string | null;
  readonly permission: string | null;
  /** The first and the last day that are asked about, `YYYY-MM-DD` in UTC; null: from the first commit, to the last. */
  readonly since: string | null;
  readonly until: string | null;
  /** Where the history ends: a commit. */
  readonly head: RevisionFacts;
  /** Of a role and a permission: what is held of it at the head. */
  readonly holds: Holds | null;
  /** The newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Revisions whose documents have errors, and which were stepped over; the newest first. */
  readonly steppedOver: readonly RevisionFacts[];
  /** Where a shallow clone begins: what happened before, and there, is not known. */
  readonly cutOff: RevisionFacts | null;
}

/** What one commit changed. */
export interface HistoryEntry {
  readonly commit: RevisionFacts;
  /** The merge by which it came into effect; null where it did so by itself. */
  readonly merge: RevisionFacts | null;
  /** When it came into effect: `2026-05-01T10:00:00Z`. */
  readonly effective: string;
  readonly changes: readonly HistoryChange[];
  /** Revisions with errors just before the commit: one of them may have written what only this commit has made readable. */
  readonly steppedOver: readonly string[];
}

/** A change, and what its subject is called at the head; null: it is not there any more. */
export type HistoryChange = Change & { readonly now: string | null };

export interface Holds {
  readonly held: boolean;
  /** The highest level held; null for a permission without levels, or where it is not held. */
  readonly level: string | null;
}

export interface RevisionFacts {
  readonly id: string;
  readonly author: { readonly name: string; readonly email: string };
  /** When it was written, and when it was made as it is: `2026-05-01T10:00:00Z`. */
  readonly authored: string;
  readonly committed: string;
  readonly subject: string;
}
