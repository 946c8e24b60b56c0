// What a device hands in, and the check by bytes that it passes before it is stored.

export interface Batch {
  /** From the authenticated connection. */
  readonly endpointId: string
  readonly epName: string
  /** The table's name. */
  readonly stream: string
  /** Sequences of one (device, stream, epoch) rise strictly; a resend has the same sequence and the same bytes. */
  readonly epoch: number
  readonly sequence: number
  /** When it came, in unix seconds. Rows without a usable time count for this day. */
  readonly receivedAt: number
  /** One JSON object a line, each line ended. */
  readonly rows: Buffer
}

/** The batch is not stored: `refused` for good, `resend` from the last acknowledged one, `unavailable` for now (a full disk). */
export class LakeRefusal extends Error {
  readonly kind: 'refused' | 'resend' | 'unavailable'

  constructor(kind: LakeRefusal['kind'], message: string, cause?: unknown) {
    super(message, { cause })
    this.kind = kind
  }
}

const newline = 10
const brace = 123
const quote = 34
const closing = 125

/** The most bytes of one row: a tenth of what DuckDB reads as one object. */
const rowLimit = 1_600_000

/** The lines of rows, without their ends. */
export function* linesOf(rows: Buffer): Generator<Buffer> {
  for (let start = 0; start < rows.length; ) {
    const end = rows.indexOf(newline, start)
    if (end === -1) return
    yield rows.subarray(start, end)
    start = end + 1
  }
}

/**
 * Looks at the frame of each line, not at what is in it: `{"` … `}`, no longer than 1.6 MB, the last one ended.
 * @throws LakeRefusal `refused`.
 */
export function checkRows(rows: Buffer): void {
  if (rows.at(-1) !== newline) throw new LakeRefusal('refused', 'The last row has no end.')
  let line = 0
  for (const row of linesOf(rows)) {
    line++
    if (row.length > rowLimit) throw new LakeRefusal('refused', `Row ${line} is too long.`)
    if (row[0] !== brace || row[1] !== quote || row.at(-1) !== closing)
      throw new LakeRefusal('refused', `Row ${line} is not an object.`)
  }
}

/** Names the series whose sequences rise. */
export const seriesOf = (batch: Pick<Batch, 'endpointId' | 'stream' | 'epoch'>) =>
  JSON.stringify([batch.endpointId, batch.stream, batch.epoch])
