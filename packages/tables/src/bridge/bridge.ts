import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { systemError } from '../host/system-error.ts'
import type { Bounds, Call, CertificateRequest, HttpAnswer, HttpRequest, Reply, Target } from './messages.ts'

export type { Bounds, HttpAnswer, HttpRequest, Target } from './messages.ts'

/** A connection of a plain stream: what is written goes out at once, what comes is kept until it is read. */
export interface Connection {
  write(bytes: Uint8Array): void
  /** Waits until something has come, and gives all of it; empty at the end of the stream. */
  read(): Uint8Array
  close(): void
}

/**
 * The way from tables, whose callbacks are synchronous, to what is asynchronous: sockets. A thread does the work while the caller
 * waits. Every call ends by its deadline and its limit on bytes, and throws a system error with a `code`: ECONNREFUSED, ENOENT,
 * ETIMEDOUT, EFBIG (too large an answer), EPROTO (no HTTP), EACCES (the network is not allowed), or a code of TLS.
 */
export interface Bridge {
  /** Whether it may leave the machine: unix sockets are always allowed, hosts only then. */
  readonly network: boolean
  http(request: HttpRequest): HttpAnswer
  connect(target: Target, bounds?: Bounds): Connection
  certificates(request: CertificateRequest): Uint8Array[]
  /** Ends the thread; a later call starts another. */
  close(): void
}

const defaultMillis = 5000
const defaultBytes = 8 << 20
/** The thread ends a call by itself; this much later it is ended. */
const graceMillis = 1000

interface Thread {
  worker: Worker
  port: MessagePort
  signal: Int32Array<SharedArrayBuffer>
}

/** Opens the bridge; its thread starts with the first call and does not keep the process alive. */
export function openBridge({ network }: { network: boolean }): Bridge {
  let thread: Thread | undefined
  let lastId = 0

  function start(): Thread {
    const { port1, port2 } = new MessageChannel()
    const signal = new SharedArrayBuffer(4)
    const worker = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: { port: port2, signal },
      transferList: [port2],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 64 },
    })
    worker.unref()
    port1.unref()
    // A thread that dies answers nothing: the call ends by its deadline.
    worker.on('error', () => close())
    return { worker, port: port1, signal: new Int32Array(signal) }
  }

  function close() {
    thread?.port.close()
    void thread?.worker.terminate()
    thread = undefined
  }

  function call<T>(what: Call, name: string, millis: number): T {
    thread ??= start()
    const { port, signal } = thread
    const id = ++lastId
    port.postMessage({ id, what })
    const end = performance.now() + millis + graceMillis
    for (;;) {
      const count = Atomics.load(signal, 0)
      const reply = (receiveMessageOnPort(port) as { message: Reply } | undefined)?.message
      if (reply?.id === id) {
        if (!reply.failure) return reply.value as T
        throw systemError(reply.failure.code, name, reply.failure.message)
      }
      // The answer to a call that was given up.
      if (reply) continue
      const left = end - performance.now()
      if (left <= 0) {
        close()
        throw systemError('ETIMEDOUT', name, 'no answer in time')
      }
      Atomics.wait(signal, 0, count, left)
    }
  }

  function admit(name: string) {
    if (!network) throw systemError('EACCES', name, 'the network is not allowed to queries')
  }
  const bound = <T extends Bounds>(given: T) => ({
    ...given,
    millis: given.millis ?? defaultMillis,
    maxBytes: given.maxBytes ?? defaultBytes,
  })

  return {
    network,
    http(given) {
      const request = bound(given)
      if (!request.socket) admit(request.url)
      return call({ do: 'http', request }, request.socket ?? request.url, request.millis)
    },
    connect(target, bounds = {}) {
      const { millis, maxBytes } = bound(bounds)
      const name = 'socket' in target ? target.socket : `${target.host}:${target.port}`
      if (!('socket' in target)) admit(name)
      const stream = call<number>({ do: 'open', target, millis, maxBytes }, name, millis)
      return {
        write: (bytes) => call({ do: 'write', stream, bytes }, name, millis),
        read: () => call({ do: 'read', stream }, name, millis),
        close: () => call({ do: 'close', stream }, name, millis),
      }
    },
    certificates(given) {
      const request = bound(given)
      const name = `${request.host}:${request.port}`
      admit(name)
      return call({ do: 'certificates', request }, name, request.millis)
    },
    close,
  }
}
