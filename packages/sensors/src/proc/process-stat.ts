import { readdirSync } from 'node:fs'
import type { ProcessRef } from '@quarry/schema/events'
import { readText } from './proc-file.ts'

export interface ProcessStat extends ProcessRef {
  comm: string
  parentPid: number
  /** It has ended and waits for its parent. */
  zombie: boolean
}

/** Reads `/proc/<pid>/stat`; undefined when there is no such process. `root` ends without a slash. */
export function readStat(root: string, pid: number): ProcessStat | undefined {
  const text = readText(`${root}/proc/${pid}/stat`)
  return text === undefined ? undefined : parseStat(text)
}

/** The short name may hold spaces and brackets, so fields are counted from the last bracket (proc_pid_stat(5)). */
export function parseStat(text: string): ProcessStat | undefined {
  const open = text.indexOf('(')
  const close = text.lastIndexOf(')')
  const fields = text.slice(close + 2).split(' ')
  const startTicks = Number(fields[19])
  if (open < 0 || close < open || !Number.isSafeInteger(startTicks)) return undefined
  return {
    pid: Number.parseInt(text, 10),
    startTicks,
    comm: text.slice(open + 1, close),
    parentPid: Number(fields[1]),
    zombie: fields[0] === 'Z' || fields[0] === 'X',
  }
}

/** A process as others refer to it; undefined when it is gone or the id is none. */
export function readRef(root: string, pid: number): ProcessRef | undefined {
  if (pid <= 0) return undefined
  const stat = readStat(root, pid)
  return stat && { pid: stat.pid, startTicks: stat.startTicks }
}

/** Ids of all processes that this user may see. */
export function listPids(root: string): number[] {
  try {
    return readdirSync(`${root}/proc`)
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}
