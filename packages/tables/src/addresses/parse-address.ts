import { isIPv4, isIPv6 } from 'node:net'

/** Bytes of an IP address, 4 or 16 of them in network order; undefined when the text is none. A zone (`%eth0`) is left out. */
export function parseAddress(text: string): Uint8Array | undefined {
  const address = text.split('%', 1)[0]!
  if (isIPv4(address)) return Uint8Array.from(address.split('.'), Number)
  return isIPv6(address) ? parseIpv6(address) : undefined
}

function parseIpv6(address: string): Uint8Array {
  const [head, tail] = address.split('::') as [string, string?]
  const start = words(head)
  const end = tail === undefined ? [] : words(tail)
  const zeros = new Array(8 - start.length - end.length).fill(0)
  const bytes = Buffer.alloc(16)
  for (const [index, word] of [...start, ...zeros, ...end].entries()) bytes.writeUInt16BE(word, index * 2)
  return bytes
}

/** 16-bit words of one side of `::`; its last part may be written as IPv4. */
function words(side: string): number[] {
  if (side === '') return []
  return side.split(':').flatMap((part) => {
    if (!part.includes('.')) return [Number.parseInt(part, 16)]
    const [a, b, c, d] = part.split('.').map(Number) as [number, number, number, number]
    return [(a << 8) | b, (c << 8) | d]
  })
}
