import { Trouble } from '../trouble.ts'
import { type Answer, type Bounds, exchange, type Outgoing } from './exchange.ts'
import type { Network } from './network.ts'

const maxHops = 5
/** Headers that may go to another host of the list too. */
const harmless = new Set(['accept', 'accept-encoding', 'user-agent'])

/**
 * Sends a request and follows redirects inside the hosts of the connector; each hop's address is checked anew.
 * @throws Trouble refusedRedirect, and those of `exchange`
 */
export async function follow(
  network: Network,
  first: Outgoing,
  hosts: readonly string[],
  bounds: Bounds,
): Promise<Answer> {
  let outgoing = first
  for (let hop = 0; hop <= maxHops; hop++) {
    const answer = await exchange(network, outgoing, bounds)
    const { location } = answer.headers
    if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer
    outgoing = next(outgoing, answer.status, location, hosts)
  }
  throw new Trouble('refusedRedirect', `${first.url.host} redirected more than ${maxHops} times.`)
}

function next(from: Outgoing, status: number, location: string, hosts: readonly string[]): Outgoing {
  const refuse = (why: string) =>
    new Trouble('refusedRedirect', `${from.url.host} redirected ${why}; it was not followed.`)
  if (!URL.canParse(location, from.url)) throw refuse('to something that is not an address')
  const url = new URL(location, from.url)
  if (!/^https?:$/.test(url.protocol)) throw refuse('away from http')
  if (!hosts.includes(url.host)) throw refuse(`to ${url.host}, which is not among the hosts of the connector`)
  if (from.url.protocol === 'https:' && url.protocol === 'http:') throw refuse('from https to plain http')
  if (url.username || url.password) throw refuse('to an address with a user name')
  const same = url.host === from.url.host
  const kept = Object.entries(from.headers).filter(([name]) => same || harmless.has(name.toLowerCase()))
  const keepsBody = (status === 307 || status === 308) && same
  return {
    method: keepsBody ? from.method : 'GET',
    url,
    headers: Object.fromEntries(kept.filter(([name]) => keepsBody || name.toLowerCase() !== 'content-type')),
    body: keepsBody ? from.body : undefined,
  }
}
