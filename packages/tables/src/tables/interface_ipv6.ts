import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'
import { readValue } from '../system/read-value.ts'

const folder = '/proc/sys/net/ipv6/conf'

export default defineTable({
  name: 'interface_ipv6',
  description:
    'Settings of IPv6 for each network interface, for all at once (`all`) and for those to come (`default`).',
  platforms: ['linux'],
  columns: {
    interface: column.text('Name of the network interface, `all` or `default`.'),
    hop_limit: column.integer('Hops that a packet may take.'),
    forwarding_enabled: column.integer('1 when packets are passed on between interfaces, else 0.'),
    redirect_accept: column.integer('1 when redirects of routers are followed, else 0.'),
    rtadv_accept: column.integer(
      'Whether announcements of routers are taken: 0 no, 1 unless it forwards, 2 always.',
    ),
  },
  examples: ['SELECT interface FROM interface_ipv6 WHERE redirect_accept = 1'],
  estimatedRows: 10,

  *rows(host, scan) {
    for (const name of attempt(scan, () => host.list(folder)) ?? []) {
      const number = (file: string) => {
        const value = readValue(host, `${folder}/${name}/${file}`)
        return value === null ? null : Number(value)
      }
      yield {
        interface: name,
        hop_limit: number('hop_limit'),
        forwarding_enabled: number('forwarding'),
        redirect_accept: number('accept_redirects'),
        rtadv_accept: number('accept_ra'),
      }
    }
  },
})
