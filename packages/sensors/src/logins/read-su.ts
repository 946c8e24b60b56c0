import { type Login, logonType } from './login.ts'

const patterns: { pattern: RegExp; failed: boolean; target: number; by: number; terminal?: number }[] = [
  // util-linux
  { pattern: /^\(to (\S+)\) (\S+) on (\S+)$/, failed: false, target: 1, by: 2, terminal: 3 },
  { pattern: /^FAILED SU \(to (\S+)\) (\S+) on (\S+)$/, failed: true, target: 1, by: 2, terminal: 3 },
  // shadow
  { pattern: /^Successful su for (\S+) by (\S+)$/, failed: false, target: 1, by: 2 },
  { pattern: /^FAILED su for (\S+) by (\S+)$/, failed: true, target: 1, by: 2 },
]

/** What su says, of util-linux and of shadow. */
export function readSu(message: string): Login | undefined {
  for (const { pattern, failed, target, by, terminal } of patterns) {
    const found = pattern.exec(message)
    if (!found) continue
    const line = terminal === undefined ? 'none' : found[terminal]!
    return {
      eventId: failed ? 4625 : 4648,
      user: found[target]!,
      subjectUser: found[by]!,
      logonType: logonType.local,
      processName: 'su',
      ...(line !== 'none' && { terminal: line }),
    }
  }
  return undefined
}
