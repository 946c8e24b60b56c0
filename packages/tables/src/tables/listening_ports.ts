import { column, defineTable } from '../define-table.ts'
import { FAMILY, type Socket } from '../proc/socket-files.ts'
import { addressText, heldSockets, stateName } from '../proc/sockets.ts'

/** TCP sockets that listen, other IP sockets without a fixed other end, and unix sockets that listen. */
function listens(socket: Socket): boolean {
  if (socket.family === FAMILY.unix) return socket.state === 1
  if (socket.protocol === 6) return stateName(socket) === 'LISTEN'
  return socket.remotePort === 0 && /^0*$/.test(socket.remoteHex)
}

export default defineTable({
  name: 'listening_ports',
  description:
    'Ports and unix sockets on which a process waits for others, one row for each process that holds one, containers included.',
  platforms: ['linux'],
  columns: {
    pid: column.integer('Process that listens; −1 when none is known, as for the kernel’s own ports.', {
      index: true,
    }),
    port: column.integer('Port that it listens on; 0 for a unix socket, the IP protocol of a raw one.'),
    protocol: column.integer(
      'IP protocol: 6 is TCP, 17 is UDP, 136 is UDP-Lite, 255 is raw, 1 and 58 are ping; 0 for unix.',
    ),
    family: column.integer('Address family: 2 is IPv4, 10 is IPv6, 1 is unix.'),
    address: column.text('Address that it listens on, all zeros for every one; empty for a unix socket.', {
      pivotType: 'ipAddress',
    }),
    fd: column.bigint('Number of the descriptor in the process; −1 when no process is known.'),
    socket: column.bigint('Inode of the socket.'),
    path: column.text('Path of a unix socket, beginning with `@` when it is abstract.', {
      pivotType: 'filePath',
    }),
    net_namespace: column.text('Inode of the network namespace that the socket lives in.'),
  },
  examples: [
    'SELECT pid, address, port FROM listening_ports WHERE protocol = 6',
    "SELECT p.name, l.port FROM listening_ports l JOIN processes p USING (pid) WHERE l.address NOT IN ('127.0.0.1', '::1')",
  ],
  estimatedRows: 100,

  *rows(host, scan) {
    for (const { pid, fd, socket } of heldSockets(host, scan, scan.integers('pid'))) {
      if (!listens(socket)) continue
      yield {
        pid,
        port: socket.localPort,
        protocol: socket.protocol,
        family: socket.family,
        address: addressText(socket.family, socket.localHex),
        fd,
        socket: socket.inode,
        path: socket.path,
        net_namespace: socket.namespace,
      }
    }
  },
})
