import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, type Migration, Migrator, SqliteDialect } from 'kysely'
import { privateFile } from './data-folder.ts'
import type { Database } from './schema.ts'

/**
 * Opens the state of the server and brings it to the newest form. SQLite for now; queries stay portable to PostgreSQL:
 * ids are uuid texts, times integer milliseconds since 1970, booleans 0 or 1.
 *
 * @note There is one connection. Inside `db.transaction().execute(async (trx) => …)` use `trx` alone: a call on the
 * outer `db` would wait for the transaction that waits for it.
 */
export async function openDatabase(folder: string): Promise<Kysely<Database>> {
  const path = join(folder, 'state.db')
  privateFile(path)
  const sqlite = new Sqlite(path)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) })
  try {
    await migrate(db)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

async function migrate(db: Kysely<Database>): Promise<void> {
  const { error } = await new Migrator({ db, provider: { getMigrations } }).migrateToLatest()
  if (error) throw error
}

/** Every `migrations/<nnnn>_<name>.ts` exports `up`. */
async function getMigrations(): Promise<Record<string, Migration>> {
  const folder = new URL('./migrations/', import.meta.url)
  const names = readdirSync(folder).filter((name) => /^\d{4}_\w+\.ts$/.test(name))
  const entries = names.map(async (name) => [
    name.slice(0, -3),
    (await import(new URL(name, folder).href)) as Migration,
  ])
  return Object.fromEntries(await Promise.all(entries))
}
