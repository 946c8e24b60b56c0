import os from 'node:os'
import { readText } from '../read-text.ts'

export interface OsVersion {
  name: string
  major: number
  minor: number
  build: number
}

/** Parses `os-release`, as freedesktop.org describes it: shell assignments, values with or without quotes. */
export function parseOsRelease(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  for (const line of text.split('\n')) {
    const [, name, raw = ''] = /^\s*([A-Z0-9_]+)=(.*?)\s*$/.exec(line) ?? []
    if (!name) continue
    const quoted = /^(["'])(.*)\1$/.exec(raw)
    values[name] = (quoted?.[2] ?? raw).replace(/\\(["'$`\\])/g, '$1')
  }
  return values
}

/** Returns the whole numbers at the start of a version: `12.11` gives [12, 11]. */
export function versionNumbers(text: string): [number, number, number] {
  const numbers = (/^\D*(\d+(?:\.\d+)*)/.exec(text)?.[1] ?? '').split('.').map(Number)
  const safe = (value = 0) => (Number.isSafeInteger(value) ? value : 0)
  return [safe(numbers[0]), safe(numbers[1]), safe(numbers[2])]
}

/** The operating system as it names itself. Debian keeps its point release in a file of its own. */
export function osVersion(): OsVersion {
  if (process.platform !== 'linux') {
    const [major, minor, build] = versionNumbers(os.release())
    return { name: os.version(), major, minor, build }
  }
  const release = parseOsRelease(readText('/etc/os-release') || readText('/usr/lib/os-release'))
  const point = release.ID === 'debian' ? readText('/etc/debian_version') : ''
  const [major, minor, build] = versionNumbers(/^\d+\.\d+/.test(point) ? point : (release.VERSION_ID ?? ''))
  return { name: release.PRETTY_NAME || release.NAME || 'Linux', major, minor, build }
}
