/** What is kept of an HTTP request. */
export interface HttpRequest {
  method: string
  url: string
  headers: string
  userAgent: string
}

const longestUrl = 4096
const longestHeaders = 4096
const longestAgent = 512

/** Names of headers whose values let somebody in: they are left out, name and all. */
const secretHeader =
  /auth|cookie|token|secret|passw|credential|session|signature|api-?key|access-?key|private-?key/i
/** Names of query parameters whose values do: the value is masked. */
const secretParameter =
  /passw|passphrase|^pwd|^pass$|token|secret|auth|credential|session|^sid$|signature|^sig$|key$|^code$|^jwt$|otp$/i
const mask = '***'

/**
 * Reads the first request in a TCP payload, as far as it goes: what was cut off is missing. Undefined when it is none. Only headers
 * that hold no secrets are kept, and in the URL passwords and values of parameters named like a secret are masked.
 * @param destination address and port that it went to, used when no host is named
 */
export function parseHttp(
  payload: Buffer,
  destination: { address: string; port: number },
): HttpRequest | undefined {
  const text = payload.toString('latin1')
  const [first = '', ...lines] = text.split('\n')
  const [, method, target] = /^([A-Z]{3,20}) (\S+) HTTP\/1\.[0-9]\r?$/.exec(first) ?? []
  if (!method || !target) return undefined
  const headers = readHeaders(lines)
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? hostOf(destination)
  const kept = headers.filter(([name]) => !secretHeader.test(name))
  const agent = kept.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? ''
  return {
    method,
    url: short(masked(fullUrl(method, target, host)), longestUrl),
    headers: short(kept.map(([name, value]) => `${name}: ${value}`).join('\n'), longestHeaders),
    userAgent: short(agent, longestAgent),
  }
}

/** The complete ones: the last of a cut packet may be half a secret under half a name. */
function readHeaders(lines: string[]): [name: string, value: string][] {
  const headers: [string, string][] = []
  for (const line of lines.slice(0, -1)) {
    if (line === '\r' || line === '') break
    const colon = line.indexOf(':')
    if (colon <= 0 || /\s/.test(line.slice(0, colon))) continue
    headers.push([line.slice(0, colon), printable(line.slice(colon + 1).trim())])
  }
  return headers
}

function fullUrl(method: string, target: string, host: string): string {
  const path = printable(target)
  // A proxy is asked for a whole URL, or for a connection to a host.
  if (method === 'CONNECT' || /^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return path
  return `http://${host}${path.startsWith('/') ? path : `/${path}`}`
}

function masked(url: string): string {
  const [, scheme = '', credentials = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*@)?(.*)$/is.exec(url) ?? []
  const question = rest.indexOf('?')
  const before = `${scheme}${credentials ? `${mask}@` : ''}`
  if (question < 0) return before + rest
  const parameters = rest
    .slice(question + 1)
    .split('&')
    .map((parameter) => {
      const equals = parameter.indexOf('=')
      return equals > 0 && secretParameter.test(parameter.slice(0, equals))
        ? `${parameter.slice(0, equals)}=${mask}`
        : parameter
    })
  return `${before}${rest.slice(0, question)}?${parameters.join('&')}`
}

const hostOf = ({ address, port }: { address: string; port: number }) =>
  (address.includes(':') ? `[${address}]` : address) + (port === 80 ? '' : `:${port}`)

// biome-ignore lint/suspicious/noControlCharactersInRegex: strangers send them, and they must not reach a terminal.
const printable = (text: string) => text.replaceAll(/[\0-\x1f\x7f-\x9f]/g, '\uFFFD')
const short = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)
