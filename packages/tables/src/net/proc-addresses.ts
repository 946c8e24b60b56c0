import type { Host } from '../host/host.ts'
import { ipv6Text } from './addresses.ts'
import type { InterfaceAddress } from './interface-address.ts'
import { containsIpv4, parseRoutes, type Route } from './routes.ts'

/**
 * The addresses of the interfaces that are up, put together from `/proc/net`: IPv6 from `if_inet6`, IPv4 from `fib_trie` (which addresses are
 * ours) and `route` (which network, hence which interface). An IPv4 address outside every network of its own is left out.
 */
export function addressesByProc(host: Host): InterfaceAddress[] {
  const routes = parseRoutes(host.read('/proc/net/route')).filter((route) => !route.gateway)
  const { locals, broadcasts } = parseFibTrie(host.read('/proc/net/fib_trie'))
  const ipv4 = locals.flatMap((address): InterfaceAddress[] => {
    if (address.startsWith('127.')) return [{ interface: 'lo', address, prefix: 8, broadcast: '', peer: '' }]
    const network = narrowest(routes.filter((route) => containsIpv4(route, address)))
    if (!network) return []
    const { interface: name, prefix } = network
    const broadcast = broadcasts.find((candidate) => candidate === lastAddress(network)) ?? ''
    return [{ interface: name, address, prefix, broadcast, peer: '' }]
  })
  const ipv6 = host.exists('/proc/net/if_inet6') ? parseIfInet6(host.read('/proc/net/if_inet6')) : []
  return [...ipv4, ...ipv6]
}

const narrowest = (routes: readonly Route[]): Route | undefined =>
  [...routes].sort((a, b) => b.prefix - a.prefix)[0]

function lastAddress({ destination, prefix }: Route): string {
  const bits = destination.split('.').reduce((value, part) => value * 256 + Number(part), 0)
  const last = bits + 2 ** (32 - prefix) - 1
  return [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join('.')
}

/** The machine's own addresses, and the broadcast addresses that it listens to, from `/proc/net/fib_trie`; each once. */
function parseFibTrie(text: string): { locals: string[]; broadcasts: string[] } {
  const locals = new Set<string>()
  const broadcasts = new Set<string>()
  let leaf = ''
  for (const line of text.split('\n')) {
    const address = /^\s*\|-- (\S+)$/.exec(line)
    if (address) leaf = address[1]!
    else if (/^\s*\/32 host LOCAL$/.test(line)) locals.add(leaf)
    else if (/^\s*\/32 link BROADCAST$/.test(line)) broadcasts.add(leaf)
  }
  return { locals: [...locals], broadcasts: [...broadcasts] }
}

/** Lines of `/proc/net/if_inet6`: address, index, prefix, scope and flags in hex, and the interface. */
function parseIfInet6(text: string): InterfaceAddress[] {
  return text.split('\n').flatMap((line) => {
    const [hex, , prefix, , , name] = line.trim().split(/\s+/)
    if (hex?.length !== 32 || !prefix || !name) return []
    return [
      {
        interface: name,
        address: ipv6Text(hex),
        prefix: Number.parseInt(prefix, 16),
        broadcast: '',
        peer: '',
      },
    ]
  })
}
