import type { SensorEvent } from '@quarry/schema/events'
import { sentence } from '../load-sources.ts'
import { DestroyedSockets } from '../netlink/destroyed-sockets.ts'
import { InetDiag } from '../netlink/inet-diag.ts'
import { listSockets } from '../sockets/diag-tracker.ts'
import { FlowBook } from '../sockets/flow-book.ts'
import { SocketOwners } from '../sockets/owners.ts'
import { SocketTracker } from '../sockets/socket-tracker.ts'
import { hostRoot, type Source, SourceUnavailable } from '../source.ts'

/** A listing walks through the kernel's whole table of connections, so not at every tick. */
const TICKS_BETWEEN = 2

const source: Source = {
  name: 'inet_diag',
  layers: ['network'],
  rank: 20,
  findsExisting: true,
  limits: [
    'It lists sockets every 2 seconds: connections that live shorter are told without their process, and listening sockets that do are missed.',
    'Only connections of the network namespace that the agent runs in are seen: those inside of containers are not.',
    'Bytes of UDP are not known.',
  ],

  async open(context) {
    const root = hostRoot(context)
    const diag = openDiag()
    const destroyed = openDestroyed()
    const book = new FlowBook()
    const tracker = new SocketTracker(root, new SocketOwners(root), (event: SensorEvent) => {
      if (event.type === 'connection') book.note(event)
      context.emit(event)
    })
    let ticks = 0
    return {
      fds: typeof destroyed === 'string' ? [] : [destroyed.fd],
      limits: typeof destroyed === 'string' ? { network: [destroyed] } : {},
      drain() {
        if (typeof destroyed === 'string') return false
        return destroyed.drain((socket) => {
          for (const event of book.end(socket, Date.now(), (end) => tracker.isServed(end)))
            context.emit(event)
        })
      },
      tick() {
        if (ticks++ % TICKS_BETWEEN === 0) listSockets(diag, tracker, 'all', ticks === 1)
      },
      lost() {
        const network = typeof destroyed === 'string' ? 0 : destroyed.takeLost()
        return network > 0 ? { network } : {}
      },
      close() {
        diag.close()
        if (typeof destroyed !== 'string') destroyed.close()
      },
    }
  },
}

function openDiag(): InetDiag {
  const diag = new InetDiag()
  try {
    for (const _ of diag.dump(6, 0, () => false));
    return diag
  } catch (error) {
    diag.close()
    throw new SourceUnavailable(
      `The kernel lists no sockets by inet_diag; it needs the kernel module tcp_diag (modprobe tcp_diag udp_diag): ${sentence(error)}`,
    )
  }
}

/** The sockets as they end, or a sentence why not. */
function openDestroyed(): DestroyedSockets | string {
  try {
    return new DestroyedSockets()
  } catch (error) {
    return `Ends of connections and their bytes are not seen; that needs the right CAP_NET_ADMIN (run the agent as root). ${sentence(error)}`
  }
}

export default source
