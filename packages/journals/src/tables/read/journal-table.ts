import type { Journal, JournalColumns } from '@quarry/schema/define-journal'
import { type Columns, column, defineTable, type Scan, type Table } from '@quarry/tables/define-table'
import type { KeptValue, StoredEvent } from '../../store/types.ts'
import { derivedColumns } from './derived-columns.ts'
import { lookedUp } from './looked-up.ts'
import { patterns, shapeOf } from './patterns.ts'
import { endColumns, withEnds } from './process-ends.ts'
import { beginReading, needles } from './read-events.ts'

/** The column that every journal begins with, and those that it ends with. */
export const timeColumn = column.bigint('When it happened, in unix seconds.', { index: true })
export const positionColumns = {
  time_ms: column.bigint('When it happened, in milliseconds since 1970.', { index: true, hidden: true }),
  epoch: column.bigint('Which folder of journals it was written to; a later one has a higher number.', {
    hidden: true,
  }),
  sequence: column.bigint('Its place in the journal, rising with each event.', { hidden: true }),
}

/** About how many events a journal holds, for the order in which SQLite joins. */
export const journalRows = 1_000_000
/** What makes the reading of a journal cheap. */
export const narrowing = ['time', 'time_ms', 'sophos_pid']

/** Makes the table of a journal. */
export function journalTable({ table: name, subject, description, examples, columns }: Journal): Table {
  const kept = Object.keys(columns).filter((one) => columns[one]!.kept !== undefined)
  const indexed = kept.filter((one) => columns[one]!.index)
  return defineTable<Columns>({
    name,
    description,
    platforms: ['linux'],
    estimatedRows: journalRows,
    narrowedBy: narrowing,
    continues: true,
    columns: {
      time: timeColumn,
      ...tableColumns(columns),
      ...positionColumns,
    },
    examples,
    rows(host, scan) {
      const reading = beginReading(host, scan, name, [subject])
      if (!reading) return []
      const ends = columns.end_time !== undefined && (scan.uses('end_time') || scan.uses('exit_code'))
      const derived = usedDerived(scan, columns)
      const read = new Set(kept.filter((one) => scan.uses(one)))
      for (const { from } of derived.values()) read.add(from)
      for (const one of ends ? endColumns : []) read.add(one)
      const wanted = [...read]
      const like = patterns(
        scan,
        indexed.map((one) => [one, [one]]),
      )
      const shape = [reading.range, wanted, shapeOf(like)]
      return lookedUp(scan, reading.ahead, shape, needles(scan, indexed), (equals) => {
        const events = reading.events({ subject, columns: wanted, equals, patterns: like })
        return asRows(ends ? withEnds(reading, events) : events, derived)
      })
    },
  })
}

/** The columns as a table has them. SQL does not tell `cmdLine` from `cmdline`: of such names one is enough. */
function tableColumns(columns: JournalColumns): Columns {
  const taken = new Set(Object.keys(columns).map((name) => name.toLowerCase()))
  const fresh = (name: string) => !taken.has(name.toLowerCase()) && taken.add(name.toLowerCase())
  return Object.fromEntries(
    Object.entries(columns).map(([name, { kept: _, aliases = [], ...column }]) => {
      const others = aliases.filter(fresh)
      return [name, others.length > 0 ? { ...column, aliases: others } : column]
    }),
  )
}

function usedDerived(scan: Scan, columns: JournalColumns) {
  const used = Object.keys(columns).filter((one) => columns[one]!.kept === undefined && scan.uses(one))
  return new Map(used.flatMap((one) => (derivedColumns[one] ? [[one, derivedColumns[one]] as const] : [])))
}

/** Completes the row of each event by its time, its place and what is worked out. */
function* asRows(
  events: Iterable<StoredEvent>,
  derived: ReturnType<typeof usedDerived>,
): Generator<Record<string, KeptValue>> {
  for (const { time, epoch, sequence, row } of events) {
    for (const [name, { from, of }] of derived) row[name] = of(row[from] ?? null)
    row.time = Math.floor(time / 1000)
    row.time_ms = time
    row.epoch = epoch
    row.sequence = sequence
    yield row
  }
}
