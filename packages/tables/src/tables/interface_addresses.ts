import { column, defineTable } from '../define-table.ts'
import { ipv4Mask, ipv6Mask } from '../net/addresses.ts'
import { addressesByProc } from '../net/proc-addresses.ts'
import { attempt } from '../proc/attempt.ts'

export default defineTable({
  name: 'interface_addresses',
  description: 'Addresses of the network interfaces.',
  platforms: ['linux'],
  columns: {
    interface: column.text('Name of the network interface.'),
    address: column.text('IPv4 or IPv6 address.', { pivotType: 'ipAddress' }),
    mask: column.text('Mask of the network that the address lies in.'),
    broadcast: column.text('Address that reaches the whole network; empty without one.'),
    point_to_point: column.text('Address at the other end of a point-to-point link; empty without one.'),
    type: column.text(
      'How the address came to be; always unknown on Linux, where the kernel does not keep it.',
    ),
  },
  examples: ["SELECT interface, address FROM interface_addresses WHERE interface <> 'lo'"],
  estimatedRows: 10,

  *rows(host, scan) {
    let addresses = host.ports.interfaceAddresses?.()
    if (!addresses) {
      scan.warn('Without the ip tool, addresses of interfaces that are down are left out.', 'partial')
      addresses = attempt(scan, () => addressesByProc(host)) ?? []
    }
    for (const { interface: name, address, prefix, broadcast, peer } of addresses) {
      yield {
        interface: name,
        address,
        mask: address.includes(':') ? ipv6Mask(prefix) : ipv4Mask(prefix),
        broadcast,
        point_to_point: peer,
        type: 'unknown',
      }
    }
  },
})
