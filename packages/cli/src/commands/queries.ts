import { listQueries } from '@quarry/schema/endpoints/queries'
import { connect } from '../connect.ts'
import { defineCommand, option } from '../define-command.ts'
import { format } from '../output/formats.ts'
import { rowWriter } from '../output/row-writer.ts'

export default defineCommand({
  name: 'queries',
  description: 'Lists the shipped and the custom queries.',
  arguments: [],
  options: { format, search: option.text('words', 'Only queries with these words in name or description.') },
  examples: ['quarry queries', 'quarry queries --search "network connection"'],
  async run(_args, { format, search }, terminal) {
    const call = await connect(terminal.env)
    const writer = rowWriter(format, terminal.out)
    writer.columns(['code', 'name', 'variables', 'score'])
    for (let page = 1; ; page++) {
      const { items, pages } = await call(listQueries, { query: { page, pageSize: 200, search } })
      for (const query of items)
        writer.row([
          query.code,
          query.name,
          query.variables.map((v) => v.name).join(', '),
          query.performance.score,
        ])
      if (items.length < pages.size) break
    }
    writer.end()
    return 0
  },
})
