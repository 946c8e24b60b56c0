import { addressText } from '../address.ts'

/** What is read of a packet. The payload points into its bytes. */
export interface ParsedPacket {
  /** 6 TCP, 17 UDP. */
  protocol: number
  source: string
  sourcePort: number
  destination: string
  destinationPort: number
  /** Number of the first byte of payload in its direction; 0 for UDP. */
  sequence: number
  payload: Buffer
}

const tcp = 6
const udp = 17
const ipv6Header = 40

/**
 * Reads a packet from its IP header on, as far as it goes; it may have been cut. Undefined when it is not TCP or UDP, or broken.
 * Extension headers of IPv6 are not followed.
 */
export function parsePacket(bytes: Buffer): ParsedPacket | undefined {
  const version = (bytes[0] ?? 0) >> 4
  if (version === 4 && bytes.length >= 20) {
    const header = (bytes[0]! & 15) * 4
    // A total length of 0 means that the network card will cut the packet into pieces.
    const end = bytes.readUInt16BE(2) || bytes.length
    if (header < 20) return undefined
    return transport(
      bytes.subarray(0, end),
      header,
      bytes[9]!,
      bytes.subarray(12, 16),
      bytes.subarray(16, 20),
    )
  }
  if (version === 6 && bytes.length >= ipv6Header) {
    const length = bytes.readUInt16BE(4)
    const end = length === 0 ? bytes.length : ipv6Header + length
    return transport(
      bytes.subarray(0, end),
      ipv6Header,
      bytes[6]!,
      bytes.subarray(8, 24),
      bytes.subarray(24, 40),
    )
  }
  return undefined
}

function transport(
  bytes: Buffer,
  at: number,
  protocol: number,
  from: Buffer,
  to: Buffer,
): ParsedPacket | undefined {
  const smallest = protocol === tcp ? 20 : 8
  if ((protocol !== tcp && protocol !== udp) || bytes.length < at + smallest) return undefined
  const header = protocol === tcp ? (bytes[at + 12]! >> 4) * 4 : 8
  if (header < smallest || bytes.length < at + header) return undefined
  return {
    protocol,
    source: addressText(from),
    sourcePort: bytes.readUInt16BE(at),
    destination: addressText(to),
    destinationPort: bytes.readUInt16BE(at + 2),
    sequence: protocol === tcp ? bytes.readUInt32BE(at + 4) : 0,
    payload: bytes.subarray(at + header),
  }
}
