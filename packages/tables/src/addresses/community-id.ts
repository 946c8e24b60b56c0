import { createHash } from 'node:crypto'
import { parseAddress } from './parse-address.ts'

export interface Flow {
  source: string
  destination: string
  sourcePort: number
  destinationPort: number
  /** IANA number of the protocol. */
  protocol: number
  seed: number
}

const ICMP = 1
const ICMP6 = 58
const WITH_PORTS = new Set([ICMP, 6, 17, ICMP6, 132])

/** ICMP types that answer each other; the specification puts the answer's type in the place of the other port. */
const answers: Record<number, Record<number, number>> = {
  [ICMP]: { 0: 8, 8: 0, 9: 10, 10: 9, 13: 14, 14: 13, 15: 16, 16: 15, 17: 18, 18: 17 },
  [ICMP6]: {
    128: 129,
    129: 128,
    130: 131,
    131: 130,
    133: 134,
    134: 133,
    135: 136,
    136: 135,
    139: 140,
    140: 139,
    144: 145,
    145: 144,
  },
}

/**
 * Gives the Community ID of a flow, by version 1 of its specification (github.com/corelight/community-id-spec); undefined when
 * an address, port, protocol or seed is out of its range.
 */
export function communityId(flow: Flow): string | undefined {
  const { protocol, seed } = flow
  const source = parseAddress(flow.source)
  const destination = parseAddress(flow.destination)
  const fits = (value: number, most: number) => Number.isInteger(value) && value >= 0 && value <= most
  if (!source || !destination || !fits(protocol, 255) || !fits(seed, 0xffff)) return undefined
  if (!fits(flow.sourcePort, 0xffff) || !fits(flow.destinationPort, 0xffff)) return undefined
  const { ports, oneWay } = portsOf(flow)
  // The specification is silent on mixed families; osquery puts IPv4 first.
  const order = source.length - destination.length || Buffer.compare(source, destination)
  const forward = oneWay || order < 0 || (order === 0 && ports[0] <= ports[1])
  const [first, second] = forward ? [source, destination] : [destination, source]
  const [firstPort, secondPort] = forward ? ports : [ports[1], ports[0]]
  const hash = createHash('sha1')
    .update(word(seed))
    .update(first)
    .update(second)
    .update(Uint8Array.of(protocol, 0))
  if (WITH_PORTS.has(protocol)) hash.update(word(firstPort)).update(word(secondPort))
  return `1:${hash.digest('base64')}`
}

function portsOf({ protocol, sourcePort, destinationPort }: Flow): {
  ports: [number, number]
  oneWay: boolean
} {
  const map = answers[protocol]
  if (!map) return { ports: [sourcePort, destinationPort], oneWay: false }
  const answer = map[sourcePort]
  // A type without an answer has a direction: the flow is not turned round.
  if (answer === undefined) return { ports: [sourcePort, destinationPort], oneWay: true }
  return { ports: [sourcePort, answer], oneWay: false }
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
