import os from 'node:os'

export interface Addresses {
  ipv4Addresses: string[]
  ipv6Addresses: string[]
  macAddresses: string[]
}

/** Addresses of the interfaces that are up, each once, loopback left out. */
export function addresses(interfaces = os.networkInterfaces()): Addresses {
  const all = Object.values(interfaces).flatMap((list) => list ?? [])
  const outer = all.filter((entry) => !entry.internal)
  const each = (values: string[]) => [...new Set(values)].slice(0, 200)
  return {
    ipv4Addresses: each(outer.filter(({ family }) => family === 'IPv4').map(({ address }) => address)),
    ipv6Addresses: each(outer.filter(({ family }) => family === 'IPv6').map(({ address }) => address)),
    macAddresses: each(outer.map(({ mac }) => mac).filter((mac) => mac !== '00:00:00:00:00:00')),
  }
}
