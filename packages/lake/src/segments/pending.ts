// What is in the log and not yet in the engine, as NDJSON files by table: read by queries at once, and what compaction loads.
import { mkdirSync, rmSync } from 'node:fs'
import { open, unlink } from 'node:fs/promises'
import { type Batch, seriesOf } from '../batch.ts'
import { decodeFrames } from './frame.ts'
import { type Marks, raise, type SegmentLog } from './segment-log.ts'

/** Rows of one table out of one segment, each with `endpoint_id`, `ep_name` and `received_at` (unix seconds) in front. Never changes. */
export interface PendingFile {
  readonly table: string
  readonly path: string
  readonly rows: number
  readonly bytes: number
}

/** A segment as far as it was unpacked. */
export interface PendingSegment {
  readonly number: number
  readonly files: PendingFile[]
  /** The marks after its last unpacked batch. */
  readonly marks: Marks
}

/** `read`: bytes of the segment; `chunk`: number of its last files. */
type Unpacked = PendingSegment & { read: number; chunk: number }

export interface Pending {
  /** Unpacks what has become durable since. Returns the segments that are not in the engine, oldest first. */
  refresh(): Promise<PendingSegment[]>
  /** Forgets a segment that the engine has. Its files go when no reader holds them. */
  forget(number: number): void
  /** Keeps the files of now until the function returned is called. */
  hold(): () => void
}

/** The rows of a batch, each told which device it is from: by the connection, and before its own keys, so that it cannot claim another. */
function withDevice({ endpointId, epName, receivedAt, rows }: Batch): { bytes: Buffer; count: number } {
  const start = JSON.stringify({ endpoint_id: endpointId, ep_name: epName, received_at: receivedAt })
  const prefix = Buffer.from(`${start.slice(0, -1)},`)
  let count = 0
  for (let at = rows.indexOf(10); at !== -1; at = rows.indexOf(10, at + 1)) count++
  const bytes = Buffer.allocUnsafe(rows.length + count * (prefix.length - 1))
  let to = 0
  for (let from = 0; from < rows.length; ) {
    const end = rows.indexOf(10, from) + 1
    to += prefix.copy(bytes, to)
    to += rows.copy(bytes, to, from + 1, end)
    from = end
  }
  return { bytes, count }
}

/**
 * Opens the pending files of a log; what an earlier process left there is derived, and removed.
 * @param taken what the engine has: later segments and sequences are pending
 */
export function openPending(
  folder: string,
  log: SegmentLog,
  taken: { through: number; marks: Marks },
): Pending {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const marks: Marks = new Map(taken.marks)
  const segments = new Map<number, Unpacked>()
  let holders = 0
  let unwanted: string[] = []
  let refreshing: Promise<void> = Promise.resolve()

  function sweep() {
    if (holders > 0) return
    const paths = unwanted
    unwanted = []
    for (const path of paths) void unlink(path).catch(() => undefined)
  }

  /** The batches of a segment from an offset on that no earlier one repeats, as rows by table. */
  async function batchesAfter(number: number, from: number) {
    const raised: Marks = new Map()
    const tables = new Map<string, { parts: Buffer[]; count: number }>()
    for (const batch of decodeFrames(await log.read(number, from))) {
      const series = seriesOf(batch)
      const mark = raised.get(series) ?? marks.get(series) ?? Number.NEGATIVE_INFINITY
      if (batch.sequence <= mark) continue
      raised.set(series, batch.sequence)
      const table = tables.get(batch.stream) ?? { parts: [], count: 0 }
      const { bytes, count } = withDevice(batch)
      table.parts.push(bytes)
      table.count += count
      tables.set(batch.stream, table)
    }
    return { raised, tables }
  }

  /** Writes what is new of a segment. Nothing counts as unpacked before all of it is written: a full disk leaves it to the next time. */
  async function unpack(number: number, bytes: number) {
    const known: Unpacked = segments.get(number) ?? { number, files: [], marks: new Map(), read: 0, chunk: 0 }
    segments.set(number, known)
    if (bytes <= known.read) return
    const { raised, tables } = await batchesAfter(number, known.read)
    known.chunk++
    const files: PendingFile[] = []
    for (const [table, { parts, count }] of tables) {
      const path = `${folder}/${number}.${known.chunk}.${table}.ndjson`
      const content = Buffer.concat(parts)
      const handle = await open(path, 'w')
      await handle.writeFile(content).finally(() => handle.close())
      files.push({ table, path, rows: count, bytes: content.length })
    }
    known.read = bytes
    known.files.push(...files)
    for (const [series, sequence] of raised) {
      raise(marks, series, sequence)
      raise(known.marks, series, sequence)
    }
  }

  return {
    async refresh() {
      const work = refreshing.then(async () => {
        for (const { number, bytes } of log.segments())
          if (number > taken.through) await unpack(number, bytes)
      })
      refreshing = work.catch(() => undefined)
      await work
      return [...segments.values()].map(({ number, files, marks }) => ({ number, files: [...files], marks }))
    },
    forget(number) {
      for (const { path } of segments.get(number)?.files ?? []) unwanted.push(path)
      segments.delete(number)
      sweep()
    },
    hold() {
      holders++
      return () => {
        holders--
        sweep()
      }
    },
  }
}
