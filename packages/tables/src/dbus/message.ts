import { type DbusValue, readValues, type Variant, writeValues } from './wire.ts'

/** Kinds of messages, as they are written (D-Bus specification, Message Format). */
export const kinds = { call: 1, answer: 2, error: 3, signal: 4 } as const

const fieldCodes = {
  path: 1,
  interface: 2,
  member: 3,
  errorName: 4,
  replySerial: 5,
  destination: 6,
  sender: 7,
  signature: 8,
} as const
type Field = keyof typeof fieldCodes
const fieldTypes: Partial<Record<Field, string>> = { path: 'o', replySerial: 'u', signature: 'g' }

export interface Message extends Partial<Record<Exclude<Field, 'replySerial'>, string>> {
  kind: number
  serial: number
  /** Number of the call that it answers. */
  replySerial?: number
  body?: DbusValue[]
}

/** Length of everything before the header's fields. */
const fixed = 16

/** Writes a message; `signature` says what its body holds. */
export function encodeMessage({ kind, serial, body = [], ...fields }: Message): Buffer {
  const listed = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [[fieldCodes[name as Field], { signature: fieldTypes[name as Field] ?? 's', value }]],
  )
  const content = writeValues(fields.signature ?? '', body)
  const head = writeValues('yyyyuua(yv)', ['l'.charCodeAt(0), kind, 0, 1, content.length, serial, listed])
  const padding = Buffer.alloc((8 - (head.length % 8)) % 8)
  return Buffer.concat([head, padding, content])
}

/**
 * Takes the messages that have come whole, and what is left of the next.
 * @param maxBytes A longer message throws a RangeError, as does a broken one.
 */
export function decodeMessages(bytes: Buffer, maxBytes: number): { messages: Message[]; rest: Buffer } {
  const messages: Message[] = []
  let rest = bytes
  while (rest.length >= fixed) {
    const little = rest[0] === 'l'.charCodeAt(0)
    const uint32 = (at: number) => (little ? rest.readUInt32LE(at) : rest.readUInt32BE(at))
    const start = Math.ceil((fixed + uint32(12)) / 8) * 8
    const end = start + uint32(4)
    if (end > maxBytes) throw new RangeError('A message of D-Bus is too long.')
    if (rest.length < end) break
    messages.push(decode(rest.subarray(0, end), start, little))
    rest = rest.subarray(end)
  }
  return { messages, rest }
}

function decode(bytes: Buffer, start: number, little: boolean): Message {
  const [fields] = readValues(bytes, 12, 'a(yv)', little) as [[number, Variant][]]
  const message: Message = {
    kind: bytes[1]!,
    serial: little ? bytes.readUInt32LE(8) : bytes.readUInt32BE(8),
  }
  for (const [code, { value }] of fields) {
    const name = (Object.keys(fieldCodes) as Field[]).find((one) => fieldCodes[one] === code)
    if (name) Object.assign(message, { [name]: value })
  }
  message.body = readValues(bytes, start, message.signature ?? '', little)
  return message
}
