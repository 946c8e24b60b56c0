import { z } from 'zod'
import { sensitiveTables } from '../permissions.ts'
import { ColumnType } from '../values.ts'

export { defaultLimits, queryErrorCodes, warningCodes } from './query-codes.ts'

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

const place = { epoch: z.int().min(0), sequence: z.int().min(0) }

/**
 * Where a statement over journals was broken off, so that it can go on there. Where its rows come straight from a journal, at an event of
 * it. Where they are sorted or grouped first, behind the rows that were given: it runs anew on what the journals held then.
 */
export const Continuation = z.union([
  z.strictObject({
    table: z.string().max(100),
    ...place,
    time: z.int().describe('Of the event, in milliseconds since 1970.'),
    rows: z.int().min(0).describe('Rows of this very event that were given.'),
  }),
  z.strictObject({
    passed: z.int().min(1).describe('Rows that were given.'),
    digest: z.string().max(100).describe('SHA-256 of them: should they differ, it does not go on.'),
    asked: z.int().describe('The time of now that it goes by, in milliseconds since 1970.'),
    until: z.record(z.string().max(100), z.strictObject(place)).describe('Last event of each journal.'),
  }),
])
export type Continuation = z.infer<typeof Continuation>

/** What the SQL engine gets to run. */
export const QueryRequest = z.strictObject({
  sql: z.string().min(1).max(200_000),
  readable: z.array(z.enum(sensitiveTables)).describe('The sensitive tables that whoever asks may read.'),
  limits: Limits,
  lists: z
    .record(z.string().max(128), z.array(z.string()))
    .optional()
    .describe('Values that travel beside the SQL, which reads them from `quarry_list`.'),
  continuation: Continuation.optional().describe('The same statement was broken off there before.'),
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

/** How a query ended on a device, and what it cost. */
export const QueryEnd = z.strictObject({
  status: z.enum(['succeeded', 'failed', 'timedOut', 'canceled']),
  error: Note.optional(),
  continuation: Continuation.optional().describe('A limit broke it off; it can go on there.'),
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
