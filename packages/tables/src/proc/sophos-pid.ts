const TICKS_OF_FILETIME = 100_000n
const FILETIME_OF_1970 = 116_444_736_000_000_000n

/**
 * When a process began, in Windows FILETIME ticks (100 ns since 1601).
 * @param bootFiletime Wall clock at boot in FILETIME ticks.
 * @param startTicks Ticks of 10 ms between boot and the start.
 */
export const startFiletime = (bootFiletime: bigint, startTicks: bigint): bigint =>
  bootFiletime + startTicks * TICKS_OF_FILETIME

/** The id that tells a process apart from all that ever bear its pid: `<pid>:<start in FILETIME>`. */
export const sophosPid = (pid: number, bootFiletime: bigint, startTicks: bigint): string =>
  `${pid}:${startFiletime(bootFiletime, startTicks)}`

/** Whole unix seconds of a FILETIME. */
export const unixSeconds = (filetime: bigint): number => Number((filetime - FILETIME_OF_1970) / 10_000_000n)

/** The pid within a `sophos_pid`; undefined when the text is none. */
export function pidOf(text: string): number | undefined {
  const found = /^(\d{1,10}):\d{1,20}$/.exec(text)
  return found ? Number(found[1]) : undefined
}
