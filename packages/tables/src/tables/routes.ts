import { column, defineTable } from '../define-table.ts'
import { parseIpv6Routes, parseRoutes, routeType } from '../net/routes.ts'
import { attempt } from '../proc/attempt.ts'

export default defineTable({
  name: 'routes',
  description: 'Routes of the machine: the main table of IPv4 and every table of IPv6.',
  platforms: ['linux'],
  columns: {
    destination: column.text('Network that the route leads to; 0.0.0.0 or :: for the default route.', {
      pivotType: 'ipAddress',
    }),
    netmask: column.integer('Leading bits of the network.'),
    gateway: column.text('Router that packets are sent to; empty where the network is reached directly.', {
      pivotType: 'ipAddress',
    }),
    source: column.text('Address that packets leave with; always empty, as the kernel’s files do not tell.'),
    flags: column.integer('Flags of the kernel: 1 in use, 2 by a gateway, 4 to one host, 512 rejected.'),
    interface: column.text('Network interface that the route goes through.'),
    mtu: column.integer('Greatest packet in bytes where the route sets one, else 0.'),
    metric: column.integer('Cost of the route; of two to the same network the cheaper is taken.'),
    type: column.text(
      'What the route is for: gateway sends on, local is the machine itself; else anycast or other.',
      {
        additional: true,
      },
    ),
    hopcount: column.integer('Most hops that a packet may take where the route sets one; always 0 on Linux.'),
  },
  examples: ['SELECT gateway, interface FROM routes WHERE netmask = 0'],
  estimatedRows: 50,

  *rows(host, scan) {
    const read = (path: string) => attempt(scan, () => host.read(path, 256 << 20)) ?? ''
    const routes = [...parseRoutes(read('/proc/net/route')), ...parseIpv6Routes(read('/proc/net/ipv6_route'))]
    for (const route of routes) {
      const { prefix, ...row } = route
      yield { ...row, netmask: prefix, source: '', type: routeType(route), hopcount: 0 }
    }
  },
})
