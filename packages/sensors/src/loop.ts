import { setImmediate, setTimeout } from 'node:timers/promises'
import type { BootClock } from './clock.ts'
import type { Active } from './layers.ts'
import type { Libc } from './libc.ts'
import { PollSet } from './poll-set.ts'

/** A pause lets events gather, so that many are read at once; far below the second in which an event must be visible. */
const PAUSE_MILLIS = 10
/** Longest wait for an event, and so the longest until a loop that shall end does. */
const WAIT_MILLIS = 200
const TICK_MILLIS = 1000

export interface LoopOptions {
  libc: Libc | undefined
  clock: BootClock
  active(): ReadonlySet<Active>
  /** Called about every second, after all ticks. */
  everySecond(): void
  failed(active: Active, error: unknown): Promise<void>
}

/** Waits for all sources at once in another thread and reads those that have something. Returns how to end it. */
export function startLoop(options: LoopOptions): () => Promise<void> {
  const state = { ended: false }
  const done = run(options, state)
  return async () => {
    state.ended = true
    await done
  }
}

async function run(options: LoopOptions, state: { ended: boolean }) {
  const set = new PollSet(options.libc)
  /** Sources that stopped early. The others are looked at between two of their turns. */
  let unfinished = new Set<Active>()
  let nextTick = 0
  while (!state.ended) {
    const ready = await set.wait(options.active(), unfinished.size > 0 ? 0 : WAIT_MILLIS)
    if (state.ended) break
    options.clock.sample()
    const turn = inOrder(options.active(), new Set([...unfinished, ...ready.keys()]))
    unfinished = new Set()
    for (const active of turn) {
      // Replaced meanwhile, with its neighbour's failure.
      if (!options.active().has(active)) continue
      const more = await guarded(options, active, () => {
        if (ready.get(active) === 'closed') throw new Error('Its file descriptor was closed.')
        return active.open.drain?.() ?? false
      })
      if (more) unfinished.add(active)
    }
    if (performance.now() >= nextTick) {
      nextTick = performance.now() + TICK_MILLIS
      for (const active of [...options.active()])
        await guarded(options, active, () => active.open.tick?.(Date.now()))
      options.everySecond()
    }
    if (unfinished.size > 0) await setImmediate()
    else await setTimeout([...options.active()].some(({ open }) => open.prompt) ? 1 : PAUSE_MILLIS)
  }
}

/**
 * Processes first, also when their source did not say that it has something: what the others tell may be the doing of a process
 * that has started and ended since.
 */
function inOrder(active: ReadonlySet<Active>, turn: ReadonlySet<Active>): Set<Active> {
  if (turn.size === 0) return new Set()
  const processes = [...active].filter(
    ({ layers, open }) => layers.has('process') && open.drain !== undefined,
  )
  return new Set([...processes, ...turn])
}

/** A source that throws is replaced; the loop goes on. */
async function guarded<T>(options: LoopOptions, active: Active, act: () => T): Promise<T | undefined> {
  try {
    return act()
  } catch (error) {
    await options.failed(active, error)
    return undefined
  }
}
