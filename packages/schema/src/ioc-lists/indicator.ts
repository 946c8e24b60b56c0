import type { PivotType } from '../pivots.ts'

/** One value to look for. */
export interface Indicator {
  type: PivotType
  value: string
}

/** A value as it is kept, or a sentence why it is none. */
export type Read = { indicator: Indicator } | { problem: string }

/** How people write an address or a link so that nobody opens it by accident, and what it means. */
const fangs: [RegExp, string][] = [
  [/^h(?:xx|\*\*|tt)p(s?)(?=\s*(?:\[?:|\(?:|:))/i, 'http$1'],
  [/^fxp(?=\[?:)/i, 'ftp'],
  [/\[:\/\/\]/g, '://'],
  [/\s*[[({]\s*(?:\.|dot)\s*[\])}]\s*/gi, '.'],
  [/\[:\]/g, ':'],
  [/\[\/\]/g, '/'],
]

/** Undoes the defanging of an address, a name or a URL: `hxxps://evil[.]example` → `https://evil.example`. */
export function refang(text: string): string {
  return fangs.reduce((value, [pattern, meant]) => value.replace(pattern, meant), text)
}

const hex = (digits: number) => new RegExp(`^[0-9a-f]{${digits}}$`, 'i')
const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'
const domain = new RegExp(`^(?=.{1,253}$)(?:${label}\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$`, 'i')

/** Whether a text is an IPv4 or IPv6 address, as the operating systems write them. */
export function isAddress(text: string): boolean {
  const four = (part: string) => /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(part)
  if (!text.includes(':')) return four(text)
  const tail = /^(.*:)((?:\d{1,3}\.){3}\d{1,3})$/.exec(text)
  if (tail && !four(tail[2]!)) return false
  const six = tail ? `${tail[1]}0:0` : text
  const halves = six.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  return halves.length === 2 ? groups.length < 8 : groups.length === 8
}

interface Kind {
  /** What a value must be: “an IP address”. */
  what: string
  /** Whether people defang it. */
  fanged?: boolean
  normal?: (text: string) => string
  fits: (text: string) => boolean
}

const lower = (text: string) => text.toLowerCase()
const some = (text: string) => text.length <= 4096

/** What values of each kind look like; those that can be told by their looks stand first. */
const kinds: Record<PivotType, Kind> = {
  sha256: { what: 'a SHA-256 (64 hexadecimal digits)', normal: lower, fits: (text) => hex(64).test(text) },
  sha1: { what: 'a SHA-1 (40 hexadecimal digits)', normal: lower, fits: (text) => hex(40).test(text) },
  md5: { what: 'an MD5 (32 hexadecimal digits)', normal: lower, fits: (text) => hex(32).test(text) },
  sophosPid: { what: 'a sophos_pid', fits: (text) => /^\d{1,10}:\d{15,19}$/.test(text) },
  ipAddress: {
    what: 'an IP address',
    fanged: true,
    normal: (text) => lower(text.replace(/^\[(.*)\]$/, '$1')),
    fits: isAddress,
  },
  url: { what: 'a URL', fanged: true, fits: (text) => /^(?:https?|ftp):\/\/[^\s/]+\S*$/i.test(text) },
  domain: {
    what: 'a domain name',
    fanged: true,
    normal: (text) => lower(text.replace(/\.$/, '')),
    fits: (text) => domain.test(text),
  },
  registryKey: {
    what: 'a registry key',
    fits: (text) => /^(?:HKEY_|HKLM|HKCU|HKU|HKCR|\\REGISTRY\\)/i.test(text),
  },
  filePath: { what: 'a path', fits: (text) => /^(?:\/|[a-z]:\\|\\\\|%)/i.test(text) },
  deviceId: { what: 'the id of a device', normal: lower, fits: (text) => /^[0-9a-f-]{36}$/i.test(text) },
  deviceName: { what: 'the name of a device', fits: some },
  username: { what: 'the name of an account', fits: some },
  port: { what: 'a port (0 to 65535)', fits: (text) => /^\d{1,5}$/.test(text) && Number(text) < 65_536 },
  cmdline: { what: 'a command line', fits: some },
  processName: { what: 'the name of a program', fits: some },
  packageName: { what: 'the name of a package', fits: some },
  detectionName: { what: 'the name of a detection', fits: some },
}

const byLooks: PivotType[] = [
  'sha256',
  'sha1',
  'md5',
  'sophosPid',
  'ipAddress',
  'url',
  'domain',
  'registryKey',
  'filePath',
]

/**
 * Reads one indicator.
 * @param type what it must be; without it, what it looks like
 */
export function readIndicator(text: string, type?: PivotType): Read {
  const bare = text.trim().replace(/^(["'“])(.*)["'”]$/, '$2')
  if (bare === '') return { problem: 'There is no value.' }
  if (bare.includes('\0') || bare.length > 4096) return { problem: 'The value is too long, or no text.' }
  for (const kind of type ? [type] : byLooks) {
    const { fanged, normal, fits } = kinds[kind]
    const plain = fanged ? refang(bare) : bare
    const value = normal ? normal(plain) : plain
    if (fits(value)) return { indicator: { type: kind, value } }
  }
  if (/^[\d.:a-f]+\/\d{1,3}$/i.test(refang(bare)))
    return { problem: 'This is a network, and a list holds single addresses.' }
  return {
    problem: type
      ? `This is not ${kinds[type].what}.`
      : 'This looks like no hash, address, name, URL or path; choose what the values are.',
  }
}
