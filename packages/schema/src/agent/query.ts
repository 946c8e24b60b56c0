import { z } from 'zod'
import { sensitiveTables } from '../permissions.ts'
import { ColumnType } from '../values.ts'

/** Limits of one query on a device. The device takes the lower of these and its own. */
export const Limits = z.strictObject({
  cpuShare: z
    .number()
    .min(0.01)
    .max(64)
    .describe('Share of one CPU; beyond it the query is paused and continued.'),
  memoryBytes: z.int().min(16 << 20),
  resultBytes: z.int().min(1024),
  resultRows: z.int().min(1),
  seconds: z.number().min(0.1).describe('From its start on the device.'),
})
export type Limits = z.infer<typeof Limits>

export const defaultLimits: Limits = {
  cpuShare: 0.3,
  memoryBytes: 256 << 20,
  resultBytes: 10_000_000,
  resultRows: 100_000,
  seconds: 300,
}

/** What the SQL engine gets to run. */
export const QueryRequest = z.strictObject({
  sql: z.string().min(1).max(200_000),
  readable: z.array(z.enum(sensitiveTables)).describe('The sensitive tables that whoever asks may read.'),
  limits: Limits,
})
export type QueryRequest = z.infer<typeof QueryRequest>

/** `origin` is the `table.column` that a result column is read from, by SQLite’s column metadata. */
export const BatchColumn = z.strictObject({
  name: z.string(),
  type: ColumnType,
  origin: z.string().optional(),
})
export type BatchColumn = z.infer<typeof BatchColumn>

/**
 * A value on the wire. An integer beyond ±(2^53 − 1) travels as `{i: decimal}`, a blob as `{b: base64}`, so that neither is
 * mistaken for text.
 */
export const WireValue = z.union([
  z.string(),
  z.number(),
  z.null(),
  z.strictObject({ i: z.string().regex(/^-?\d{1,20}$/) }),
  z.strictObject({ b: z.base64() }),
])
export type WireValue = z.infer<typeof WireValue>

export const Note = z.strictObject({ code: z.string().max(60), message: z.string().max(2000) })
export type Note = z.infer<typeof Note>

/** Codes of warnings that a device gives with its rows. */
export const warningCodes = {
  limited_rows: 'The row limit was reached; what had been found is kept.',
  limited_bytes: 'The limit on the size of a result was reached; what had been found is kept.',
  window_defaulted: 'The query has no constraint on time; it saw the last 15 minutes.',
  events_lost: 'The journal lost events in this time.',
  required_column: 'A table needs a constraint on a column and had none; it gave no rows.',
  table_unavailable: 'A table cannot be read on this device.',
  row_too_large: 'A row is larger than one message of the link and is left out.',
  partial: 'Something could not be read and is left out.',
} as const

/** Codes of errors that end a query on a device. */
export const queryErrorCodes = {
  sql: 'SQLite refused the statement.',
  not_allowed: 'The statement does more than read, or reads what the asker may not.',
  other_platform: 'The statement names a table of another platform.',
  memory_limit: 'The memory limit was reached; what had been found is kept.',
  time_limit: 'The time limit was reached; what had been found is kept.',
  interrupted: 'The agent was restarted during the query; what had been sent is kept.',
  disk_full: 'The device could not store the result before sending it; what had been stored is kept.',
  refused_by_device: 'The device’s own policy or its full queue refused the query.',
  crashed: 'The process that ran the query died.',
} as const

/** How a query ended on a device, and what it cost. */
export const QueryEnd = z.strictObject({
  status: z.enum(['succeeded', 'failed', 'timedOut', 'canceled']),
  error: Note.optional(),
  warnings: z.array(Note).max(200),
  stats: z.strictObject({
    wallMillis: z.number(),
    cpuMillis: z.number(),
    pausedMillis: z.number(),
    peakMemoryBytes: z.number(),
    rows: z.int(),
    bytes: z.int().describe('Size of the rows as JSON.'),
  }),
})
export type QueryEnd = z.infer<typeof QueryEnd>
