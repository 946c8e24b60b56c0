/** A name never has more bytes than this on the wire (RFC 1035, 3.1). */
const LONGEST = 255

/**
 * Reads a domain name, following compression pointers. Hostile bytes are normal: a pointer must lead backwards, so that none can
 * go round in circles.
 * @returns the name in lower case without its final dot (empty for the root), and where the bytes after it begin; undefined when
 *   it is cut short or malformed. Bytes that are no printable ASCII, and dots within a label, are escaped as `\DDD` and `\.`.
 */
export function readName(bytes: Uint8Array, start: number): { name: string; end: number } | undefined {
  let at = start
  let end: number | undefined
  let earliest = start
  let length = 0
  let name = ''
  for (;;) {
    const size = bytes[at]
    if (size === undefined) return undefined
    if (size === 0) return { name, end: end ?? at + 1 }
    if (size >= 0xc0) {
      const low = bytes[at + 1]
      if (low === undefined) return undefined
      const target = ((size & 0x3f) << 8) | low
      if (target >= earliest) return undefined
      end ??= at + 2
      earliest = target
      at = target
      continue
    }
    length += size + 1
    if (size > 63 || length >= LONGEST || at + size >= bytes.length) return undefined
    name += (name === '' ? '' : '.') + label(bytes, at + 1, at + 1 + size)
    at += size + 1
  }
}

function label(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!
    if (byte >= 0x41 && byte <= 0x5a) text += String.fromCharCode(byte + 0x20)
    else if (byte === 0x2e || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`
    else if (byte > 0x20 && byte < 0x7f) text += String.fromCharCode(byte)
    else text += `\\${String(byte).padStart(3, '0')}`
  }
  return text
}
