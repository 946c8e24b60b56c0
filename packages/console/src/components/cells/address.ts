export type AddressKind =
  | 'loopback'
  | 'private'
  | 'link-local'
  | 'multicast'
  | 'unspecified'
  | 'documentation'
  | 'public'

type Range = readonly [kind: AddressKind, base: string, bits: number]

// The special-purpose registries of IANA (RFC 6890, RFC 5735, RFC 4291), as far as a responder cares.
const RANGES4: readonly Range[] = [
  ['unspecified', '0.0.0.0', 8],
  ['loopback', '127.0.0.0', 8],
  ['private', '10.0.0.0', 8],
  ['private', '172.16.0.0', 12],
  ['private', '192.168.0.0', 16],
  ['private', '100.64.0.0', 10],
  ['link-local', '169.254.0.0', 16],
  ['documentation', '192.0.2.0', 24],
  ['documentation', '198.51.100.0', 24],
  ['documentation', '203.0.113.0', 24],
  ['multicast', '224.0.0.0', 4],
]

const RANGES6: readonly Range[] = [
  ['unspecified', '::', 128],
  ['loopback', '::1', 128],
  ['private', 'fc00::', 7],
  ['link-local', 'fe80::', 10],
  ['multicast', 'ff00::', 8],
  ['documentation', '2001:db8::', 32],
]

/**
 * Says what kind of address a text is. An IPv4 address inside IPv6 (`::ffff:10.0.0.1`) counts as what it holds.
 * @returns undefined when the text is not an address.
 */
export function addressKind(text: string): AddressKind | undefined {
  const bare = text.replace(/%[\w.-]+$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)
  const four = parse4(mapped?.[1] ?? bare)
  if (four !== undefined) return find(four, 32, RANGES4, parse4)
  const six = parse6(bare)
  return six === undefined ? undefined : find(six, 128, RANGES6, parse6)
}

function find(
  value: bigint,
  width: number,
  ranges: readonly Range[],
  parse: (text: string) => bigint | undefined,
): AddressKind {
  for (const [kind, base, bits] of ranges) {
    const shift = BigInt(width - bits)
    if (value >> shift === parse(base)! >> shift) return kind
  }
  return 'public'
}

function parse4(text: string): bigint | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return undefined
  const parts = text.split('.').map(Number)
  return parts.some((part) => part > 255)
    ? undefined
    : parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n)
}

function parse6(text: string): bigint | undefined {
  if (!/^[0-9a-f:.]+$/i.test(text) || !text.includes(':')) return undefined
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const last = tail ? parse4(tail[2]!) : undefined
  if (tail && last === undefined) return undefined
  const hex = tail ? `${tail[1]}${(last! >> 16n).toString(16)}:${(last! & 0xffffn).toString(16)}` : text
  const halves = hex.split('::')
  if (halves.length > 2) return undefined
  const [head = [], rest = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const gap = 8 - head.length - rest.length
  if (halves.length === 1 ? gap !== 0 : gap < 1) return undefined
  const groups = [...head, ...Array<string>(halves.length === 1 ? 0 : gap).fill('0'), ...rest]
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
}
