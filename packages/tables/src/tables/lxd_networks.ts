import { column, defineTable } from '../define-table.ts'
import { joinedAt, numberAt, textAt } from '../json/read-json.ts'
import { askLxd, listLxd } from '../lxd/ask-lxd.ts'

const fromState = [
  'bytes_received',
  'bytes_sent',
  'packets_received',
  'packets_sent',
  'hwaddr',
  'state',
  'mtu',
] as const

export default defineTable({
  name: 'lxd_networks',
  description: 'Networks that LXD sees or made for its instances.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the network.'),
    type: column.text('Kind of the network, such as bridge or physical.'),
    managed: column.integer('1 when LXD made it, else 0.'),
    ipv4_address: column.text('IPv4 address and length of its prefix; empty for none.'),
    ipv6_address: column.text('IPv6 address and length of its prefix; empty for none.'),
    used_by: column.text('What uses it, as paths of LXD separated by commas.'),
    bytes_received: column.bigint('Bytes received.'),
    bytes_sent: column.bigint('Bytes sent.'),
    packets_received: column.bigint('Packets received.'),
    packets_sent: column.bigint('Packets sent.'),
    hwaddr: column.text('MAC address.'),
    state: column.text('Whether it is up or down.'),
    mtu: column.integer('Largest packet in bytes.'),
  },
  examples: ['SELECT name, type, ipv4_address, used_by FROM lxd_networks WHERE managed = 1'],
  estimatedRows: 5,

  *rows(host, scan) {
    const asksState = fromState.some((name) => scan.uses(name))
    for (const one of listLxd(host, scan, 'networks')) {
      const name = textAt(one, 'name') ?? ''
      const state = asksState ? askLxd(host, scan, `networks/${encodeURIComponent(name)}/state`) : undefined
      yield {
        name,
        type: textAt(one, 'type'),
        managed: numberAt(one, 'managed'),
        ipv4_address: textAt(one, 'config', 'ipv4.address') ?? '',
        ipv6_address: textAt(one, 'config', 'ipv6.address') ?? '',
        used_by: joinedAt(one, 'used_by').replaceAll(', ', ','),
        bytes_received: numberAt(state, 'counters', 'bytes_received'),
        bytes_sent: numberAt(state, 'counters', 'bytes_sent'),
        packets_received: numberAt(state, 'counters', 'packets_received'),
        packets_sent: numberAt(state, 'counters', 'packets_sent'),
        hwaddr: textAt(state, 'hwaddr'),
        state: textAt(state, 'state'),
        mtu: numberAt(state, 'mtu'),
      }
    }
  },
})
