import type { Scan } from '@quarry/tables/define-table'
import type { Host } from '@quarry/tables/host-ports'
import type { JournalReader, KeptValue, Pattern, Position, Range, StoredEvent } from '../../store/types.ts'
import { type Ahead, noting } from './ahead.ts'
import './port.ts'
import { timeRange } from './time-range.ts'
import { warnLosses } from './warn-losses.ts'

/** What a table reads of one journal. */
export interface Wanted {
  subject: string
  columns: readonly string[]
  equals?: Record<string, readonly KeptValue[]>
  patterns?: readonly Pattern[]
}

/** The journals as one scan may read them. */
export interface Reading {
  reader: JournalReader
  range: Range
  ahead: Ahead
  /** The last event of a journal that the statement sees. */
  untilOf(subject: string): Position | undefined
  /** Events of a journal in the time that was asked for. */
  events(wanted: Wanted): Iterable<StoredEvent>
}

/**
 * Begins the reading of a scan: works out the time, and warns of what is missing.
 * @param subjects journals that the table reads
 * @returns undefined when there is nothing to read
 */
export function beginReading(
  host: Host,
  scan: Scan,
  table: string,
  subjects: readonly string[],
): Reading | undefined {
  const reader = openReaderOf(host, scan)
  if (!reader) return undefined
  const range = timeRange(
    scan,
    table,
    scan.asked(() => host.now()),
  )
  if (!range) return undefined
  warnLosses(scan, reader, table, subjects, range)
  const { ahead } = host.ports.journals!
  const untilOf = (subject: string) => scan.until(subject, () => reader.last(subject))
  return {
    reader,
    range,
    ahead,
    untilOf,
    *events({ subject, columns, equals, patterns }) {
      let time: number | undefined
      scan.progress(() =>
        time === undefined ? undefined : `${table} had been read to about ${new Date(time).toISOString()}.`,
      )
      const until = untilOf(subject)
      const read = reader.scan(subject, { columns, time: range, equals, patterns, from: scan.from, until })
      for (const event of noting(ahead, read, columns, equals?.sophos_pid !== undefined)) {
        time = event.time
        yield event
      }
    },
  }
}

/** The reader of this device's journals; undefined, with a warning, where there is none. */
export function openReaderOf(host: Host, scan: Scan): JournalReader | undefined {
  const reader = host.ports.journals?.reader() ?? 'This device does not record what happens on it.'
  if (typeof reader !== 'string') return reader
  scan.warn(reader, 'table_unavailable')
  return undefined
}

/** The needles of a scan among some columns, by name. */
export function needles(scan: Scan, columns: Iterable<string>): Record<string, readonly KeptValue[]> {
  const found: Record<string, readonly KeptValue[]> = {}
  for (const name of columns) {
    const values = scan.values(name)
    if (values) found[name] = values.filter((value): value is Exclude<KeptValue, null> => isKept(value))
  }
  return found
}

const isKept = (value: unknown) => ['string', 'number', 'bigint'].includes(typeof value)
