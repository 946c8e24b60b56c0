import type { Host } from '../host/host.ts'
import { systemError } from '../host/system-error.ts'
import { decodeMessages, encodeMessage, kinds, type Message } from './message.ts'
import type { DbusValue } from './wire.ts'

/** A method to call. */
export interface DbusCall {
  destination: string
  path: string
  interface: string
  member: string
  /** Types of the arguments; none when left out. */
  signature?: string
  body?: DbusValue[]
}

export interface Dbus {
  /** Calls a method and gives what it answers. Throws a system error; EREMOTEIO when the method answers by an error. */
  call(call: DbusCall): DbusValue[]
  /** Calls many, some at a time, and gives their answers in order; undefined for one that answers by an error. */
  callAll(calls: readonly DbusCall[]): (DbusValue[] | undefined)[]
  close(): void
}

const maxBytes = 16 << 20
/** A bus ends the connection of who has more than 128 calls open. */
const atOnce = 64

/**
 * Connects to a D-Bus by its socket and signs in as the user of this process (SASL EXTERNAL).
 * @param bus Whether it is a bus, which wants a greeting, and not a service's own socket.
 */
export function connectDbus(host: Host, socket: string, { bus }: { bus: boolean }): Dbus {
  const stream = host.bridge.connect({ socket }, { maxBytes: 2 * maxBytes })
  let rest: Buffer = Buffer.alloc(0)
  let serial = 0

  function more(): void {
    const bytes = stream.read()
    if (bytes.length === 0) throw systemError('ECONNRESET', socket, 'the connection was broken')
    rest = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([rest, bytes])
  }

  function signIn() {
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
    stream.write(Buffer.from(`\0AUTH EXTERNAL ${user}\r\n`))
    while (!rest.includes('\r\n')) {
      more()
      if (rest.length > 4096) throw systemError('EPROTO', socket, 'this is no D-Bus')
    }
    const end = rest.indexOf('\r\n')
    if (!rest.toString('latin1', 0, end).startsWith('OK ')) throw systemError('EACCES', socket)
    rest = rest.subarray(end + 2)
    stream.write(Buffer.from('BEGIN\r\n'))
  }

  function received(): Message[] {
    try {
      const { messages, rest: left } = decodeMessages(rest, maxBytes)
      rest = left
      return messages
    } catch (error) {
      if (error instanceof RangeError) throw systemError('EPROTO', socket, 'its answer is broken')
      throw error
    }
  }

  /** The answers to some calls, in their order. */
  function ask(calls: readonly DbusCall[]): Message[] {
    const first = serial + 1
    const sent = calls.map((call) => encodeMessage({ kind: kinds.call, serial: ++serial, ...call }))
    stream.write(Buffer.concat(sent))
    const answers: Message[] = []
    let open = calls.length
    while (open > 0) {
      for (const message of received()) {
        const index = (message.replySerial ?? 0) - first
        if (message.kind === kinds.signal || index < 0 || index >= calls.length || answers[index]) continue
        answers[index] = message
        open -= 1
      }
      if (open > 0) more()
    }
    return answers
  }

  const dbus: Dbus = {
    call(call) {
      const [answer] = ask([call])
      if (answer?.kind === kinds.answer) return answer.body ?? []
      const why = typeof answer?.body?.[0] === 'string' ? answer.body[0] : (answer?.errorName ?? 'failed')
      throw systemError('EREMOTEIO', socket, why.slice(0, 200))
    },
    callAll(calls) {
      const found: (DbusValue[] | undefined)[] = []
      for (let at = 0; at < calls.length; at += atOnce)
        for (const { kind, body } of ask(calls.slice(at, at + atOnce)))
          found.push(kind === kinds.answer ? body : undefined)
      return found
    },
    close: () => stream.close(),
  }
  try {
    signIn()
    const name = 'org.freedesktop.DBus'
    if (bus) dbus.call({ destination: name, path: '/org/freedesktop/DBus', interface: name, member: 'Hello' })
  } catch (error) {
    dbus.close()
    throw error
  }
  return dbus
}
