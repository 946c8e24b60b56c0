/** One value of ASN.1 in its DER encoding. */
export interface Der {
  /** First byte: class, form and number of the type. */
  tag: number
  /** What it holds. */
  body: Buffer
}

/** The values that stand one after the other in some bytes; what is broken or cut off ends the list. */
export function readDer(bytes: Buffer): Der[] {
  const found: Der[] = []
  for (let at = 0; at + 2 <= bytes.length; ) {
    const tag = bytes[at]!
    let length = bytes[at + 1]!
    let start = at + 2
    if (length >= 0x80) {
      const size = length & 0x7f
      if (size === 0 || size > 4 || start + size > bytes.length) break
      length = bytes.readUIntBE(start, size)
      start += size
    }
    if (start + length > bytes.length) break
    found.push({ tag, body: bytes.subarray(start, start + length) })
    at = start + length
  }
  return found
}

/** An object identifier in dots, such as 2.5.29.15. */
export function oidText(body: Buffer): string {
  const numbers: number[] = []
  let number = 0
  for (const byte of body) {
    number = number * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      numbers.push(number)
      number = 0
    }
  }
  const first = numbers.shift() ?? 0
  const root = Math.min(Math.floor(first / 40), 2)
  return [root, first - root * 40, ...numbers].join('.')
}
