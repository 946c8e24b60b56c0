import { BlockList, isIP } from 'node:net'

/** Never a service, whatever a connector allows: link-local (cloud metadata lives there), multicast, unspecified, reserved. */
const never = blockList([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
  'fd00:ec2::/32',
])

/** Inside a network or the machine: only for a connector that allows it. From IANA's special-purpose registries. */
const inside = blockList([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '::1/128',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
])

/**
 * Tells whether the server may open a connection to an address for a connector.
 * @param allowPrivate the connector's hosts may be private and loopback ones
 */
export function allowedAddress(address: string, allowPrivate: boolean): boolean {
  const family = isIP(address)
  if (family === 0) return false
  if (family === 6) {
    const four = embedded(address)
    if (four !== undefined) return allowedAddress(four, allowPrivate)
  }
  const name = family === 4 ? 'ipv4' : 'ipv6'
  return !never.check(address, name) && (allowPrivate || !inside.check(address, name))
}

/** The IPv4 address that an IPv6 one leads to: mapped, compatible, NAT64 (RFC 6052) and 6to4 (RFC 3056). */
function embedded(address: string): string | undefined {
  const groups = expand(address)
  const tail = groups.slice(6)
  if (groups[0] === 0x2002) return dotted(groups.slice(1, 3))
  if (groups[0] === 0x64 && groups[1] === 0xff9b && groups[2]! <= 1) return dotted(tail)
  const zeros = groups.slice(0, 5).every((group) => group === 0)
  if (zeros && groups[5] === 0xffff) return dotted(tail)
  const compatible = zeros && groups[5] === 0 && !(tail[0] === 0 && tail[1]! <= 1)
  return compatible ? dotted(tail) : undefined
}

function expand(address: string): number[] {
  const bare = new URL(`http://[${address.replace(/%.*$/, '')}]/`).hostname.slice(1, -1)
  const [head = '', rest] = bare.split('::')
  const parse = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
  const [left, right] = [parse(head), parse(rest ?? '')]
  const gap = rest === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array<number>(gap).fill(0), ...right]
}

const dotted = ([high = 0, low = 0]: number[]) => [high >> 8, high & 255, low >> 8, low & 255].join('.')

function blockList(nets: readonly string[]): BlockList {
  const list = new BlockList()
  for (const net of nets) {
    const [address, bits] = net.split('/') as [string, string]
    list.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
