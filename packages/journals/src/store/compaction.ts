import { join } from 'node:path'
import { crc32, zstdCompressSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { BlockBuilder } from './block/block-builder.ts'
import { packBlock } from './block/block-pack.ts'
import { eventsName, FileWriter } from './files.ts'
import { makeFilters } from './index/block-entry.ts'
import { type EntryWithFilters, writeIndex } from './index/index-file.ts'
import type { Layout } from './layout.ts'
import type { ClosedPeriod, IndexFile } from './manifest.ts'
import { openPeriodName } from './open-period.ts'
import { readLayouts, readLosses } from './open-tables.ts'
import { joined } from './rebuild.ts'
import { textToRow } from './row-text.ts'
import type { Loss } from './types.ts'

/** Rows that are taken in between two pauses. */
const CHUNK = 500

export interface Compacted {
  period: ClosedPeriod
  index: IndexFile
  losses: Loss[]
}

/**
 * Packs a period that is not written to any more into a file of blocks and an index. Both are on disk under their names when it
 * ends; nothing refers to them yet, and nothing is left of them when it throws or is abandoned (`return()`).
 */
export function* compact(folder: string, number: number): Generator<void, Compacted> {
  const db = new Database(join(folder, openPeriodName(number)), { readonly: true, fileMustExist: true })
  const file = new FileWriter(folder, eventsName(number))
  const unfinished: FileWriter[] = [file]
  try {
    db.pragma('cache_size = -1024')
    const blocks: EntryWithFilters[] = []
    for (const { id, text } of readLayouts(db))
      for (const builder of blocksOf(db, id, JSON.parse(text) as Layout)) {
        if (builder === undefined) yield
        else blocks.push(yield* writeBlock(file, number, builder))
      }
    const losses = readLosses(db)
    const index = writeIndex(folder, { first: number, last: number }, blocks)
    unfinished.push(index)
    yield
    const period = { number, bytes: file.offset, subjects: summary(blocks) }
    const result = { period, index: { first: number, last: number, bytes: index.offset }, losses }
    file.finish()
    yield
    index.finish()
    unfinished.length = 0
    return result
  } finally {
    for (const left of unfinished) left.abandon()
    db.close()
  }
}

/** Takes in the events of one layout, block by block; undefined where a pause is due. */
function* blocksOf(
  db: Database.Database,
  layout: number,
  { subject, columns }: Layout,
): Generator<BlockBuilder | undefined> {
  const select = db.prepare<[number, number], { id: number; sequence: number; time: number; data: string }>(
    `SELECT id, sequence, time, data FROM events WHERE layout = ? AND id > ? ORDER BY id LIMIT ${CHUNK}`,
  )
  let builder = new BlockBuilder({ subject, columns })
  for (let last = 0; ; ) {
    const rows = select.all(layout, last)
    for (const { sequence, time, data } of rows) {
      builder.add(sequence, time, textToRow(data))
      if (builder.full) {
        yield builder
        builder = new BlockBuilder({ subject, columns })
      }
    }
    if (rows.length < CHUNK) break
    last = rows.at(-1)!.id
    yield undefined
  }
  if (builder.rows > 0) yield builder
}

function* writeBlock(
  file: FileWriter,
  period: number,
  builder: BlockBuilder,
): Generator<void, EntryWithFilters> {
  const from = file.offset
  const { header, bytes } = yield* packBlock(builder, from)
  for (const part of bytes) file.write(part)
  const packed = zstdCompressSync(JSON.stringify(header))
  const at = file.offset
  file.write(packed)
  const filters = yield* makeFilters(builder)
  const { times, runs, rows, layout } = builder
  const [lastRun, lastCount] = runs.at(-1)!
  return {
    period,
    subject: layout.subject,
    rows,
    bytes: file.offset - from + filters.reduce((sum, { filter }) => sum + filter.length, 0),
    firstTime: times.reduce((least, time) => Math.min(least, time)),
    lastTime: times.reduce((most, time) => Math.max(most, time)),
    firstSequence: runs[0]![0],
    lastSequence: lastRun + lastCount - 1,
    header: [at, packed.length, crc32(packed)],
    filters,
  }
}

function summary(blocks: readonly EntryWithFilters[]): ClosedPeriod['subjects'] {
  const subjects: ClosedPeriod['subjects'] = {}
  for (const { subject, rows, firstTime, lastTime, firstSequence, lastSequence, bytes } of blocks)
    subjects[subject] = joined(subjects[subject], {
      events: rows,
      firstTime,
      lastTime,
      firstSequence,
      lastSequence,
      bytes,
    })
  return subjects
}
