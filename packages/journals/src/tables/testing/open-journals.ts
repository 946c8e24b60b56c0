import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEngine } from '@quarry/tables/engine'
import { openHost } from '@quarry/tables/host'
import { allTables as hostTables } from '@quarry/tables/registry'
import { allJournalTables, openJournalPort } from '../../all-tables.ts'
import { openJournalWriter } from '../../store/store.ts'
import type { StoreOptions } from '../../store/types.ts'

/** A folder of journals with its writer, and an engine that reads it; all of it is gone when disposed. */
export async function openJournals(options: StoreOptions = {}) {
  const folder = join(mkdtempSync(join(tmpdir(), 'quarry-journal-tables-')), 'journals')
  const writer = openJournalWriter(folder, options)
  const port = openJournalPort(folder)
  const tables = [...(await hostTables()), ...(await allJournalTables())]
  const engine = await openEngine({ tables, host: openHost({ ports: { journals: port } }) })
  return {
    folder,
    writer,
    engine,
    /** Rows of a statement; whatever was written before is there. */
    all(sql: string) {
      writer.flush()
      return engine.all(sql)
    },
    /** Codes of the warnings of the statement before. */
    codes: () => engine.lastWarnings.map(({ code }) => code),
    [Symbol.dispose]() {
      engine.close()
      writer.close()
      rmSync(join(folder, '..'), { recursive: true, force: true })
    },
  }
}
