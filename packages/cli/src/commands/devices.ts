import { listEndpoints } from '@quarry/schema/endpoints/endpoints'
import { connect } from '../connect.ts'
import { defineCommand, option } from '../define-command.ts'
import { format } from '../output/formats.ts'
import { rowWriter } from '../output/row-writer.ts'

export default defineCommand({
  name: 'devices',
  description: 'Lists the enrolled devices.',
  arguments: [],
  options: {
    format,
    search: option.text('text', 'Only devices with this in their name, group, system or addresses.'),
  },
  examples: ['quarry devices', 'quarry devices --search web --format json'],
  async run(_args, { format, search }, terminal) {
    const call = await connect(terminal.env)
    const writer = rowWriter(format, terminal.out)
    writer.columns(['hostname', 'id', 'online', 'os', 'agent', 'lastSeenAt', 'addresses'])
    for (let page = 1; ; page++) {
      const { items, pages } = await call(listEndpoints, {
        query: { page, pageSize: 200, sort: 'hostname:asc', search },
      })
      for (const d of items) {
        const addresses = [...d.ipv4Addresses, ...d.ipv6Addresses].join(' ')
        writer.row([
          d.hostname,
          d.id,
          String(d.online),
          d.os.name,
          d.agent.version,
          d.lastSeenAt ?? null,
          addresses,
        ])
      }
      if (items.length < pages.size) break
    }
    writer.end()
    return 0
  },
})
