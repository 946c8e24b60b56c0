import type { Continuation, Note } from '@quarry/schema/agent/query'
import type { Run } from '@quarry/schema/endpoints/runs'
import type { Kysely } from 'kysely'
import { scoreOf } from '../queries/cost.ts'
import type { Database } from '../state/schema.ts'

type Performance = Run['performance']
export interface RunCost {
  performance: Performance
  warnings: Run['warnings']
  resumable?: Run['resumable']
  /** Sums over the devices that told what the query cost them. */
  sums: { devices: number; wallMillis: number; cpuMillis: number; bytes: number }
}

/** Works out what a run cost its devices so far, and counts their warnings. */
export async function readRunCost(db: Kysely<Database>, runId: string): Promise<RunCost> {
  const rows = await db
    .selectFrom('run_endpoints')
    .select(['wall_millis', 'cpu_millis', 'bytes', 'warnings', 'result', 'continuation', 'status'])
    .where('run_id', '=', runId)
    .where((b) =>
      b.or([b('wall_millis', 'is not', null), b('warnings', '<>', '[]'), b('continuation', 'is not', null)]),
    )
    .execute()
  // A query that failed did not run to its end, and tells nothing of what it costs.
  const told = rows.filter(
    (row) => row.wall_millis !== null && row.result !== 'failed' && row.result !== 'canceled',
  )
  const wall = spreadOf(told.map((row) => row.wall_millis!))
  const bytes = spreadOf(told.map((row) => Number(row.bytes)))
  const cpu = told.reduce((sum, row) => sum + (row.cpu_millis ?? 0), 0)
  const sums = {
    devices: told.length,
    wallMillis: wall?.total ?? 0,
    cpuMillis: cpu,
    bytes: bytes?.total ?? 0,
  }
  const resumable = resumableOf(rows)
  return {
    ...(resumable && { resumable }),
    performance:
      wall && bytes
        ? {
            score: scoreOf({
              wallMillis: wall.average,
              cpuMillis: cpu / told.length,
              bytes: bytes.average,
            }),
            dataTransferredInBytes: bytes,
            executionTimeInMillis: wall,
          }
        : { score: 'notEvaluated' },
    warnings: countWarnings(rows.map(({ warnings }) => JSON.parse(warnings) as Note[])),
    sums,
  }
}

/** How many devices can go on, and the earliest time that one of them had reached. */
function resumableOf(rows: { status: string; continuation: string | null }[]): Run['resumable'] {
  const places = rows.flatMap(({ status, continuation }) =>
    status === 'finished' && continuation !== null ? [JSON.parse(continuation) as Continuation] : [],
  )
  if (places.length === 0) return undefined
  const from = places
    .flatMap((place) => ('time' in place ? [place.time] : []))
    .reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY)
  return { devices: places.length, ...(Number.isFinite(from) && { from: new Date(from).toISOString() }) }
}

function spreadOf(values: number[]): Performance['executionTimeInMillis'] {
  if (values.length === 0) return undefined
  const sorted = values.toSorted((a, b) => a - b)
  const total = sorted.reduce((sum, value) => sum + value, 0)
  const middle = sorted.length >> 1
  return {
    min: sorted[0]!,
    max: sorted.at(-1)!,
    average: total / sorted.length,
    median: sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2,
    total,
  }
}

/** Counts devices by the code of a warning; the sentence is that of the first device. */
function countWarnings(devices: readonly Note[][]): Run['warnings'] {
  const counted = new Map<string, Run['warnings'][number]>()
  for (const notes of devices) {
    for (const { code, message } of new Map(notes.map((note) => [note.code, note])).values()) {
      const known = counted.get(code)
      if (known) known.devices++
      else counted.set(code, { code, message, devices: 1 })
    }
  }
  return [...counted.values()].sort((a, b) => b.devices - a.devices)
}
