export interface Resolver {
  id: number
  type: 'nameserver' | 'search' | 'sortlist'
  address: string
  netmask: string
  options: number
}

/** RES_INIT, RES_RECURSE, RES_DEFNAMES and RES_DNSRCH, which are always on (resolv.h). */
const defaultOptions = 0x2c1
/** Bits of options in glibc's resolv.h. */
const optionBits: Record<string, number> = {
  debug: 0x2,
  'use-vc': 0x8,
  inet6: 0x2000,
  rotate: 0x4000,
  'no-check-names': 0x8000,
  edns0: 0x100000,
  'single-request': 0x200000,
  'single-request-reopen': 0x400000,
  'no-tld-query': 0x1000000,
  'no-reload': 0x2000000,
  'trust-ad': 0x4000000,
  'no-aaaa': 0x8000000,
}

/** Reads a resolv.conf(5) as the C library does: three servers at most, the last `search` or `domain` holds. */
export function readResolvers(text: string): Resolver[] {
  const servers: string[] = []
  let domains: string[] = []
  const sorts: { address: string; netmask: string }[] = []
  let options = defaultOptions
  for (const line of text.split('\n')) {
    const [keyword, ...words] = line
      .replace(/^[#;].*/, '')
      .split(/\s+/)
      .filter(Boolean)
    if (keyword === 'nameserver' && words[0] && servers.length < 3) servers.push(words[0])
    if (keyword === 'search') domains = words
    if (keyword === 'domain') domains = words.slice(0, 1)
    if (keyword === 'sortlist')
      for (const word of words) {
        const [address = '', netmask = ''] = word.split('/')
        sorts.push({ address, netmask })
      }
    if (keyword === 'options') for (const word of words) options |= optionBits[word] ?? 0
  }
  return [
    ...servers.map((address, id) => ({ id, type: 'nameserver' as const, address, netmask: '32', options })),
    ...sorts.map((sort, id) => ({ id, type: 'sortlist' as const, ...sort, options })),
    ...domains.map((address, id) => ({ id, type: 'search' as const, address, netmask: '', options })),
  ]
}
