import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { Trouble } from '../trouble.ts'
import { allowedAddress } from './allowed-address.ts'

/** How the server reaches services. Tests give their own resolver and their own addresses of hosts. */
export interface Network {
  /** Addresses of a host name. */
  resolve(host: string): Promise<string[]>
  /** For tests: where a host really is, `127.0.0.1:8080`, over plain http and past the check of its address. */
  connectTo: Record<string, string>
  agents: { http: http.Agent; https: https.Agent }
}

/** Returns the network of this machine. */
export function openNetwork(connectTo: Record<string, string> = {}): Network & { close(): void } {
  const options = { keepAlive: true, maxSockets: 64, maxFreeSockets: 16, timeout: 30_000 }
  const agents = { http: new http.Agent(options), https: new https.Agent(options) }
  return {
    resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    connectTo,
    agents,
    close() {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

/**
 * Resolves a host and keeps the addresses that may be connected to.
 * @throws Trouble refusedAddress when none may, unreachable when there is none
 */
export async function addressesOf(
  network: Network,
  hostname: string,
  allowPrivate: boolean,
): Promise<string[]> {
  const bare = hostname.replace(/^\[|\]$/g, '')
  let found: string[]
  try {
    found = isIP(bare) ? [bare] : await network.resolve(bare)
  } catch {
    found = []
  }
  if (found.length === 0)
    throw new Trouble('unreachable', `The name ${hostname} leads to no address.`, { again: true })
  const refused = found.filter((address) => !allowedAddress(address, allowPrivate))
  // One bad address is enough: a name that leads inside and outside is a trap.
  if (refused.length > 0)
    throw new Trouble(
      'refusedAddress',
      `${hostname} leads to ${refused[0]}, which is not an address on the internet. Nothing was sent.`,
    )
  return found
}
