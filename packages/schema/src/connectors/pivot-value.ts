import { readIndicator } from '../ioc-lists/indicator.ts'
import type { PivotType } from '../pivots.ts'
import { unaskable } from '../pivots-askable.ts'

/** Names that mean something inside one network only: RFC 6761, RFC 6762, RFC 7686, RFC 8375 and customs. */
const localNames = /(^|\.)(localhost|local|lan|internal|home|corp|localdomain|home\.arpa|test|invalid|onion)$/

/**
 * Reads a value by its type and writes it in the one form in which it is asked for and kept: hashes and names in small
 * letters, IPv6 compressed, an IPv4 address within IPv6 as IPv4, names beyond ASCII as punycode.
 * @returns the value, or a sentence why it is none
 */
export function pivotValue(type: PivotType, text: string): { value: string } | { wrong: string } {
  const plain = type === 'domain' ? punycode(text) : text
  const read = readIndicator(plain, type)
  if ('problem' in read) return { wrong: read.problem }
  const { value } = read.indicator
  return { value: type === 'ipAddress' ? compressed(value) : value }
}

/**
 * Says why a public service cannot know a value: it means something here only, or the same everywhere.
 * @param value as `pivotValue` wrote it
 * @returns a sentence; undefined when it can be asked about
 */
export function withoutMeaning(type: PivotType, value: string): string | undefined {
  const local = 'This name means something inside one network only.'
  if (type === 'url' && URL.canParse(value)) {
    const host = new URL(value).hostname.replace(/^\[|\]$/g, '')
    if (/^[\d.]+$|:/.test(host)) return unaskable('ipAddress', host, 'service')
    return localNames.test(host) || !host.includes('.') ? local : undefined
  }
  return (
    unaskable(type, value, 'service') ?? (type === 'domain' && localNames.test(value) ? local : undefined)
  )
}

function punycode(text: string): string {
  const bare = text.trim().replace(/\.$/, '')
  if (!/[^\x20-\x7e]/.test(bare) || !URL.canParse(`http://${bare}/`)) return bare
  return new URL(`http://${bare}/`).hostname
}

/** The parser of URLs writes IPv6 as RFC 5952 wants it. */
function compressed(address: string): string {
  if (!address.includes(':') || !URL.canParse(`http://[${address}]/`)) return address
  const six = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(six)
  if (!mapped) return six
  const [high, low] = [Number.parseInt(mapped[1]!, 16), Number.parseInt(mapped[2]!, 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
