import { ProcessPoller } from '../proc/process-poller.ts'
import { unprivilegedLimits } from '../proc/unprivileged.ts'
import { SocketOwners } from '../sockets/owners.ts'
import { readProcNet } from '../sockets/proc-net.ts'
import { SocketTracker } from '../sockets/socket-tracker.ts'
import { hostRoot, type Source } from '../source.ts'

const source: Source = {
  name: 'proc_poll',
  layers: ['process', 'network'],
  rank: 10,
  findsExisting: true,
  limits: [
    'It looks at /proc once a second: processes and connections that live shorter are missed, and so are exit codes and the bytes of connections.',
  ],

  async open(context, layers) {
    const root = hostRoot(context)
    const processes = layers.has('process') ? new ProcessPoller(root, context.emit) : undefined
    const sockets = layers.has('network')
      ? new SocketTracker(root, new SocketOwners(root), context.emit)
      : undefined
    let first = true
    return {
      fds: [],
      limits: { process: unprivilegedLimits, network: process.getuid?.() === 0 ? [] : socketLimits },
      tick() {
        processes?.poll()
        if (sockets) {
          for (const socket of readProcNet(root, 'self')) sockets.add(socket)
          sockets.finish(first)
        }
        first = false
      },
      lost: () => ({}),
      close() {},
    }
  },
}

/** Whose a socket is, only its owner and root may see. */
const socketLimits = [
  'The agent does not run as root: of connections of other users it cannot tell the process. Run it as root to see it.',
]

export default source
