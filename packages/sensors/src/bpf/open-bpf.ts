import type { SensorLayer } from '@quarry/schema/events'
import { BoundedMap } from '../bounded-map.ts'
import { createDnsJoin } from '../dns/join.ts'
import { hostRoot, type OpenSource, type SourceContext } from '../source.ts'
import { blindSpots } from './blind-spots.ts'
import { DatagramFlows } from './datagram-flows.ts'
import { DatagramListeners } from './datagram-listeners.ts'
import { takeDns } from './dns-events.ts'
import { type BpfObject, openObject } from './open-object.ts'
import { ProcessEvents } from './process-events.ts'
import { atOf, kind, kindOf, pidOf, pointer, socketAt, u16 } from './records.ts'
import { Ring, type RingRecord } from './ring.ts'
import { type TcpContext, tcpEvent } from './tcp-events.ts'

/** Records handed on in one turn: some 10 ms of work. */
const TURN = 2000
const UDP = 17

/** What each program of the object is for, and what is missing without it. */
const programs: Record<string, { layers: SensorLayer[]; missing: string }> = {
  on_exec: { layers: ['process'], missing: 'Starts of programs are not seen' },
  on_fork: { layers: ['process'], missing: 'Processes that start no program of their own are not seen' },
  // Also of use to the network: what a process had open ends with it.
  on_exit: { layers: ['process', 'network', 'dns'], missing: 'Ends of processes are not seen' },
  on_state: { layers: ['network'], missing: 'Connections of TCP that a process opened are not seen' },
  on_call: {
    layers: ['network', 'dns'],
    missing: 'Accepted connections, listening sockets, UDP and DNS are not seen',
  },
}
/** Without this program a layer is worth nothing here, and the next source is asked. */
const needed: Partial<Record<SensorLayer, string>> = {
  process: 'on_exec',
  network: 'on_state',
  dns: 'on_call',
}

/** Loads the programs for the given layers and reads what they tell. @throws SourceUnavailable */
export function openBpf(context: SourceContext, layers: ReadonlySet<SensorLayer>): OpenSource {
  const wanted = Object.entries(programs).filter(([, program]) =>
    program.layers.some((layer) => layers.has(layer)),
  )
  const object = openObject(wanted.map(([name]) => name))
  try {
    return new Reader(context, layers, object)
  } catch (error) {
    object.close()
    throw error
  }
}

class Reader implements OpenSource {
  readonly fds: readonly number[]
  readonly limits: NonNullable<OpenSource['limits']> = blindSpots()
  readonly refused: NonNullable<OpenSource['refused']> = {}
  readonly #context: SourceContext
  readonly #layers: ReadonlySet<SensorLayer>
  readonly #object: BpfObject
  readonly #ring: Ring
  readonly #processes: ProcessEvents
  readonly #flows: DatagramFlows
  readonly #listeners: DatagramListeners
  readonly #dns: ReturnType<typeof createDnsJoin>
  readonly #wall: (micros: number) => number
  readonly #tcp: TcpContext
  readonly #lostBefore = [0, 0, 0]

  constructor(context: SourceContext, layers: ReadonlySet<SensorLayer>, object: BpfObject) {
    this.#context = context
    this.#layers = layers
    this.#object = object
    const fd = object.map('ring')
    this.fds = [fd]
    this.#ring = new Ring(fd, object.ringBytes)
    this.#wall = (micros) => context.wallMillis(BigInt(Math.round(micros)) * 1000n)
    const emit: SourceContext['emit'] = (event) => context.emit(event)
    const network: SourceContext['emit'] = layers.has('network') ? emit : () => undefined
    this.#tcp = {
      wallMillis: this.#wall,
      openedAt: Date.now(),
      root: hostRoot(context),
      served: new BoundedMap(1000),
    }
    this.#processes = new ProcessEvents({
      emit,
      isOwn: (pid) => context.isOwn(pid),
      wallMillis: this.#wall,
      now: () => performance.now(),
    })
    this.#flows = new DatagramFlows({
      libbpf: object.libbpf,
      fd: object.map('flows'),
      emit: network,
      wallMillis: this.#wall,
      bootMillis: () => this.#bootMillis(),
    })
    this.#listeners = new DatagramListeners(network, hostRoot(context))
    this.#dns = createDnsJoin(emit)
    this.#tellRefused()
  }

  drain(): boolean {
    return this.#ring.drain(TURN, (record) => this.#take(record))
  }

  tick(now: number): void {
    this.#processes.tick()
    this.#flows.tick()
    this.#listeners.tick(now)
    this.#dns.tick(now)
  }

  lost(): Partial<Record<SensorLayer, number>> {
    const { libbpf } = this.#object
    const fd = this.#object.map('lost')
    const key = Buffer.alloc(4)
    const value = Buffer.alloc(8)
    const counts = this.#lostBefore.map((before, layer) => {
      key.writeUInt32LE(layer)
      if (libbpf.lookup(fd, key, value) !== 0) return 0
      this.#lostBefore[layer] = Number(value.readBigUInt64LE())
      return this.#lostBefore[layer] - before
    })
    const [process = 0, network = 0, dns = 0] = counts
    return { process, network: network + this.#flows.takeLost(), dns }
  }

  close(): void {
    // Programs first: nothing is written any more when the ring goes.
    this.#object.close()
    this.#ring.close()
  }

  #take(record: RingRecord): void {
    const what = kindOf(record)
    const pid = pidOf(record)
    if (what <= kind.exit) {
      if (this.#layers.has('process')) this.#processes.take(record)
      if (what === kind.exit) {
        this.#flows.processEnded(pid)
        this.#listeners.processEnded(pid)
      }
      return
    }
    if (this.#context.isOwn(pid)) {
      this.#leaveOut(pid)
      return
    }
    this.#processes.settle(pid)
    if (what === kind.dns) {
      if (this.#layers.has('dns')) takeDns(record, this.#dns, this.#wall)
    } else if (this.#layers.has('network')) {
      this.#takeNetwork(record, what)
    }
  }

  #takeNetwork(record: RingRecord, what: number): void {
    if (what === kind.datagramFlow) {
      this.#flows.began(record)
    } else if (what === kind.datagramClosed) {
      const sock = pointer(record, socketAt.sock)
      this.#flows.socketClosed(sock)
      this.#listeners.socketClosed(sock, this.#wall(atOf(record)))
    } else if (what === kind.listenBegan && u16(record, socketAt.protocol) === UDP) {
      this.#listeners.began(record, this.#wall(atOf(record)))
    } else {
      const event = tcpEvent(record, this.#tcp)
      if (event) this.#context.emit(event)
    }
  }

  /** Tells the kernel that a process is the agent's own, so that its traffic costs nothing further. Undone when it ends. */
  #leaveOut(pid: number): void {
    const key = Buffer.alloc(4)
    key.writeUInt32LE(pid)
    this.#object.libbpf.update(this.#object.map('own'), key, Buffer.alloc(4), 0n)
  }

  #bootMillis(): number {
    return Date.now() - this.#context.wallMillis(0n)
  }

  #tellRefused(): void {
    for (const [name, reason] of this.#object.refused) {
      const program = programs[name]
      if (!program) continue
      const sentence = `${program.missing}: the kernel refused the program ${name} (${reason}).`
      for (const layer of program.layers) {
        if (needed[layer] === name) this.refused[layer] = sentence
        else this.limits[layer] = [...(this.limits[layer] ?? []), sentence]
      }
    }
  }
}
