import { expect, test } from 'vitest'
import { decodeMessages, encodeMessage, kinds } from './message.ts'
import { readValues } from './wire.ts'

// What a dbus-daemon 1.14.10 answers to Hello, and the signal that it sends then.
const recorded = Buffer.from(
  '6c02010109000000010000003d00000006017300040000003a312e30000000000501750001000000080167000173000007017300140000006f72672e667265656465736b746f702e4442757300000000040000003a312e30006c04010109000000020000008d00000001016f00150000002f6f72672f667265656465736b746f702f4442757300000002017300140000006f72672e667265656465736b746f702e4442757300000000030173000c0000004e616d6541637175697265640000000006017300040000003a312e3000000000080167000173000007017300140000006f72672e667265656465736b746f702e4442757300000000040000003a312e3000',
  'hex',
)

test('reads what a bus wrote', () => {
  const { messages, rest } = decodeMessages(recorded, 1 << 20)
  const same = { sender: 'org.freedesktop.DBus', destination: ':1.0', signature: 's', body: [':1.0'] }
  expect(messages).toEqual([
    { kind: kinds.answer, serial: 1, replySerial: 1, ...same },
    {
      kind: kinds.signal,
      serial: 2,
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'NameAcquired',
      ...same,
    },
  ])
  expect(rest).toHaveLength(0)
})

test('reads back what it wrote, also when it comes in pieces', () => {
  const body = ['text', { signature: 'a{sv}', value: [['key', { signature: 'y', value: 7 }]] }, [[1], [2]]]
  const message = {
    kind: kinds.call,
    serial: 9,
    path: '/a/b',
    interface: 'a.b',
    member: 'Do',
    destination: 'c.d',
    signature: 'sva(u)',
    body,
  }
  const bytes = encodeMessage(message)
  const twice = Buffer.concat([bytes, bytes])
  for (const cut of [0, 3, 20, bytes.length - 1, bytes.length, bytes.length + 30]) {
    const first = decodeMessages(twice.subarray(0, cut), 1 << 20)
    expect(first.messages).toHaveLength(cut >= bytes.length ? 1 : 0)
    const second = decodeMessages(Buffer.concat([first.rest, twice.subarray(cut)]), 1 << 20)
    expect([...first.messages, ...second.messages]).toEqual([message, message])
  }
})

test('reads the other order of bytes', () => {
  // A call without fields whose body holds (i, t, d, b, q).
  const head = '42 01 00 01 0000001e 00000005 0000000b 08 01 67 00 05 6974646271 00 0000000000'
  const body = 'fffffffe 00000000 0000000100000000 3ff8000000000000 00000001 0102'
  const bytes = Buffer.from(`${head}${body}`.replaceAll(' ', ''), 'hex')
  expect(decodeMessages(bytes, 1000).messages).toEqual([
    { kind: 1, serial: 5, signature: 'itdbq', body: [-2, 4294967296n, 1.5, true, 258] },
  ])
})

test('refuses what would never end', () => {
  const endless = Buffer.from([4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  expect(() => readValues(endless, 0, 'a()', true)).toThrow(RangeError)
  expect(() => readValues(endless, 0, 'a(', true)).toThrow(RangeError)
})

test('refuses what is broken or too long', () => {
  const bytes = encodeMessage({ kind: kinds.call, serial: 1, signature: 's', body: ['text'] })
  expect(() => decodeMessages(bytes, 20)).toThrow(RangeError)
  const broken = Buffer.from(bytes)
  // The length of the text.
  broken.writeUInt32LE(0xffff, bytes.length - 9)
  expect(() => decodeMessages(broken, 1 << 20)).toThrow(RangeError)
})
