import { readVarint } from './varint.ts'

export type StoredValue = null | number | bigint | string | Buffer

const widths = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0]

/** Reads a record: its values in order. Throws a RangeError where it is cut short. */
export function readRecord(payload: Buffer): StoredValue[] {
  const header = readVarint(payload, 0)
  const values: StoredValue[] = []
  let place = header.value
  for (let at = header.end; at < header.value; ) {
    const kind = readVarint(payload, at)
    at = kind.end
    const size = kind.value < 10 ? widths[kind.value]! : Math.floor((kind.value - 12) / 2)
    if (place + size > payload.length) throw new RangeError('A row is cut short.')
    values.push(storedValue(payload.subarray(place, place + size), kind.value))
    place += size
  }
  return values
}

function storedValue(bytes: Buffer, kind: number): StoredValue {
  if (kind === 0) return null
  if (kind <= 5) return bytes.readIntBE(0, bytes.length)
  if (kind === 6) {
    const whole = bytes.readBigInt64BE(0)
    const short = Number(whole)
    return Number.isSafeInteger(short) ? short : whole
  }
  if (kind === 7) return bytes.readDoubleBE(0)
  if (kind <= 9) return kind - 8
  return kind % 2 === 0 ? bytes : bytes.toString('utf8')
}
