import type { BatchColumn, Limits, WireValue } from '@quarry/schema/agent/query'

/** Takes what a query finds. Rows come in batches; the first of them at once. */
export interface Sink {
  columns(columns: BatchColumn[]): void
  rows(rows: WireValue[][], bytes: number): void
}

const BATCH_ROWS = 1000
const BATCH_BYTES = 256_000
/** How long a row may wait for company, in milliseconds: the first, and any later one. */
const FIRST_WAIT = 10
const LATER_WAIT = 100

export type Full = 'rows' | 'bytes'

/** Collects rows into batches and counts them against the limits. */
export interface Batches {
  readonly rows: number
  /** Size of the rows as JSON. */
  readonly bytes: number
  /** Takes a row, or says which limit it would break; such a row is left out. */
  add(row: WireValue[]): Full | undefined
  /** Sends what has waited long enough. */
  tick(now: number): void
  flush(): void
}

/** Makes the batches of one query; `columns` is asked just before the first rows go out. */
export function openBatches(sink: Sink, limits: Limits, columns: () => BatchColumn[]): Batches {
  let waiting: WireValue[][] = []
  let waitingBytes = 0
  let since = 0
  let wait = FIRST_WAIT
  let described = false
  const batches = {
    rows: 0,
    bytes: 0,
    add(row: WireValue[]): Full | undefined {
      if (batches.rows >= limits.resultRows) return 'rows'
      const size = Buffer.byteLength(JSON.stringify(row)) + 1
      if (batches.bytes + size > limits.resultBytes) return 'bytes'
      if (waiting.length > 0 && waitingBytes + size > BATCH_BYTES) batches.flush()
      if (waiting.length === 0) since = performance.now()
      waiting.push(row)
      waitingBytes += size
      batches.rows++
      batches.bytes += size
      if (waiting.length >= BATCH_ROWS || waitingBytes >= BATCH_BYTES) batches.flush()
      return undefined
    },
    tick(now: number) {
      if (waiting.length > 0 && now - since >= wait) batches.flush()
    },
    flush() {
      if (!described) {
        described = true
        sink.columns(columns())
      }
      if (waiting.length === 0) return
      const rows = waiting
      const bytes = waitingBytes
      waiting = []
      waitingBytes = 0
      wait = LATER_WAIT
      sink.rows(rows, bytes)
    },
  }
  return batches
}
