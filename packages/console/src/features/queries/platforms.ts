import type { SupportedOs } from '@quarry/schema'

const families: [name: string, members: SupportedOs[]][] = [
  ['Linux', ['linuxServer']],
  ['Windows', ['windowsComputer', 'windowsServer']],
  ['macOS', ['macOSComputer']],
]

/** Names of the platforms that a query is for: `Linux · Windows`. */
export function platformNames(supported: readonly SupportedOs[]): string {
  return families
    .filter(([, members]) => members.some((os) => supported.includes(os)))
    .map(([name]) => name)
    .join(' · ')
}

export const osNames: Record<SupportedOs, string> = {
  linuxServer: 'Linux',
  windowsServer: 'Windows servers',
  windowsComputer: 'Windows computers',
  macOSComputer: 'macOS',
}
