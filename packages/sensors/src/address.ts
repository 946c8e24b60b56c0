import { isIPv4, isIPv6 } from 'node:net'

/**
 * Text of an address in network byte order: 4 bytes of IPv4 or 16 of IPv6, written as RFC 5952 says. IPv4 in IPv6 is given as IPv4,
 * so that a connection reads the same whichever kind of socket it had.
 */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  if (isMapped(bytes)) return bytes.subarray(12).join('.')
  const words = Array.from({ length: 8 }, (_, index) => (bytes[index * 2]! << 8) | bytes[index * 2 + 1]!)
  const [start, length] = longestZeros(words)
  const text = (part: number[]) => part.map((word) => word.toString(16)).join(':')
  if (length < 2) return text(words)
  return `${text(words.slice(0, start))}::${text(words.slice(start + length))}`
}

/** The other way: 4 or 16 bytes in network byte order; undefined for what is no address. */
export function addressBytes(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number)
  if (!isIPv6(text) || text.includes('.')) return undefined
  const [head = '', tail] = text.split('::')
  const words = (part: string) =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16))
  const before = words(head)
  const after = words(tail ?? '')
  const all = [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after]
  return Uint8Array.from(all.flatMap((word) => [word >> 8, word & 0xff]))
}

function isMapped(bytes: Uint8Array): boolean {
  for (let index = 0; index < 10; index++) if (bytes[index] !== 0) return false
  return bytes[10] === 0xff && bytes[11] === 0xff
}

/** Where the longest run of zeros begins, the first of equals, and how long it is. */
function longestZeros(words: readonly number[]): [start: number, length: number] {
  let best: [number, number] = [0, 0]
  let length = 0
  for (const [index, word] of words.entries()) {
    length = word === 0 ? length + 1 : 0
    if (length > best[1]) best = [index - length + 1, length]
  }
  return best
}
