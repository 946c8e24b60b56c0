import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { AppError } from '@quarry/schema'
import type { Config } from '../config.ts'

/**
 * Returns the check of Host and Origin that every request, upgrade and stream passes.
 *
 * A page of another site can make a browser reach this server under the site's own name (DNS rebinding), so only names
 * that nobody else can point here are answered to: `localhost`, plain IP addresses, this machine's name, the configured
 * host and the public address. The port is left open, so that a forwarded port works. A request that names an Origin
 * must come from the very host that it is sent to.
 * @throws AppError bad_origin
 */
export function hostCheck(
  config: Pick<Config, 'host' | 'publicUrl'>,
): (headers: IncomingHttpHeaders) => void {
  const names = new Set(['localhost', hostname().toLowerCase(), config.host.toLowerCase()])
  if (config.publicUrl) names.add(config.publicUrl.hostname)

  return ({ host, origin }) => {
    const url = host === undefined ? undefined : parse(`http://${host}`)
    if (!url || url.host.length === 0)
      throw new AppError('bad_origin', 'The Host header is missing or malformed.')
    const name = url.hostname.replace(/^\[|\]$/g, '')
    if (!names.has(name) && isIP(name) === 0) {
      throw new AppError(
        'bad_origin',
        `This server does not answer to the name ${name}; set QUARRY_PUBLIC_URL to the address that people use.`,
      )
    }
    if (origin === undefined || origin === config.publicUrl?.origin) return
    const from = parse(origin)
    if (!from || from.host !== hostOf(from.protocol, host!)) throw new AppError('bad_origin')
  }
}

/** The Host header in the form that an Origin of the same server has: without the scheme's own port. */
function hostOf(protocol: string, host: string): string | undefined {
  return parse(`${protocol}//${host}`)?.host
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined
}
