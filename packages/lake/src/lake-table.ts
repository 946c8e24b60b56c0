// A table of the lake: the columns that are stored, with the device in front. Made from a journal, never written by hand.
import type { Journal } from '@quarry/schema/define-journal'

/** How a column is stored: `integer` in 64 bits, `sha256` as 32 bytes, all else as text. */
export type Stored = 'integer' | 'text' | 'sha256'

export interface LakeTable {
  /** The name in SQL, and the stream that devices send. */
  readonly name: string
  /** What a row brings, without the device. `time`, in unix seconds UTC, decides the day. */
  readonly columns: Readonly<Record<string, Stored>>
}

/** The columns that come from the connection, never from a row. */
export const deviceColumns = { endpoint_id: 'text', ep_name: 'text' } as const

/** The lake's table of a journal: its time and every column that the journal keeps. */
export function lakeTableOf(journal: Journal): LakeTable {
  const kept = Object.entries(journal.columns).flatMap(([name, { kept: how }]): [string, Stored][] => {
    if (how === undefined) return []
    return [[name, how === 'integer' || how === 'sha256' ? how : 'text']]
  })
  return { name: journal.table, columns: { time: 'integer', ...Object.fromEntries(kept) } }
}
