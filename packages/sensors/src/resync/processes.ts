import { setImmediate } from 'node:timers/promises'
import type { ProcessRef, SensorEvent } from '@quarry/schema/events'
import type { KnownProcesses } from '../proc/known-processes.ts'
import { listPids, readStat } from '../proc/process-stat.ts'
import { describeProcess, readCmdLine } from '../proc/read-process.ts'

/** Processes read between two looks at what else is to do. */
const SLICE = 50

/** Reads /proc and tells what the events did not: processes that run (`found`). Returns those that should run and do not. */
export async function resyncProcesses(
  root: string,
  known: KnownProcesses,
  emit: (event: SensorEvent) => void,
): Promise<ProcessRef[]> {
  const running = new Map<number, number>()
  const before = new Set(known.gone(new Map()).map(({ pid, startTicks }) => `${pid}:${startTicks}`))
  for (const [index, pid] of listPids(root).entries()) {
    if (index % SLICE === SLICE - 1) await setImmediate()
    const cmdLine = readCmdLine(root, pid)
    const stat = readStat(root, pid)
    if (!stat || stat.zombie) continue
    running.set(pid, stat.startTicks)
    const started = describeProcess(root, stat, cmdLine)
    if (known.has(started.process, started.path)) continue
    emit({ type: 'exec', at: Date.now(), found: true, ...started })
  }
  // Only what was known before the reading began can be said to be gone: others may have started behind it.
  return known.gone(running).filter(({ pid, startTicks }) => before.has(`${pid}:${startTicks}`))
}
