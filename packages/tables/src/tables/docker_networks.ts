import { column, defineTable } from '../define-table.ts'
import { networksOf, secondsOf } from '../docker/containers.ts'
import { at, listAt, numberAt, textAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_networks',
  description: 'Networks that Docker has made for its containers.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the network.', { index: true }),
    name: column.text('Name of the network.'),
    driver: column.text('Driver of the network, such as bridge or overlay.'),
    created: column.bigint('Creation in unix seconds.'),
    enable_ipv6: column.integer('1 when the network has IPv6, else 0.'),
    subnet: column.text('First block of addresses of the network; empty for none.'),
    gateway: column.text('Gateway of that block; empty for none.', { pivotType: 'ipAddress' }),
  },
  examples: ['SELECT name, driver, subnet FROM docker_networks'],
  estimatedRows: 5,

  *rows(host, scan) {
    for (const { id, listed } of networksOf(host, scan)) {
      const [block] = listAt(listed, 'IPAM', 'Config')
      yield {
        id,
        name: textAt(listed, 'Name'),
        driver: textAt(listed, 'Driver'),
        created: secondsOf(at(listed, 'Created')),
        enable_ipv6: numberAt(listed, 'EnableIPv6'),
        subnet: textAt(block, 'Subnet') ?? '',
        gateway: textAt(block, 'Gateway') ?? '',
      }
    }
  },
})
