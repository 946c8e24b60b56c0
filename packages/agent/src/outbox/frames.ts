import { maxFrameBytes } from '@quarry/schema/agent/messages'
import type { BatchColumn, QueryEnd, WireValue } from '@quarry/schema/agent/query'

/** What surrounds the rows of a frame: ids, numbers, brackets. */
const envelopeBytes = 512

/** Rows as JSON, in pieces that each fit into one frame. */
export interface Pieces {
  /** Each a JSON array of rows. */
  pieces: string[]
  /** How many rows were left out since each of them alone is larger than a frame. */
  tooLarge: number
}

/**
 * Splits rows so that each piece fits into a frame beside `columns`.
 * @param most largest frame in bytes.
 */
export function splitRows(
  rows: readonly WireValue[][],
  columns?: readonly BatchColumn[],
  most = maxFrameBytes,
): Pieces {
  const room = most - envelopeBytes - (columns ? Buffer.byteLength(JSON.stringify(columns)) : 0)
  if (rows.length === 0) return { pieces: [], tooLarge: 0 }
  const whole = JSON.stringify(rows)
  if (Buffer.byteLength(whole) <= room) return { pieces: [whole], tooLarge: 0 }
  const pieces: string[] = []
  let part: string[] = []
  let bytes = 2
  let tooLarge = 0
  for (const row of rows) {
    const text = JSON.stringify(row)
    const size = Buffer.byteLength(text) + 1
    if (size + 2 > room) {
      tooLarge++
      continue
    }
    if (bytes + size > room) {
      pieces.push(`[${part.join(',')}]`)
      part = []
      bytes = 2
    }
    part.push(text)
    bytes += size
  }
  if (part.length > 0) pieces.push(`[${part.join(',')}]`)
  return { pieces, tooLarge }
}

export interface FrameParts {
  runId: string
  sequence: number
  columns?: readonly BatchColumn[]
  /** Rows as a JSON array. */
  rows?: string
  end?: QueryEnd
}

/** Returns a `batch` message as the text that is stored and sent. */
export function batchFrame({ runId, sequence, columns, rows = '[]', end }: FrameParts): string {
  const head = `{"type":"batch","runId":${JSON.stringify(runId)},"sequence":${sequence}`
  const middle = columns ? `,"columns":${JSON.stringify(columns)}` : ''
  const tail = end ? `,"end":${JSON.stringify(end)}` : ''
  return `${head}${middle},"rows":${rows}${tail}}`
}
