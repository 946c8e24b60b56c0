import type { BatchColumn, Note, QueryEnd, QueryRequest, WireValue } from '@quarry/schema/agent/query'
import type { Sandboxes } from '@quarry/tables/sandbox'
import type { Delivery } from './delivery.ts'
import { batchFrame, type FrameParts, splitRows } from './outbox/frames.ts'
import type { Outbox } from './outbox/outbox.ts'
import { codeOf, messageOf } from './start-error.ts'

export interface QueryContext {
  engine: Pick<Sandboxes, 'run'>
  outbox: Outbox
  delivery: Delivery
}

/**
 * Runs one query and puts everything that comes of it into the outbox: each batch is on disk before it is sent.
 * @param canceled aborts when the server wants no more; what was found is kept.
 * @returns how it ended, or undefined when `stopping` aborted it: then it has no end, and the next start decides.
 */
export async function runQuery(
  { engine, outbox, delivery }: QueryContext,
  runId: string,
  request: QueryRequest,
  canceled: AbortSignal,
  stopping: AbortSignal,
): Promise<QueryEnd | undefined> {
  const broken = new AbortController()
  const signal = AbortSignal.any([canceled, stopping, broken.signal])
  let sequence = outbox.find(runId)?.lastSequence ?? 0
  let columns: BatchColumn[] | undefined
  let tooLarge = 0
  let failure: Note | undefined
  let stored = Promise.resolve()

  function put(parts: Pick<FrameParts, 'rows' | 'end'>) {
    const next = { runId, sequence: sequence + 1, ...(columns && { columns }), ...parts }
    outbox.append(runId, { sequence: next.sequence, frame: batchFrame(next) }, parts.end !== undefined)
    sequence++
    columns = undefined
    delivery.stored(runId)
  }
  function putRows(rows: WireValue[][]) {
    const split = splitRows(rows, columns)
    tooLarge += split.tooLarge
    for (const piece of split.pieces) put({ rows: piece })
  }
  async function takeRows(rows: WireValue[][]) {
    // A full outbox makes the query wait; a cancelled one gives up the rows that found no place.
    while (outbox.full && !signal.aborted) await outbox.room(signal)
    if (failure || stopping.aborted || outbox.full) return
    try {
      putRows(rows)
    } catch (error) {
      failure = storeFailure(error)
      broken.abort()
    }
  }

  const sink = {
    columns(found: BatchColumn[]) {
      columns = found
    },
    rows(rows: WireValue[][]) {
      stored = stored.then(() => takeRows(rows))
      return stored
    },
  }
  const result = await engine.run(request, sink, signal).catch((error: unknown) => crashed(messageOf(error)))
  await stored
  if (stopping.aborted) return
  const end = finalEnd(result, failure, tooLarge)
  try {
    put({ end })
  } catch (error) {
    const last = finalEnd(result, failure ?? storeFailure(error), tooLarge)
    const frame = batchFrame({ runId, sequence: sequence + 1, ...(columns && { columns }), end: last })
    outbox.hold(runId, { sequence: sequence + 1, frame })
    delivery.stored(runId)
    return last
  }
  return end
}

/** An end of a query that never ran. */
export function endWithout(status: QueryEnd['status'], error?: Note): QueryEnd {
  const stats = { wallMillis: 0, cpuMillis: 0, pausedMillis: 0, peakMemoryBytes: 0, rows: 0, bytes: 0 }
  return { status, ...(error && { error }), warnings: [], stats }
}

const crashed = (why: string) =>
  endWithout('failed', { code: 'crashed', message: `The query could not be run: ${why}.`.slice(0, 2000) })

function storeFailure(error: unknown): Note {
  const full = /^(SQLITE_FULL|ENOSPC)/.test(codeOf(error))
  const why = full
    ? 'The disk of the device is full'
    : `The device could not store the rows (${messageOf(error)})`
  return { code: 'disk_full', message: `${why}; what had been stored before is kept.`.slice(0, 2000) }
}

function finalEnd(result: QueryEnd, failure: Note | undefined, tooLarge: number): QueryEnd {
  const warnings = [...result.warnings]
  if (tooLarge > 0)
    warnings.unshift({
      code: 'row_too_large',
      message: `${tooLarge === 1 ? 'One row is' : `${tooLarge} rows are`} larger than a message of the link and left out; select fewer or shorter columns.`,
    })
  const ended = { ...result, warnings: warnings.slice(0, 200) }
  if (!failure) return ended
  // Rows were lost at the end: going on behind them would leave a gap.
  const { continuation: _, ...rest } = ended
  return { ...rest, status: 'failed', error: failure }
}
