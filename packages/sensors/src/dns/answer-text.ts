import { addressText } from '../address.ts'
import { readName } from './read-name.ts'

/** What a single answer may be long as text. */
const LONGEST = 512

/** A record's data: where it lies in the message. Names in it may point anywhere before. */
interface RecordData {
  message: Uint8Array
  start: number
  end: number
}

type Reader = (data: RecordData) => string | undefined

const nameAt = (data: RecordData, skip: number): string | undefined =>
  data.start + skip < data.end ? readName(data.message, data.start + skip)?.name : undefined

const short = (data: RecordData, skip = 0): number =>
  (data.message[data.start + skip]! << 8) | data.message[data.start + skip + 1]!

const address = ({ message, start, end }: RecordData, length: number): string | undefined =>
  end - start === length ? addressText(message.subarray(start, end)) : undefined

const alias: Reader = (data) => nameAt(data, 0)

const numbersAndName =
  (count: number): Reader =>
  (data) => {
    const name = nameAt(data, 2 * count)
    if (name === undefined) return undefined
    const numbers = Array.from({ length: count }, (_, index) => short(data, 2 * index))
    return `${numbers.join(' ')} ${name || '.'}`
  }

const texts: Reader = (data) => {
  let text = ''
  let at = data.start
  while (at < data.end) {
    const end = at + 1 + data.message[at]!
    if (end > data.end) return undefined
    text += printable(data.message.subarray(at + 1, end))
    at = end
  }
  return text
}

const readers: Record<string, Reader> = {
  A: (data) => address(data, 4),
  AAAA: (data) => address(data, 16),
  CNAME: alias,
  DNAME: alias,
  NS: alias,
  PTR: alias,
  SOA: alias,
  MX: numbersAndName(1),
  SRV: numbersAndName(3),
  HTTPS: numbersAndName(1),
  SVCB: numbersAndName(1),
  TXT: texts,
}

/**
 * A record's data as text: addresses and names as such, `MX`, `SRV`, `HTTPS` and `SVCB` with their numbers in front, texts joined;
 * any other type as `\# <bytes> <hex>` (RFC 3597). At most 512 characters.
 */
export function answerText(type: string, data: RecordData): string {
  const text = readers[type]?.(data) ?? unknown(data)
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

function unknown({ message, start, end }: RecordData): string {
  const hex = Buffer.from(message.buffer, message.byteOffset + start, end - start).toString('hex')
  return `\\# ${end - start} ${hex}`
}

function printable(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes)
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`
  return text
}
