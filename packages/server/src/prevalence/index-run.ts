import type { CountedType } from '@quarry/schema/endpoints/prevalence'
import { openToRead } from '../results/result-file.ts'
import { type Db, deviceOrdinal, sightingWriter } from './sightings.ts'
import { valueKey } from './value-key.ts'

/** What the indexing thread is told to do with one run. */
export interface RunToIndex {
  runId: string
  /** The file of its results. */
  path: string
  /** The columns whose values are counted: their key in the file and what they hold. */
  columns: { key: string; type: CountedType }[]
  /** The column that says when a row happened, in unix seconds; without one, the time of the run. */
  timeKey?: string | undefined
  /** Unix seconds. */
  askedAt: number
  /** Rows that the run has. */
  rows: number
}

/** Longest value that is counted; a longer one is no name of anything. */
const longest = 4096
/** A time before this is none: 2001. */
const earliest = 1_000_000_000

/** Adds the rows of a run that were not counted yet, in one transaction. @returns the number of pairs of value and device */
export function indexRun(db: Db, { runId, path, columns, timeKey, askedAt, rows }: RunToIndex): number {
  const from =
    (db.prepare('SELECT rows FROM runs WHERE run_id = ?').pluck().get(runId) as number | undefined) ?? 0
  const results = openToRead(path)
  let pairs = 0
  try {
    db.transaction(() => {
      const writer = sightingWriter(db)
      const devices = results.prepare('SELECT ordinal, endpoint_id FROM devices').all() as {
        ordinal: number
        endpoint_id: string
      }[]
      const ordinals = new Map(
        devices.map((device) => [device.ordinal, deviceOrdinal(db, device.endpoint_id)]),
      )
      const latest = Math.floor(Date.now() / 1000)
      const time = timeKey
        ? `CASE WHEN typeof(${timeKey}) = 'integer' AND ${timeKey} BETWEEN ${earliest} AND ${latest} THEN ${timeKey} END`
        : 'NULL'
      for (const { key, type } of columns) {
        const seen = results.prepare(
          `SELECT ${key} AS value, device, min(${time}) AS first, max(${time}) AS last FROM rows
           WHERE id > ? AND id <= ? AND typeof(${key}) = 'text' AND ${key} <> '' AND length(${key}) <= ${longest}
           GROUP BY ${key}, device`,
        )
        for (const row of seen.iterate(from, rows) as Iterable<Seen>) {
          writer.add({
            value: valueKey(type, row.value),
            device: ordinals.get(row.device)!,
            first: row.first ?? askedAt,
            last: row.last ?? askedAt,
          })
          pairs++
        }
      }
      writer.flush()
      db.prepare('INSERT OR REPLACE INTO runs (run_id, rows) VALUES (?, ?)').run(runId, rows)
    }).immediate()
  } finally {
    results.close()
  }
  return pairs
}

interface Seen {
  value: string
  device: number
  first: number | null
  last: number | null
}
