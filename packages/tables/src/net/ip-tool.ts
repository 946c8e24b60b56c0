import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { InterfaceAddress } from './interface-address.ts'

/** Only these places: never what a search path says. */
const places = ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip', '/bin/ip']

interface Link {
  ifname?: string
  addr_info?: { local?: string; prefixlen?: number; broadcast?: string; address?: string }[]
}

/**
 * Reads the addresses of every interface of this machine, those that are down included, which the kernel gives over netlink alone; the
 * system's `ip` tool asks it. Undefined where there is none, or it fails.
 */
export function addressesByIpTool(): InterfaceAddress[] | undefined {
  const tool = places.find((place) => existsSync(place))
  if (!tool) return undefined
  try {
    const output = execFileSync(tool, ['-j', 'address', 'show'], {
      encoding: 'utf8',
      env: {},
      timeout: 5000,
      maxBuffer: 64 << 20,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return parseIpAddresses(output)
  } catch {
    return undefined
  }
}

/** Reads what `ip -j address show` prints. Throws SyntaxError for text that is no JSON. */
export function parseIpAddresses(json: string): InterfaceAddress[] {
  const links = JSON.parse(json) as Link[]
  return links.flatMap((link) =>
    (link.addr_info ?? []).flatMap(({ local, prefixlen, broadcast, address }) =>
      link.ifname && local && prefixlen !== undefined
        ? [
            {
              interface: link.ifname,
              address: local,
              prefix: prefixlen,
              broadcast: broadcast ?? '',
              peer: address ?? '',
            },
          ]
        : [],
    ),
  )
}
