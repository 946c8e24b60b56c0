import type { SensorLayer } from '@quarry/schema/events'
import { Assembler, type AuditEvent } from '../audit/assemble.ts'
import { openFeed } from '../audit/feed.ts'
import { NetworkLayer } from '../audit/network-layer.ts'
import { ProcessLayer } from '../audit/process-layer.ts'
import { restoreAudit } from '../audit/put-back.ts'
import { numberField } from '../audit/record.ts'
import { type Call, callOf, socketcalls } from '../audit/syscalls.ts'
import { HEADER } from '../netlink/netlink-socket.ts'
import { ProcessTable } from '../proc/process-table.ts'
import { hostRoot, type OpenSource, type Source, type SourceContext } from '../source.ts'

const BATCH = 1000
const LARGEST_RECORD = 16384
const PRUNE_TICKS = 60

const calls: Partial<Record<SensorLayer, readonly Call[]>> = {
  process: ['exec', 'exit'],
  network: ['connect', 'accept', 'bind'],
}

const source: Source = {
  name: 'audit',
  layers: ['process', 'network'],
  rank: 50,
  limits: ['CPU time and memory of ended processes are not known, nor are the bytes of UDP.'],

  async open(context, layers) {
    const wanted = new Set([...layers].flatMap((layer) => calls[layer] ?? []))
    const feed = openFeed(context, layers, wanted)
    try {
      return run(context, layers, feed)
    } catch (error) {
      feed.close()
      throw error
    }
  },

  restore: (context) => restoreAudit(hostRoot(context), context.stateDir),
}

function run(
  context: SourceContext,
  layers: ReadonlySet<SensorLayer>,
  feed: ReturnType<typeof openFeed>,
): OpenSource {
  const root = hostRoot(context)
  const serves = (layer: SensorLayer) => layers.has(layer) && !feed.refused[layer]
  const table = new ProcessTable(root)
  const processes = new ProcessLayer({
    root,
    table,
    emit: context.emit,
    wallMillis: context.wallMillis,
    ticksAt: (at) => Math.floor((at - context.wallMillis(0n)) / 10),
    tells: serves('process'),
  })
  const network = serves('network') ? new NetworkLayer(root, table, context.emit) : undefined
  const assembler = new Assembler((event) => take(event, processes, network))
  const buffer = Buffer.alloc(LARGEST_RECORD)
  let before = feed.query.status().lost
  let overruns = 0
  let ticks = 0

  /** Returns whether there is more. */
  const readRecords = () => {
    for (let count = 0; count < BATCH; count++) {
      const received = feed.control.socket.receive(buffer)
      if (received === 'nothing') return false
      if (received === 'overrun') overruns++
      else if (received > HEADER)
        assembler.add(buffer.readUInt16LE(4), buffer.toString('latin1', HEADER, received))
    }
    return true
  }

  return {
    fds: [feed.control.socket.fd, ...processes.fds, ...(network ? [network.fd] : [])],
    refused: feed.refused,
    limits: { process: [...feed.limits, ...processes.limits], network: feed.limits },
    drain() {
      // Forks first: what is recorded of a process comes after them.
      const more = [processes.drain(), readRecords(), network?.drain() ?? false]
      if (more[1] === false) processes.settle()
      network?.settle()
      return more.includes(true)
    },
    tick(now) {
      assembler.expire()
      processes.settle()
      processes.tick(now)
      network?.tick()
      if (++ticks % PRUNE_TICKS === 0) table.prune()
    },
    lost() {
      const total = feed.query.status().lost
      const records = ((total - before) >>> 0) + overruns
      before = total
      overruns = 0
      const lost: Partial<Record<SensorLayer, number>> = {}
      if (serves('process')) lost.process = records + processes.takeLost()
      if (network) lost.network = records + network.takeLost()
      return lost
    },
    close() {
      processes.close()
      network?.close()
      feed.close()
    },
  }
}

function take(event: AuditEvent, processes: ProcessLayer, network: NetworkLayer | undefined) {
  const arch = numberField(event.syscall, 'arch', 16)
  const number = numberField(event.syscall, 'syscall')
  let call = arch === undefined || number === undefined ? undefined : callOf(arch, number)
  if (call === 'socketcall') call = socketcalls[numberField(event.syscall, 'a0', 16) ?? 0]
  if (call === 'exec' || call === 'exit') processes.take(event, call)
  else if (call) network?.take(event, call)
}

export default source
