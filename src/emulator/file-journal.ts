import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Journal } from './store.ts';

/**
 * A journal in a SQLite file, made if it is not there, readable by its owner alone (it holds the signing key).
 *
 * Write-ahead logging: what `commit` has returned for survives `kill -9`. The file is locked while it is open, so that
 * two emulators never share one; throws then, and when the file is something else.
 */
export function openFileJournal(path: string): Journal {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    database.exec('CREATE TABLE IF NOT EXISTS entry (collection TEXT, key TEXT, value TEXT, UNIQUE (collection, key))');
    chmodSync(path, 0o600);
  } catch (error) {
    database.close();
    throw new Error(`cannot use ${path} as a store: ${error instanceof Error ? error.message : String(error)}`);
  }
  // The upsert keeps the row and with it the order of creation, which is the order of some lists.
  const put = database.prepare(
    'INSERT INTO entry VALUES (?, ?, ?) ON CONFLICT (collection, key) DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare('DELETE FROM entry WHERE collection = ? AND key = ?');
  return {
    load: () =>
      database
        .prepare('SELECT collection, key, value FROM entry ORDER BY rowid')
        .all()
        .map((row) => ({ collection: String(row.collection), key: String(row.key), value: String(row.value) })),
    put: (collection, key, value) => void put.run(collection, key, value),
    remove: (collection, key) => void remove.run(collection, key),
    begin: () => database.exec('BEGIN'),
    commit: () => database.exec('COMMIT'),
    rollback: () => database.exec('ROLLBACK'),
    close: () => database.close(),
  };
}
