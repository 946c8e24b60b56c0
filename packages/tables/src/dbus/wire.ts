/** A value of D-Bus: 64-bit integers are bigints, an array, struct or dictionary entry is a list, a variant keeps its signature. */
export type DbusValue = string | number | bigint | boolean | DbusValue[] | Variant
export interface Variant {
  signature: string
  value: DbusValue
}

const sizes: Record<string, number> = { y: 1, n: 2, q: 2, b: 4, i: 4, u: 4, h: 4, x: 8, t: 8, d: 8 }
const alignOf = (type: string) => ({ g: 1, v: 1, '(': 8, '{': 8 })[type[0]!] ?? sizes[type[0]!] ?? 4

/** The complete types that a signature holds, one after the other: `sa{sv}` is `s` and `a{sv}`. */
export function typesOf(signature: string): string[] {
  const types: string[] = []
  for (let at = 0; at < signature.length; ) {
    const start = at
    while (signature[at] === 'a') at += 1
    let depth = 0
    do {
      const one = signature[at]
      if (one === undefined) throw new RangeError('A signature of D-Bus ends too early.')
      if (one === '(' || one === '{') depth += 1
      if (one === ')' || one === '}') depth -= 1
      at += 1
    } while (depth > 0)
    types.push(signature.slice(start, at))
  }
  return types
}

const inner = (type: string) => typesOf(type.slice(1, -1))

/** Reads the values of a signature from a message, from an offset on that is counted from the message's start. Throws a RangeError for what is broken. */
export function readValues(bytes: Buffer, start: number, signature: string, little: boolean): DbusValue[] {
  let at = start
  const take = (size: number) => {
    const from = at
    at += size
    if (size < 0 || at > bytes.length) throw new RangeError('A message of D-Bus ends too early.')
    return from
  }
  const align = (to: number) => {
    at = Math.ceil(at / to) * to
  }
  const uint32 = () => {
    align(4)
    const from = take(4)
    return little ? bytes.readUInt32LE(from) : bytes.readUInt32BE(from)
  }
  function text(length: number): string {
    const from = take(length + 1)
    return bytes.toString('utf8', from, from + length)
  }
  function number(type: string): DbusValue {
    const from = take(sizes[type]!)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    switch (type) {
      case 'y':
        return view.getUint8(from)
      case 'n':
        return view.getInt16(from, little)
      case 'q':
        return view.getUint16(from, little)
      case 'i':
        return view.getInt32(from, little)
      case 'x':
        return view.getBigInt64(from, little)
      case 't':
        return view.getBigUint64(from, little)
      case 'd':
        return view.getFloat64(from, little)
      default:
        return view.getUint32(from, little)
    }
  }
  function array(type: string): DbusValue[] {
    const length = uint32()
    align(alignOf(type))
    const end = at + length
    const list: DbusValue[] = []
    if (end > bytes.length) throw new RangeError('An array of D-Bus ends too early.')
    while (at < end) {
      const before = at
      list.push(one(type))
      if (at === before) throw new RangeError('An array of D-Bus holds nothing without end.')
    }
    return list
  }
  function one(type: string): DbusValue {
    align(alignOf(type))
    switch (type[0]) {
      case 's':
      case 'o':
        return text(uint32())
      case 'g':
        return text(bytes[take(1)]!)
      case 'v': {
        const signature = text(bytes[take(1)]!)
        return { signature, value: one(signature) }
      }
      case 'a':
        return array(type.slice(1))
      case '(':
      case '{':
        return inner(type).map(one)
      case 'b':
        return uint32() !== 0
      default:
        if (sizes[type] === undefined) throw new RangeError('A signature of D-Bus has an unknown type.')
        return number(type)
    }
  }
  return typesOf(signature).map(one)
}

/** Writes values by a signature, in the byte order of little ends; `start` is where they will stand in the message. */
export function writeValues(signature: string, values: readonly DbusValue[], start = 0): Buffer {
  const parts: Buffer[] = []
  let at = start
  const put = (part: Buffer) => {
    parts.push(part)
    at += part.length
  }
  const align = (to: number) => put(Buffer.alloc(Math.ceil(at / to) * to - at))
  const uint32 = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    align(4)
    put(bytes)
  }
  function one(type: string, value: DbusValue) {
    align(alignOf(type))
    if (type === 's' || type === 'o') {
      uint32(Buffer.byteLength(String(value)))
      put(Buffer.from(`${value}\0`))
    } else if (type === 'g') {
      put(Buffer.from([String(value).length]))
      put(Buffer.from(`${value}\0`))
    } else if (type === 'v') {
      const { signature, value: held } = value as Variant
      one('g', signature)
      one(signature, held)
    } else if (type === 'y') put(Buffer.from([Number(value)]))
    else if (type === 'u' || type === 'b') uint32(Number(value))
    else if (type[0] === '(' || type[0] === '{') {
      for (const [index, part] of inner(type).entries()) one(part, (value as DbusValue[])[index]!)
    } else if (type[0] === 'a') array(type.slice(1), value as DbusValue[])
    else throw new TypeError(`The type ${type} of D-Bus cannot be written.`)
  }
  function array(type: string, list: readonly DbusValue[]) {
    uint32(0)
    const length = parts.at(-1)!
    align(alignOf(type))
    const from = at
    for (const value of list) one(type, value)
    length.writeUInt32LE(at - from)
  }
  for (const [index, type] of typesOf(signature).entries()) one(type, values[index]!)
  return Buffer.concat(parts)
}
