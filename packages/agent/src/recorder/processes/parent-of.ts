import type { ProcessRef } from '@quarry/schema/events'
import { readText } from '../../read-text.ts'

/** Fields of `/proc/<pid>/stat` behind the name in brackets (proc_pid_stat(5)). */
const parentField = 1
const startField = 19

/** Asks the kernel who a process is and who started it; undefined when it is gone. */
export function parentOf(pid: number): { self: ProcessRef; parent: number } | undefined {
  const text = readText(`/proc/${pid}/stat`, 1024)
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const startTicks = Number(fields[startField])
  return text && Number.isSafeInteger(startTicks)
    ? { self: { pid, startTicks }, parent: Number(fields[parentField]) }
    : undefined
}
