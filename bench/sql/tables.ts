import { column, defineTable, type Table } from '../../packages/tables/src/define-table.ts'

const columns = {
  id: column.bigint('Number of the row.', { index: true }),
  name: column.text('Name of the row.'),
}
const row = (id: number) => ({ id, name: `row ${id}` })

/** A table that makes its rows as they are asked for: all of them, or those of an index. */
const counted = (name: string, count: number) =>
  defineTable({
    name,
    description: 'Rows made for a benchmark.',
    platforms: ['linux'],
    columns,
    examples: [],
    estimatedRows: count,
    *rows(_host, scan) {
      const ids = scan.integers('id')
      if (ids) for (const id of ids) yield row(id)
      else for (let id = 0; id < count; id++) yield row(id)
    },
  }) as unknown as Table

/** Tables for `npm run bench -- sql`. */
export const allTables = async () => [
  counted('million', 1e6),
  counted('left500', 500),
  counted('right500', 500),
]
