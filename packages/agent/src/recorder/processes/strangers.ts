import type { ProcessRef } from '@quarry/schema/events'
import { type KnownProcess, sameStart } from './known-process.ts'

/** What was found out about so many of them is kept. */
const maxKept = 1000
/** Nobody starts the agent's programs through more others. */
const maxSteps = 8

export interface StrangersOptions {
  ownPids: readonly number[]
  parentOf(pid: number): { self: ProcessRef; parent: number } | undefined
}

/** Processes that did something before their start was told, as happens when one source is read before another. */
export interface Strangers {
  /** Whether it is the agent's own, by the processes that it descends from. */
  isOwn(process: ProcessRef): boolean
}

export function openStrangers(
  { ownPids, parentOf }: StrangersOptions,
  find: (process: ProcessRef) => KnownProcess | undefined,
): Strangers {
  const kept = new Map<string, boolean>()

  function look(process: ProcessRef): boolean {
    if (ownPids.includes(process.pid)) return true
    let one = parentOf(process.pid)
    // Its id is another's by now.
    if (!one || !sameStart(one.self, process)) return false
    for (let step = 0; step < maxSteps && one && one.parent > 1; step++) {
      if (ownPids.includes(one.parent)) return true
      one = parentOf(one.parent)
      const known: KnownProcess | undefined = one && find(one.self)
      if (known) return known.own
    }
    return false
  }
  return {
    isOwn(process) {
      const key = `${process.pid} ${process.startTicks}`
      let own = kept.get(key)
      if (own === undefined) {
        own = look(process)
        if (kept.size >= maxKept) kept.clear()
        kept.set(key, own)
      }
      return own
    },
  }
}
