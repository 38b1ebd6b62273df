import type { Journal, JournalEntry, Store } from './store.ts';
import { createStore, nowhere } from './store.ts';

/** A journal that also remembers, so that a store can be had as it was before its last writes. */
export interface History {
  readonly journal: Journal;
  /** A copy of the store without its last `writes` writes, as far back as it is remembered. A change to it is lost. */
  readonly before: (writes: number) => Store;
}

/** How many writes can be undone. */
const remembered = 100;

type Change =
  | { readonly put: JournalEntry }
  | { readonly remove: { readonly collection: string; readonly key: string } };

/**
 * Passes everything on to `journal`. What `atomically` does at once is one write; what is done beside it counts as part of
 * the write before it.
 */
export function keepHistory(journal: Journal): History {
  const base = new Map<string, JournalEntry>();
  const writes: Change[][] = [];
  let open: Change[] | undefined;
  const note = (change: Change): void => {
    const current = open ?? writes.at(-1);
    if (current === undefined) {
      apply(base, change);
    } else {
      current.push(change);
    }
  };
  return {
    journal: {
      load: () => {
        const entries = [...journal.load()];
        for (const entry of entries) {
          apply(base, { put: entry });
        }
        return entries;
      },
      put: (collection, key, value) => {
        journal.put(collection, key, value);
        note({ put: { collection, key, value } });
      },
      remove: (collection, key) => {
        journal.remove(collection, key);
        note({ remove: { collection, key } });
      },
      begin: () => {
        journal.begin();
        open = [];
      },
      commit: () => {
        journal.commit();
        writes.push(open ?? []);
        open = undefined;
        for (const change of writes.length > remembered ? (writes.shift() ?? []) : []) {
          apply(base, change);
        }
      },
      rollback: () => {
        journal.rollback();
        open = undefined;
      },
      close: journal.close,
    },
    before: (count) => {
      const entries = new Map(base);
      for (const change of writes.slice(0, Math.max(0, writes.length - count)).flat()) {
        apply(entries, change);
      }
      return createStore({ ...nowhere, load: () => entries.values() });
    },
  };
}

/** An entry that is changed keeps its place: the order of creation is the order of some lists. */
function apply(entries: Map<string, JournalEntry>, change: Change): void {
  if ('put' in change) {
    entries.set(`${change.put.collection} ${change.put.key}`, change.put);
  } else {
    entries.delete(`${change.remove.collection} ${change.remove.key}`);
  }
}
