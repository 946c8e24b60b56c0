import { isIPv4 } from 'node:net'

type Net = readonly [address: string, bits: number, record: unknown]

/**
 * Writes a small MaxMind-format file (specification 2.0): a tree of IPv6 with 24-bit records, IPv4 below `::/96`, the
 * records, and the metadata.
 */
export function mmdbFile(nets: readonly Net[]): Buffer {
  const nodes: (number | undefined)[][] = [[undefined, undefined]]
  const data: Buffer[] = []
  let offset = 0
  const leaves: { node: number; side: number; offset: number }[] = []
  for (const [address, length, record] of nets) {
    const bits = bitsOf(address)
    const depth = isIPv4(address) ? 96 + length : length
    let node = 0
    for (let at = 0; at < depth - 1; at++) {
      const side = bits[at]!
      nodes[node]![side] ??= nodes.push([undefined, undefined]) - 1
      node = nodes[node]![side]!
    }
    const bytes = encode(record)
    leaves.push({ node, side: bits[depth - 1]!, offset })
    data.push(bytes)
    offset += bytes.length
  }
  const count = nodes.length
  for (const leaf of leaves) nodes[leaf.node]![leaf.side] = count + 16 + leaf.offset
  const tree = Buffer.alloc(count * 6)
  for (const [index, [left, right]] of nodes.entries()) {
    tree.writeUIntBE(left ?? count, index * 6, 3)
    tree.writeUIntBE(right ?? count, index * 6 + 3, 3)
  }
  const metadata = encode({
    node_count: count,
    record_size: 24,
    ip_version: 6,
    database_type: 'Test-City',
    languages: ['en'],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    description: { en: 'A test' },
  })
  const marker = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')])
  return Buffer.concat([tree, Buffer.alloc(16), ...data, marker, metadata])
}

function bitsOf(address: string): number[] {
  const bytes = isIPv4(address)
    ? [...Array<number>(12).fill(0), ...address.split('.').map(Number)]
    : groupsOf(address).flatMap((group) => [group >> 8, group & 255])
  return bytes.flatMap((byte) => Array.from({ length: 8 }, (_, at) => (byte >> (7 - at)) & 1))
}

function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = address.split('::')
  const parse = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
  const [left, right] = [parse(head), parse(tail)]
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right]
}

/** The types of the format: map 7, array (extended 11), text 2, double 3, unsigned 32 bits 6. */
function encode(value: unknown): Buffer {
  if (typeof value === 'string') return control(2, Buffer.byteLength(value), Buffer.from(value))
  if (typeof value === 'number') return numberOf(value)
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([value.length, 4]), ...value.map(encode)])
  const entries = Object.entries(value as Record<string, unknown>)
  return control(
    7,
    entries.length,
    Buffer.concat(entries.flatMap(([key, each]) => [encode(key), encode(each)])),
  )
}

function numberOf(value: number): Buffer {
  if (Number.isInteger(value) && value >= 0) {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return control(6, 4, bytes)
  }
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return control(3, 8, bytes)
}

function control(type: number, size: number, payload: Buffer): Buffer {
  const head = size < 29 ? [(type << 5) | size] : [(type << 5) | 29, size - 29]
  return Buffer.concat([Buffer.from(head), payload])
}
