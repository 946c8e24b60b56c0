import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import type { Journal } from '@quarry/schema/define-journal'
import { allJournals } from '@quarry/schema/journals'
import { keptColumns } from './kept-columns.ts'
import { bytesOf } from './pages.ts'
import type { Peer } from './peers.ts'

/** Days that become one file for each journal: larger files compress better. */
const DAYS = 10

/** Parquet with zstd by DuckDB: files of ten days for each journal, sorted by time; and once more by process, for the size alone. */
export async function openParquet(folder: string): Promise<Peer> {
  mkdirSync(folder)
  const journals = await allJournals()
  const instance = await DuckDBInstance.create(':memory:')
  const db = await instance.connect()
  const staged = new Map<string, { path: string; fd: number }>()
  let days = 0
  let part = 0
  let cpu = 0
  let bytesByProcess = 0

  function stage(journal: Journal) {
    const path = join(folder, `${journal.subject}.ndjson`)
    const file = { path, fd: openSync(path, 'w') }
    staged.set(journal.subject, file)
    return file
  }

  async function pack() {
    days = 0
    part++
    const before = process.cpuUsage()
    for (const journal of journals) {
      const file = staged.get(journal.subject)
      if (!file) continue
      closeSync(file.fd)
      const types = keptColumns(journal).map(
        (name) => `${name}: '${journal.columns[name]!.kept === 'integer' ? 'BIGINT' : 'VARCHAR'}'`,
      )
      const from = `read_json('${file.path}', format = 'newline_delimited', columns = {time: 'BIGINT', ${types.join()}})`
      const copy = (order: string, to: string) =>
        db.run(`COPY (FROM ${from} ORDER BY ${order}) TO '${to}' (FORMAT parquet, COMPRESSION zstd)`)
      await copy('time', join(folder, `${journal.subject}-${part}.parquet`))
      const other = `${folder}-by-process`
      mkdirSync(other)
      await copy('sophos_pid, time', join(other, 'part.parquet'))
      bytesByProcess += bytesOf(other)
      rmSync(other, { recursive: true })
      rmSync(file.path)
    }
    staged.clear()
    const { user, system } = process.cpuUsage(before)
    cpu += user + system
  }

  return {
    name: 'parquetDuckdb',
    folder,
    async add(events) {
      for (const [journal, all] of Map.groupBy(events, (event) => event.journal)) {
        const lines = all.map(({ time, row }) => `${JSON.stringify({ time, ...row })}\n`)
        writeSync((staged.get(journal.subject) ?? stage(journal)).fd, lines.join(''))
      }
      if (++days === DAYS) await pack()
    },
    async finish() {
      if (staged.size > 0) await pack()
      db.closeSync()
      instance.closeSync()
      return { cpuSeconds: cpu / 1e6, bytesByProcess }
    },
    async open() {
      const opened = await DuckDBInstance.create(':memory:')
      const asking = await opened.connect()
      const all = `read_parquet('${folder}/*.parquet', union_by_name = true)`
      const processes = `read_parquet('${folder}/Process-*.parquet')`
      const rows = async (sql: string, values: DuckDBValue[] = []) =>
        (await asking.runAndReadAll(sql, values)).getRows().length
      const between = 'time BETWEEN ?::BIGINT * 1000 AND ?::BIGINT * 1000 + 999'
      return {
        ask: ({ spid, sha256, hour, day, like }) => ({
          spid90d: () => rows(`FROM ${all} WHERE sophos_pid = ?`, [spid]),
          sha90d: () => rows(`FROM ${processes} WHERE sha256 = ?`, [sha256]),
          hour: () => rows(`FROM ${all} WHERE ${between}`, hour),
          likeDay: () =>
            rows(`SELECT time, cmd_line FROM ${processes} WHERE ${between} AND cmd_line LIKE ?`, [
              ...day,
              `%${like}%`,
            ]),
          countByPath90d: () => rows(`SELECT path, count(*) FROM ${processes} GROUP BY path`),
        }),
        close() {
          asking.closeSync()
          opened.closeSync()
        },
      }
    },
  }
}
