import { ResultFilter } from '@quarry/schema/endpoints/run-results'
import { z } from 'zod'
import { EnrichedColumn } from '../enrichment/enriched-column.ts'

const Text = z.union([z.string(), z.number(), z.boolean()]).transform(String)

/**
 * What the address of a run keeps, so that a reload, a step back and a link for a colleague show the same. A part that
 * cannot be read is dropped, and the rest stays.
 */
const shape = {
  tab: z.enum(['devices', 'sql']),
  /** Text that some cell of a row contains. */
  q: Text.pipe(z.string().min(1).max(200)),
  /** `remote_port:desc`, the most important first. */
  sort: z.array(z.string().regex(/:(asc|desc)$/)).min(1),
  filter: z.array(ResultFilter).min(1).max(50),
  /** Columns that connectors are asked about. */
  enrich: z.array(EnrichedColumn).min(1).max(5),
  /** The column that the rows are counted by. */
  group: Text,
  order: z.enum(['common', 'value']),
  /** The columns in their order, where it is not the default: `^name` is pinned, `-name` hidden, `=name` neither. */
  columns: z.array(z.string().regex(/^[\^=-]/)).min(1),
  /** The row that is open at the side: its number in this order, from 1. */
  row: z.number().int().min(1),
  /** Devices tab: which ones, as `match` of the API. */
  match: z.string().max(100),
  /** Devices tab: their order. */
  by: z.string().regex(/:(asc|desc)$/),
  full: z.literal(true),
}

export type RunSearch = { [K in keyof typeof shape]?: z.output<(typeof shape)[K]> | undefined }

/** Reads the search part of a run's address; what it does not know is dropped. */
export function parseRunSearch(search: Record<string, unknown>): RunSearch {
  const read: Record<string, unknown> = {}
  for (const [name, type] of Object.entries(shape)) {
    const part = search[name] === undefined ? undefined : type.safeParse(search[name])
    if (part?.success) read[name] = part.data
  }
  return read
}
