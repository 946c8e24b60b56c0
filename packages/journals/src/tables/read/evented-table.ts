import {
  type Columns,
  column,
  defineTable,
  type Row,
  type Scan,
  type Table,
} from '@quarry/tables/define-table'
import type { Host } from '@quarry/tables/host-ports'
import type { StoredEvent } from '../../store/types.ts'
import { journalRows, narrowing, positionColumns } from './journal-table.ts'
import { equalTo, patterns as likePatterns } from './patterns.ts'
import { type ProcessFacts, withProcesses } from './process-facts.ts'
import { beginReading, needles } from './read-events.ts'

/** One journal behind a table of osquery. */
interface EventedSource {
  subject: string
  /** Columns of the journal that rows are made of. */
  columns: readonly string[]
  /** Columns of the table that are the process's, each with its column of the process journal. */
  process?: Readonly<Record<string, string>>
  /**
   * Columns of the table by which events are found, each with the columns of the journal that it may show: as they are, or NULL. None
   * where it is always NULL.
   */
  shows?: Readonly<Record<string, readonly string[]>>
  /** Rows of an event; several or none. */
  rows(event: StoredEvent, process: ProcessFacts): Row<Columns>[]
}

/** Columns that osquery's evented tables share. */
export const eventColumns = {
  time: column.bigint('When it happened, in unix seconds.', { index: true }),
  uptime: column.bigint('Seconds since the boot; NULL for what happened before it.'),
  eid: column.text('Id of the event.', { hidden: true }),
}
const ourColumns = {
  sophos_pid: column.text('Process that did it, as `<pid>:<start>`, the key that joins every journal.', {
    index: true,
    hidden: true,
    pivotType: 'sophosPid',
  }),
  time_ms: positionColumns.time_ms,
}

/** Makes a table that osquery fills from events of its own, and we from the journals. */
export function eventedTable(
  table: Pick<Table, 'name' | 'description' | 'columns' | 'examples'> & { sources: readonly EventedSource[] },
): Table {
  const { name, description, columns, examples, sources } = table
  return defineTable<Columns>({
    name,
    description,
    platforms: ['linux'],
    estimatedRows: journalRows,
    narrowedBy: narrowing,
    columns: { ...handedOver(columns, sources), ...ourColumns },
    examples,
    *rows(host, scan) {
      const reading = beginReading(host, scan, name, [...new Set(sources.map(({ subject }) => subject))])
      if (!reading) return
      const uptime = uptimeOf(host, scan)
      const equals = needles(scan, ['sophos_pid'])
      for (const { subject, columns: read, process = {}, shows = {}, rows } of sources) {
        const patterns = [
          ...likePatterns(scan, Object.entries(shows)),
          ...equalTo(scan, Object.entries(shows)),
        ]
        if (patterns.some(({ columns }) => columns.length === 0)) continue
        const wanted = [...new Set([...read, 'sophos_pid'])]
        const events = reading.events({ subject, columns: wanted, equals, patterns })
        const asked = Object.keys(process).filter((one) => scan.uses(one))
        const facts = [...new Set(asked.map((one) => process[one]!))]
        for (const [event, of] of withProcesses(reading, events, facts)) {
          const { time, epoch, sequence, row } = event
          for (const made of rows(event, of)) {
            for (const one of asked) made[one] ??= of[process[one]!]
            made.time = Math.floor(time / 1000)
            made.time_ms = time
            made.uptime = uptime(time)
            made.eid = `${subject}-${epoch}-${sequence}`
            made.sophos_pid = row.sophos_pid
            yield made
          }
        }
      }
    },
  })
}

/** The columns by which events are found, so that the engine hands over what is said about them. */
function handedOver(columns: Columns, sources: readonly EventedSource[]): Columns {
  const names = new Set(sources.flatMap(({ shows = {} }) => Object.keys(shows)))
  const entries = Object.entries(columns)
  return Object.fromEntries(
    entries.map(([name, one]) => [name, names.has(name) ? { ...one, additional: true } : one]),
  )
}

const filetimeOf1970 = 116_444_736_000_000_000n

/** Makes the function that tells the seconds since the boot at a time in milliseconds. */
function uptimeOf(host: Host, scan: Scan): (time: number) => number | null {
  if (!scan.uses('uptime')) return () => null
  const boot = Number((host.bootFiletime() - filetimeOf1970) / 10_000n)
  return (time) => (time >= boot ? Math.floor((time - boot) / 1000) : null)
}
