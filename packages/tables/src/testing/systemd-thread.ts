import { connect, createServer, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { decodeMessages, encodeMessage, kinds, type Message } from '../dbus/message.ts'
import type { DbusValue } from '../dbus/wire.ts'
import type { StubUnit } from './systemd-stub.ts'

/** The thread of a stub of systemd: it owns its name on a bus, or is asked at its own socket. */
const { units, socket, bus } = workerData as { units: StubUnit[]; socket: string; bus: boolean }

function answerOf({ member, path, body = [] }: Message): [string, DbusValue[]] | undefined {
  if (member === 'ListUnits') return ['a(ssssssouso)', [units.map((unit) => unit.listed)]]
  const unit = units.find(({ listed }) => listed[6] === path)
  const value = unit?.properties[`${body[0]} ${body[1]}`]
  return member === 'Get' && value !== undefined ? ['v', [{ signature: 's', value }]] : undefined
}

function reply(message: Message, serial: number): Buffer {
  const answer = answerOf(message)
  const to = { serial, replySerial: message.serial, destination: message.sender }
  if (answer) return encodeMessage({ kind: kinds.answer, ...to, signature: answer[0], body: answer[1] })
  const errorName = 'org.freedesktop.DBus.Error.UnknownProperty'
  return encodeMessage({ kind: kinds.error, ...to, errorName, signature: 's', body: ['Unknown property.'] })
}

/** Speaks on a connection; `greet` takes the lines of SASL and says when they are over. */
function speak(stream: Socket, greet: (line: string) => boolean) {
  let rest: Buffer = Buffer.alloc(0)
  let serial = 100
  let talks = false
  stream.on('error', () => {})
  stream.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes])
    while (!talks && rest.includes('\r\n')) {
      const end = rest.indexOf('\r\n')
      talks = greet(rest.toString('latin1', 0, end))
      rest = rest.subarray(end + 2)
    }
    if (!talks) return
    const { messages, rest: left } = decodeMessages(rest, 1 << 20)
    rest = left
    for (const message of messages) {
      if (message.kind === kinds.call) stream.write(reply(message, ++serial))
      // The answer to RequestName: 1 means that the name is owned now.
      if (message.kind === kinds.answer && message.body?.[0] === 1) parentPort!.postMessage('ready')
    }
  })
}

if (bus) {
  const stream = connect(socket)
  const name = 'org.freedesktop.DBus'
  const driver = { kind: kinds.call, destination: name, path: '/org/freedesktop/DBus', interface: name }
  stream.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid!())).toString('hex')}\r\n`)
  speak(stream, () => {
    stream.write('BEGIN\r\n')
    stream.write(encodeMessage({ ...driver, serial: 1, member: 'Hello' }))
    const body = ['org.freedesktop.systemd1', 0]
    stream.write(encodeMessage({ ...driver, serial: 2, member: 'RequestName', signature: 'su', body }))
    return true
  })
} else {
  const server = createServer((stream) =>
    speak(stream, (line) => {
      if (line.includes('AUTH EXTERNAL')) stream.write('OK 0123456789abcdef0123456789abcdef\r\n')
      return line === 'BEGIN'
    }),
  )
  server.listen(socket, () => parentPort!.postMessage('ready'))
}
