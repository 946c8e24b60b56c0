import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'

/** The ids of all running processes in rising order, as they were when the statement first asked. Threads are left out. */
export function allPids(host: Host, scan: Pick<Scan, 'once'>): readonly number[] {
  return scan.once('proc.pids', () =>
    host
      .list('/proc')
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number)
      .sort((a, b) => a - b),
  )
}

/**
 * The processes that a scan asks for: those of an `=` or `IN` constraint on `pid` that run, else all.
 * `/proc/<thread id>` can be opened too, so what is asked for is looked up among the processes.
 */
export function askedPids(host: Host, scan: Pick<Scan, 'once'>, asked: readonly number[] | undefined) {
  if (asked === undefined) return allPids(host, scan)
  const running = scan.once('proc.pidSet', () => new Set(allPids(host, scan)))
  return asked.filter((pid) => running.has(pid))
}
