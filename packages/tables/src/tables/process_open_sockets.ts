import { column, defineTable } from '../define-table.ts'
import { addressText, heldSockets, stateName } from '../proc/sockets.ts'

export default defineTable({
  name: 'process_open_sockets',
  description:
    'Network and unix sockets, one row for each process that holds one, sockets of containers included. A socket that no process holds has pid −1.',
  platforms: ['linux'],
  columns: {
    pid: column.integer('Process that holds the socket; −1 when none is known.', { index: true }),
    fd: column.bigint('Number of the descriptor in the process; −1 when no process is known.'),
    socket: column.bigint('Inode of the socket; 0 when it belongs to no process any more.'),
    family: column.integer('Address family: 2 is IPv4, 10 is IPv6, 1 is unix.'),
    protocol: column.integer(
      'IP protocol: 6 is TCP, 17 is UDP, 136 is UDP-Lite, 255 is raw, 1 and 58 are ping; 0 for unix.',
    ),
    local_address: column.text('Address of this machine’s end; empty for a unix socket.', {
      pivotType: 'ipAddress',
    }),
    remote_address: column.text('Address of the other end; all zeros without one, empty for a unix socket.', {
      pivotType: 'ipAddress',
    }),
    local_port: column.integer('Port of this machine’s end; of a raw socket the number of its IP protocol.'),
    remote_port: column.integer('Port of the other end; 0 without one.'),
    path: column.text('Path of a unix socket, beginning with `@` when it is abstract.', {
      pivotType: 'filePath',
    }),
    state: column.text(
      'State of a TCP connection, such as ESTABLISHED or LISTEN; empty for other protocols.',
    ),
    net_namespace: column.text('Inode of the network namespace that the socket lives in.'),
  },
  examples: [
    "SELECT pid, remote_address, remote_port FROM process_open_sockets WHERE state = 'ESTABLISHED'",
    'SELECT p.name, s.local_port FROM processes p JOIN process_open_sockets s ON s.pid = p.pid WHERE s.protocol = 17',
  ],
  estimatedRows: 500,

  *rows(host, scan) {
    const usesLocal = scan.uses('local_address')
    const usesRemote = scan.uses('remote_address')
    for (const { pid, fd, socket } of heldSockets(host, scan, scan.integers('pid'))) {
      yield {
        pid,
        fd,
        socket: socket.inode,
        family: socket.family,
        protocol: socket.protocol,
        local_address: usesLocal ? addressText(socket.family, socket.localHex) : null,
        remote_address: usesRemote ? addressText(socket.family, socket.remoteHex) : null,
        local_port: socket.localPort,
        remote_port: socket.remotePort,
        path: socket.path,
        state: stateName(socket),
        net_namespace: socket.namespace,
      }
    }
  },
})
