export interface SophosPid {
  pid: string
  startedAt: Date
}

// Windows FILETIME counts 100 ns ticks from 1601-01-01; the unix epoch lies this many later.
const UNIX_EPOCH_TICKS = 116_444_736_000_000_000n
const TICKS_PER_MILLI = 10_000n

/**
 * Takes `<pid>:<process start in Windows FILETIME>` apart.
 * @returns undefined when the text is not of this form.
 */
export function parseSophosPid(text: string): SophosPid | undefined {
  const match = /^(\d{1,10}):(\d{1,19})$/.exec(text)
  if (!match) return undefined
  const millis = (BigInt(match[2]!) - UNIX_EPOCH_TICKS) / TICKS_PER_MILLI
  const startedAt = new Date(Number(millis))
  return Number.isNaN(startedAt.getTime()) ? undefined : { pid: match[1]!, startedAt }
}
