import { z } from 'zod'

/** Closed sets of the Live Discover API. Add a member here, nowhere else. */
export const DataType = z.enum(['text', 'integer', 'double', 'boolean', 'dateTime'])
export type DataType = z.infer<typeof DataType>

export const SupportedOs = z.enum(['windowsComputer', 'windowsServer', 'macOSComputer', 'linuxServer'])
export type SupportedOs = z.infer<typeof SupportedOs>

/** How good a query is to its devices; `notEvaluated` before its first run. */
export const PerformanceScore = z.enum(['excellent', 'good', 'fair', 'poor', 'notEvaluated'])
export type PerformanceScore = z.infer<typeof PerformanceScore>

export const SourceType = z.enum(['canned', 'custom'])

/** By which scale a score is coloured: reputations are good when high, the two ML scores bad when high. */
export const Scale = z.enum(['reputation', 'malware', 'pua'])
export type Scale = z.infer<typeof Scale>

/** What a pivot menu may offer for a column. */
export const PivotGroup = z.enum(['live', 'lake', 'enrichment', 'actions'])

/** SQL types as osquery names them. */
export const ColumnType = z.enum(['bigint', 'unsigned_bigint', 'integer', 'double', 'text', 'blob'])
export type ColumnType = z.infer<typeof ColumnType>

export const Platform = z.enum(['linux', 'darwin', 'windows'])
export type Platform = z.infer<typeof Platform>

/** RFC 3339 in UTC with milliseconds. */
export const Time = z.iso.datetime({ precision: 3 })
export const Id = z.uuid()
export const IdParam = z.object({ id: Id })

/** A sentence (or several) for people: begins with a capital, ends with a full stop. */
export const Sentence = z
  .string()
  .regex(/^[A-Z0-9`“"][\s\S]*\.\s*$/, 'must be sentences that end in a full stop')

/** `fields=a,b`: answer with these fields alone. `route()` applies it. */
export const Fields = z.object({
  fields: z.string().max(1000).optional().describe('Names of fields, separated by commas.'),
})

const pageSize = (size: number, max: number) => z.coerce.number().int().min(1).max(max).default(size)

/** Query parameters of paging by offset. */
export const offsetPaging = (size = 50, max = 1000) => ({
  page: z.coerce.number().int().min(1).default(1).describe('Page, counted from 1.'),
  pageSize: pageSize(size, max).describe('Items a page.'),
  pageTotal: z.stringbool().default(false).describe('Adds `total` and `items` to `pages`.'),
})

/** Query parameters of paging by key. */
export const keyPaging = (size = 50, max = 1000) => ({
  pageFromKey: z.string().max(500).optional().describe('`nextKey` of the page before.'),
  pageSize: pageSize(size, max).describe('Items a page.'),
})

export const OffsetPages = z.object({
  current: z.int(),
  size: z.int(),
  total: z.int().optional().describe('Number of pages.'),
  items: z.int().optional().describe('Number of items on all pages.'),
  maxSize: z.int(),
})

export const KeyPages = z.object({
  fromKey: z.string().optional(),
  nextKey: z.string().optional().describe('Absent on the last page.'),
  size: z.int(),
  total: z.int().optional(),
  items: z.int().optional(),
  maxSize: z.int(),
})

/** A value of a result cell: an integer beyond ±(2^53 − 1) is a decimal string, a blob base64; `type` of its column says which. */
export const Cell = z.union([z.string(), z.number(), z.null()])
export type Cell = z.infer<typeof Cell>
