import { column } from '@quarry/tables/define-table'
import type { KeptValue } from '../store/types.ts'
import { pidOf } from './read/derived-columns.ts'
import { eventColumns, eventedTable } from './read/evented-table.ts'

const process = { path: 'path' }
const ends = ['source', 'source_port', 'destination', 'destination_port', 'protocol', 'direction'] as const

/** Which end is whose depends on the direction. */
const either = ['source', 'destination']
const shows = { local_address: either, remote_address: either }

export default eventedTable({
  name: 'socket_events',
  description:
    'Connections opened, accepted and closed, and sockets that listen, under the names that osquery gives them. See sophos_ip_journal, sophos_network_journal and quarry_listen_journal.',
  columns: {
    action: column.text('`connect`, `accept`, `listen` or `close`.'),
    pid: column.bigint('Process id.'),
    path: column.text('Path of the process’s program.', { pivotType: 'filePath' }),
    fd: column.text('File descriptor of the socket; not recorded, so NULL.'),
    auid: column.bigint('User of the audit session; not recorded, so NULL.'),
    family: column.integer('2 for IPv4, 10 for IPv6.'),
    protocol: column.integer('6 TCP, 17 UDP.', { hidden: true }),
    local_address: column.text('The process’s own address.', { pivotType: 'ipAddress' }),
    remote_address: column.text('Address of the other side.', { pivotType: 'ipAddress' }),
    local_port: column.integer('The process’s own port.'),
    remote_port: column.integer('Port of the other side.'),
    socket: column.text('Path of a local socket; not recorded, so NULL.', { hidden: true }),
    time: eventColumns.time,
    uptime: eventColumns.uptime,
    eid: eventColumns.eid,
    success: column.integer('Always 1: what failed is not recorded.', { hidden: true }),
    status: column.text('Always `succeeded`: what failed is not recorded.'),
  },
  examples: [
    "SELECT time, path, remote_address, remote_port FROM socket_events WHERE action = 'connect' AND time > unixepoch() - 3600",
  ],
  sources: [
    {
      subject: 'Ip',
      columns: ends,
      process,
      shows,
      rows: ({ row }) => [{ action: row.direction === 'inbound' ? 'accept' : 'connect', ...sides(row) }],
    },
    {
      subject: 'Network',
      columns: ends,
      process,
      shows,
      rows: ({ row }) => [{ action: 'close', ...sides(row) }],
    },
    {
      subject: 'Listen',
      columns: ['event_type', 'address', 'port', 'protocol'],
      process,
      shows: { local_address: ['address'], remote_address: [] },
      rows: ({ row: { event_type, address, port, protocol, sophos_pid } }) => [
        {
          action: event_type === 0 ? 'listen' : 'close',
          pid: pidOf(sophos_pid),
          family: family(address),
          protocol,
          local_address: address,
          local_port: port,
          ...outcome,
        },
      ],
    },
  ],
})

const outcome = { success: 1, status: 'succeeded' }

/** The ends of a connection as its process sees them: an accepted one came from the other side. */
function sides(row: Record<string, KeptValue>) {
  const { sophos_pid, source, source_port, destination, destination_port, protocol, direction } = row
  const here = { address: source, port: source_port }
  const there = { address: destination, port: destination_port }
  const [local, remote] = direction === 'inbound' ? [there, here] : [here, there]
  return {
    pid: pidOf(sophos_pid),
    family: family(local.address ?? remote.address),
    protocol,
    local_address: local.address,
    local_port: local.port,
    remote_address: remote.address,
    remote_port: remote.port,
    ...outcome,
  }
}

function family(address: KeptValue | undefined): number | null {
  if (typeof address !== 'string') return null
  return address.includes(':') ? 10 : 2
}
