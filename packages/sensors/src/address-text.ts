/**
 * An IP address as text.
 * @param bytes where it lies, in network order, from `offset`: 4 bytes for IPv4, 16 for IPv6
 * @returns `192.0.2.1`, or IPv6 in its canonical form (RFC 5952); IPv4 in IPv6 (`::ffff:192.0.2.1`) is given as IPv4
 */
export function addressText(bytes: Uint8Array, offset: number, length: 4 | 16): string {
  if (length === 4) return ipv4(bytes, offset)
  if (isMapped(bytes, offset)) return ipv4(bytes, offset + 12)
  const groups: number[] = []
  for (let at = offset; at < offset + 16; at += 2) groups.push((bytes[at]! << 8) | bytes[at + 1]!)
  const { start, end } = longestZeros(groups)
  const hex = (part: number[]) => part.map((group) => group.toString(16)).join(':')
  if (end - start < 2) return hex(groups)
  return `${hex(groups.slice(0, start))}::${hex(groups.slice(end))}`
}

function ipv4(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`
}

function isMapped(bytes: Uint8Array, offset: number): boolean {
  for (let at = 0; at < 10; at++) if (bytes[offset + at] !== 0) return false
  return bytes[offset + 10] === 0xff && bytes[offset + 11] === 0xff
}

/** The first of the longest runs of zero groups, as [start, end). */
function longestZeros(groups: number[]): { start: number; end: number } {
  let best = { start: 0, end: 0 }
  let start = 0
  for (let index = 0; index <= groups.length; index++) {
    if (groups[index] === 0) continue
    if (index - start > best.end - best.start) best = { start, end: index }
    start = index + 1
  }
  return best
}
