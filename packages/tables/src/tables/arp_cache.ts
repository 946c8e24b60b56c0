import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'

const PERMANENT = 0x4

export default defineTable({
  name: 'arp_cache',
  description: 'IPv4 neighbours on the local networks, with the hardware addresses that they answered with.',
  platforms: ['linux'],
  columns: {
    address: column.text('IPv4 address of the neighbour.', { pivotType: 'ipAddress' }),
    mac: column.text('Hardware address of the neighbour; all zeros while it has not answered.'),
    interface: column.text('Network interface that leads to it.'),
    permanent: column.text('1 when an administrator set the entry, 0 when it was learnt.'),
  },
  examples: ['SELECT mac, count(*) AS addresses FROM arp_cache GROUP BY mac HAVING addresses > 1'],
  estimatedRows: 50,

  *rows(host, scan) {
    const text = attempt(scan, () => host.read('/proc/net/arp')) ?? ''
    for (const line of text.split('\n').slice(1)) {
      const [address, , flags, mac, , device] = line.trim().split(/\s+/)
      if (!address || !flags || !device) continue
      yield { address, mac, interface: device, permanent: Number(flags) & PERMANENT ? '1' : '0' }
    }
  },
})
