/** One part of a name as Node.js writes it, a line each (`CN=…`); empty when the name has none. Several are joined by commas. */
export const namePart = (name: string, part: string): string =>
  partsOf(name)
    .filter(([key]) => key === part)
    .map(([, value]) => value)
    .join(', ')

/** A name in one line with commas, as `openssl x509 -nameopt sname,utf8,esc_2253,sep_comma_plus_space` writes it. */
export const commaName = (name: string): string => name.replaceAll('\n', ', ')

/** A name in one line with slashes (`/C=US/CN=…`), bytes beyond ASCII as `\xHH`: what OpenSSL’s X509_NAME_oneline writes. */
export const slashName = (name: string): string =>
  name
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `/${partsOf(line).map(oneline).join('+')}`)
    .join('')

const oneline = ([key, value]: [string, string]) => `${key}=${ascii(value.replace(/[/+]/g, '\\$&'))}`

function partsOf(name: string): [string, string][] {
  return name
    .split(/\n| \+ /)
    .filter((line) => line.includes('='))
    .map((line) => [line.slice(0, line.indexOf('=')), plain(line.slice(line.indexOf('=') + 1))])
}

/** Without the escapes of RFC 2253. */
const plain = (value: string) =>
  value.replace(/\\(?:([0-9A-Fa-f]{2})|(.))/gs, (_, hex?: string, one?: string) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (one ?? ''),
  )

const ascii = (value: string) =>
  value.replace(/[^ -~]/gu, (one) =>
    [...Buffer.from(one)].map((byte) => `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  )
