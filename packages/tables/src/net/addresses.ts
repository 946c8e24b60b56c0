/**
 * The text of an IPv4 address as `/proc/net` writes it: eight hex digits in the byte order of the machine.
 * @note Little-endian machines only, as every machine that the agent is built for.
 */
export function ipv4Text(hex: string): string {
  const value = Number.parseInt(hex, 16)
  return `${value & 255}.${(value >>> 8) & 255}.${(value >>> 16) & 255}.${value >>> 24}`
}

const swapped = (hex: string, at: number): string =>
  hex.slice(at + 6, at + 8) + hex.slice(at + 4, at + 6) + hex.slice(at + 2, at + 4) + hex.slice(at, at + 2)

/** The text of an IPv6 address as the socket files of `/proc/net` write it: four words, each in the byte order of the machine. */
export function ipv6WordsText(hex: string): string {
  return ipv6Text(swapped(hex, 0) + swapped(hex, 8) + swapped(hex, 16) + swapped(hex, 24))
}

/**
 * The canonical text (RFC 5952) of an IPv6 address given as 32 hex digits in network order. An IPv4 address mapped into IPv6 keeps its
 * dots: `::ffff:192.0.2.1`.
 */
export function ipv6Text(hex: string): string {
  if (/^0{20}ffff/i.test(hex)) {
    const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16)
    return `::ffff:${part(24)}.${part(26)}.${part(28)}.${part(30)}`
  }
  const groups = Array.from({ length: 8 }, (_, index) =>
    Number.parseInt(hex.slice(index * 4, index * 4 + 4), 16),
  )
  const { start, length } = longestZeros(groups)
  const text = (list: number[]) => list.map((group) => group.toString(16)).join(':')
  if (length < 2) return text(groups)
  return `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`
}

/** Where the longest run of zeros is, the first of equals. */
function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  for (let start = 0; start < groups.length; start++) {
    let end = start
    while (end < groups.length && groups[end] === 0) end++
    if (end - start > best.length) best = { start, length: end - start }
  }
  return best
}

/** The text of an IPv4 netmask. */
export const ipv4Mask = (prefix: number): string => {
  const value = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}

/** The text of an IPv6 netmask. */
export const ipv6Mask = (prefix: number): string => {
  const bits = '1'.repeat(prefix).padEnd(128, '0')
  return ipv6Text(
    bits
      .match(/.{4}/g)!
      .map((four) => Number.parseInt(four, 2).toString(16))
      .join(''),
  )
}
