import { ipv4Text, ipv6Text } from './addresses.ts'

/** One route; numbers as the kernel keeps them, `flags` as of route(8). */
export interface Route {
  destination: string
  prefix: number
  /** '' without one. */
  gateway: string
  interface: string
  flags: number
  mtu: number
  metric: number
}

const UNREACHABLE_METRIC = 0xffffffff

/** Reads `/proc/net/route`: the main table of IPv4. */
export function parseRoutes(text: string): Route[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [name, destination, gateway, flags, , , metric, mask, mtu] = line.trim().split(/\s+/)
      if (!name || !destination || !gateway || !flags || !mask) return []
      return [
        {
          destination: ipv4Text(destination),
          prefix: bitsOf(Number.parseInt(mask, 16)),
          gateway: gateway === '00000000' ? '' : ipv4Text(gateway),
          interface: name === '*' ? '' : name,
          flags: Number.parseInt(flags, 16),
          mtu: Number(mtu ?? 0),
          metric: Number(metric ?? 0),
        },
      ]
    })
}

/** Reads `/proc/net/ipv6_route`: every table of IPv6. The kernel's own end of each table, which leads nowhere, is left out. */
export function parseIpv6Routes(text: string): Route[] {
  return text.split('\n').flatMap((line) => {
    const [destination, prefix, , , gateway, metric, , , flags, name] = line.trim().split(/\s+/)
    if (!destination || !prefix || !gateway || !metric || !flags || !name) return []
    if (Number.parseInt(metric, 16) === UNREACHABLE_METRIC) return []
    return [
      {
        destination: ipv6Text(destination),
        prefix: Number.parseInt(prefix, 16),
        gateway: /^0+$/.test(gateway) ? '' : ipv6Text(gateway),
        interface: name,
        flags: Number.parseInt(flags, 16),
        mtu: 0,
        metric: Number.parseInt(metric, 16),
      },
    ]
  })
}

function bitsOf(mask: number): number {
  let count = 0
  for (let rest = mask >>> 0; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count++
  return count
}

const numberOf = (address: string) =>
  address.split('.').reduce((value, part) => value * 256 + Number(part), 0)

/** Whether an IPv4 route's network holds an address. */
export const containsIpv4 = (route: Route, address: string): boolean => {
  const size = 2 ** (32 - route.prefix)
  return Math.floor(numberOf(route.destination) / size) === Math.floor(numberOf(address) / size)
}

const REJECT = 0x0200
const ANYCAST = 0x00100000
const LOCAL = 0x80000000

/** What a route is for, in osquery's words: gateway for what is sent on, local for the machine itself, anycast, or other. */
export function routeType({ flags, destination, prefix }: Route): string {
  if ((flags & LOCAL) !== 0) return 'local'
  if ((flags & ANYCAST) !== 0) return 'anycast'
  const isMulticast = prefix <= 8 && destination.startsWith('ff')
  return (flags & REJECT) !== 0 || isMulticast ? 'other' : 'gateway'
}
