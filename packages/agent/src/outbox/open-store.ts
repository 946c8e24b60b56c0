import { chmodSync } from 'node:fs'
import Database from 'better-sqlite3'
import { messageOf, StartError } from '../start-error.ts'

/**
 * One row for each run that the agent has begun, and one for each batch that the server has not acknowledged.
 * `age` counts hours of the agent's life, since the clock of a device may jump. `last_sequence` outlives the batches: after a restart the next batch must not take the number of an acknowledged one.
 */
const tables = `
  CREATE TABLE IF NOT EXISTS runs (
    run_id TEXT PRIMARY KEY,
    attempts INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    age INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS batches (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    frame TEXT NOT NULL,
    UNIQUE (run_id, sequence)
  ) STRICT;
`

const pageBytes = 4096

/**
 * Opens the outbox's database. WAL with `synchronous=NORMAL`: what is written survives the death of the process (kill -9);
 * a power failure may take the last moments before it.
 * @param fileBytes hard bound of the file; beyond it SQLite answers SQLITE_FULL, as on a full disk.
 * @throws StartError when the file cannot be used.
 */
export function openStore(path: string, fileBytes: number): Database.Database {
  let store: Database.Database | undefined
  try {
    store = new Database(path)
    chmodSync(path, 0o600)
    store.pragma(`page_size = ${pageBytes}`)
    store.pragma('auto_vacuum = INCREMENTAL')
    store.pragma('journal_mode = WAL')
    store.pragma('synchronous = NORMAL')
    store.pragma('foreign_keys = ON')
    store.pragma(`journal_size_limit = ${4 << 20}`)
    store.pragma(`max_page_count = ${Math.ceil(fileBytes / pageBytes)}`)
    store.exec(tables)
    return store
  } catch (error) {
    store?.close()
    throw new StartError(
      `The outbox ${path} cannot be opened: ${messageOf(error)}. If it is damaged, delete it: rows not yet sent are lost then.`,
      { cause: error },
    )
  }
}
