import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { allJournals } from '@quarry/schema/journals'
import { keptColumns } from './kept-columns.ts'
import type { Peer } from './peers.ts'

/** Plain SQLite: a file for each day with a table for each journal, and an index by process. */
export async function openSqliteDays(folder: string): Promise<Peer> {
  mkdirSync(folder)
  const journals = (await allJournals()).map((journal) => ({
    subject: journal.subject,
    columns: keptColumns(journal),
  }))
  let day = 0
  let cpu = 0
  return {
    name: 'sqliteDays',
    folder,
    async add(events) {
      const before = process.cpuUsage()
      const db = new DatabaseSync(join(folder, `day-${String(day++).padStart(2, '0')}.db`))
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
      const inserts = new Map(
        journals.map(({ subject, columns }) => {
          db.exec(`CREATE TABLE ${subject} (time INTEGER, ${columns.join()})`)
          db.exec(`CREATE INDEX ${subject}_by_process ON ${subject} (sophos_pid)`)
          const values = columns.map(() => '?')
          return [subject, { columns, insert: db.prepare(`INSERT INTO ${subject} VALUES (?, ${values})`) }]
        }),
      )
      for (let from = 0; from < events.length; from += 1000) {
        db.exec('BEGIN')
        for (const { journal, time, row } of events.slice(from, from + 1000)) {
          const { columns, insert } = inserts.get(journal.subject)!
          insert.run(time, ...columns.map((name) => row[name] ?? null))
        }
        db.exec('COMMIT')
      }
      db.exec('PRAGMA journal_mode = DELETE')
      db.close()
      const { user, system } = process.cpuUsage(before)
      cpu += user + system
    },
    finish: async () => ({ cpuSeconds: cpu / 1e6 }),
    async open() {
      const dbs = readdirSync(folder).map((name) => new DatabaseSync(join(folder, name), { readOnly: true }))
      /** Rows of every file and of each journal named. */
      const count = (
        sql: string,
        values: SQLInputValue[],
        subjects = journals.map(({ subject }) => subject),
      ) => {
        let rows = 0
        for (const db of dbs)
          for (const subject of subjects) rows += db.prepare(sql.replace('$', subject)).all(...values).length
        return Promise.resolve(rows)
      }
      const paths = () => {
        const counts = new Map<unknown, number>()
        for (const db of dbs)
          for (const { path, n } of db.prepare('SELECT path, count(*) AS n FROM Process GROUP BY path').all())
            counts.set(path, (counts.get(path) ?? 0) + Number(n))
        return Promise.resolve(counts.size)
      }
      return {
        ask: ({ spid, sha256, hour, day, like }) => ({
          spid90d: () => count('SELECT * FROM $ WHERE sophos_pid = ?', [spid]),
          sha90d: () => count('SELECT * FROM $ WHERE sha256 = ?', [sha256], ['Process']),
          hour: () => count('SELECT * FROM $ WHERE time BETWEEN ? * 1000 AND ? * 1000 + 999', hour),
          likeDay: () =>
            count(
              'SELECT time, cmd_line FROM $ WHERE time BETWEEN ? * 1000 AND ? * 1000 + 999 AND cmd_line LIKE ?',
              [...day, `%${like}%`],
              ['Process'],
            ),
          countByPath90d: paths,
        }),
        close() {
          for (const db of dbs) db.close()
        },
      }
    },
  }
}
