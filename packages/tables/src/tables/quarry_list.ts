import { column, defineTable } from '../define-table.ts'

export default defineTable({
  name: 'quarry_list',
  description: 'Values of the lists that whoever asks has sent along with the query, one row for each value.',
  platforms: ['linux'],
  columns: {
    list: column.text('Name of the list: that of the variable that it was given for.', { index: true }),
    value: column.text('One value.'),
  },
  examples: ["SELECT path FROM processes WHERE path IN (SELECT value FROM quarry_list WHERE list = 'path')"],
  estimatedRows: 100,

  *rows(_host, scan) {
    for (const list of scan.texts('list') ?? Object.keys(scan.lists)) {
      if (!Object.hasOwn(scan.lists, list)) continue
      for (const value of scan.lists[list]!) yield { list, value }
    }
  },
})
