/** What `/proc/<pid>/stat` says of a process (proc(5)); times are in clock ticks of 10 ms. */
export interface Stat {
  comm: string
  state: string
  parent: number
  pgroup: number
  session: number
  flags: number
  userTicks: number
  systemTicks: number
  nice: number
  threads: number
  /** Ticks between boot and the start of the process. */
  startTicks: bigint
}

/**
 * Parses one line of `/proc/<pid>/stat`. The name stands in parentheses and may itself hold spaces, parentheses and newlines, so
 * it ends at the last one.
 * @returns undefined when the text is no such line.
 */
export function parseStat(text: string): Stat | undefined {
  const open = text.indexOf('(')
  const close = text.lastIndexOf(')')
  if (open < 0 || close < open) return undefined
  const rest = text.slice(close + 2).split(' ')
  const start = rest[19]
  if (start === undefined || !/^\d+/.test(start)) return undefined
  const number = (index: number) => Number(rest[index] ?? 0)
  return {
    comm: text.slice(open + 1, close),
    state: rest[0] ?? '',
    parent: number(1),
    pgroup: number(2),
    session: number(3),
    flags: number(6),
    userTicks: number(11),
    systemTicks: number(12),
    nice: number(16),
    threads: number(17),
    startTicks: BigInt(start.trim()),
  }
}
