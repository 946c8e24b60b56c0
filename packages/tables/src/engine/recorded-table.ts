import { type Columns, defineTable, type Row, type Scan, type Table } from '../define-table.ts'
import type { Host } from '../host/host.ts'

/** What a table of a test was asked for, one entry for each scan. */
interface RecordedScan {
  constraints: Record<string, unknown[]>
  values: Record<string, unknown>
  uses: string[]
}

/** A table for tests: gives its rows whatever is asked, so that only SQLite filters, and keeps what each scan saw. */
export function recordedTable<const C extends Columns>(
  name: string,
  columns: C,
  rows: Iterable<Row<C>> | ((scan: Scan<C>) => Iterable<Row<C>>),
  more: Partial<Pick<Table<C>, 'aliases' | 'estimatedRows' | 'narrowedBy'>> = {},
) {
  const scans: RecordedScan[] = []
  const table = defineTable<C>({
    name,
    description: 'A table of a test.',
    platforms: ['linux'],
    columns,
    examples: [],
    ...more,
    rows(_host: Host, scan: Scan<C>) {
      const names = Object.keys(columns)
      const filled = <T>(of: (name: string) => T | undefined) =>
        Object.fromEntries(
          names.map((one) => [one, of(one)] as const).filter(([, value]) => value !== undefined),
        )
      scans.push({
        constraints: filled((one) => {
          const found = scan.constraints(one)
          return found.length > 0 ? found.map(({ op, value }) => [op, value]) : undefined
        }) as RecordedScan['constraints'],
        values: filled((one) => scan.values(one)),
        uses: names.filter((one) => scan.uses(one)),
      })
      return typeof rows === 'function' ? rows(scan) : rows
    },
  })
  return { table: table as unknown as Table, scans }
}
