import { column, defineTable } from '../define-table.ts'
import { containersOf } from '../docker/containers.ts'
import { entriesAt, numberAt, textAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_container_networks',
  description: 'Networks that containers of Docker are connected to, with their addresses there.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the container.', { index: true }),
    name: column.text('Name of the network.', { index: true }),
    network_id: column.text('Id of the network.'),
    endpoint_id: column.text('Id of the container’s end in the network.'),
    gateway: column.text('IPv4 gateway.', { pivotType: 'ipAddress' }),
    ip_address: column.text('IPv4 address of the container; empty when it does not run.', {
      pivotType: 'ipAddress',
    }),
    ip_prefix_len: column.integer('Length of the IPv4 prefix in bits.'),
    ipv6_gateway: column.text('IPv6 gateway.', { pivotType: 'ipAddress' }),
    ipv6_address: column.text('IPv6 address of the container; empty for none.', { pivotType: 'ipAddress' }),
    ipv6_prefix_len: column.integer('Length of the IPv6 prefix in bits.'),
    mac_address: column.text('Hardware address of the container’s interface.'),
  },
  examples: [
    'SELECT c.name, n.name AS network, n.ip_address FROM docker_containers c JOIN docker_container_networks n USING (id)',
  ],
  estimatedRows: 20,

  *rows(host, scan) {
    for (const { id, listed } of containersOf(host, scan))
      for (const [name, network] of entriesAt(listed, 'NetworkSettings', 'Networks')) {
        const text = (field: string) => textAt(network, field)
        yield {
          id,
          name,
          network_id: text('NetworkID'),
          endpoint_id: text('EndpointID'),
          gateway: text('Gateway'),
          ip_address: text('IPAddress'),
          ip_prefix_len: numberAt(network, 'IPPrefixLen'),
          ipv6_gateway: text('IPv6Gateway'),
          ipv6_address: text('GlobalIPv6Address'),
          ipv6_prefix_len: numberAt(network, 'GlobalIPv6PrefixLen'),
          mac_address: text('MacAddress'),
        }
      }
  },
})
