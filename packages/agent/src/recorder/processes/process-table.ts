import type { ProcessRef } from '@quarry/schema/events'
import {
  type ExitEvent,
  type KnownProcess,
  learn,
  type StartEvent,
  sameStart,
  unknownProcess,
} from './known-process.ts'
import { openMarks } from './marks.ts'
import type { ProcessIds } from './process-ids.ts'
import { openStrangers } from './strangers.ts'

/** Processes that are remembered while they live; then the one that was known longest is forgotten. */
const maxLiving = 65_536
/** Ended ones that are remembered, for what is told of them late. */
const maxEnded = 4096
/** A copy of a process is journalled when it has not started a program within this time. */
const holdMillis = 1000
/** Processes that are looked for in one tick; a round over all of them begins no sooner than this after the one before. */
const lookedFor = 500
const roundMillis = 10_000

export interface ProcessOutput {
  started(process: KnownProcess, event: StartEvent): unknown
  ended(process: KnownProcess, event: ExitEvent): unknown
}

export interface ProcessTableOptions {
  ids: ProcessIds
  output: ProcessOutput
  /** The agent and its recorder: they and what they start is left out. */
  ownPids: readonly number[]
  /** Who a living process is, and who started it. */
  parentOf(pid: number): { self: ProcessRef; parent: number } | undefined
  /** Whether a process id is taken. */
  exists(pid: number): boolean
  /** Milliseconds of a clock that is never set. */
  now(): number
}

/** The processes of the host as the events tell them: one start for a fork and its exec, an end that says what it was. */
export interface ProcessTable {
  readonly size: number
  start(event: StartEvent): void
  /** Takes a process that ran already. Returns it when this is news, to be journalled by the caller. */
  adopt(event: StartEvent): KnownProcess | undefined
  exit(event: ExitEvent): void
  /** Says who did something: the `sophos_pid`; undefined when it was the agent itself, and the event is to be left out. */
  actor(process: ProcessRef | undefined): string | null | undefined
  find(process: ProcessRef): KnownProcess | undefined
  /** This process was started for somebody through the agent: it and its descendants are recorded, with this origin. */
  mark(pid: number, origin: string): void
  /** Releases what was held long enough, and looks for processes whose end was not seen. About every 250 ms. */
  tick(wallMillis: number): void
  /** Releases whatever is held. */
  settle(): void
}

export function openProcessTable(options: ProcessTableOptions): ProcessTable {
  const { ids, output, exists, now } = options
  const strangers = openStrangers(options, find)
  const ownPids = new Set(options.ownPids)
  const living = new Map<number, KnownProcess>()
  const ended = new Map<number, KnownProcess>()
  const marks = openMarks()
  let held: { process: KnownProcess; until: number }[] = []
  let looking = living.values()
  let nextRound = 0

  function find(ref: ProcessRef): KnownProcess | undefined {
    const alive = living.get(ref.pid)
    if (alive && sameStart(alive, ref)) return alive
    const gone = ended.get(ref.pid)
    return gone && sameStart(gone, ref) ? gone : undefined
  }

  function begin(event: StartEvent): KnownProcess {
    const before = living.get(event.process.pid)
    // Its end was lost, and the kernel has given its pid again.
    if (before) end(before, { type: 'exit', at: event.at, process: before })
    const process = unknownProcess(event.process, ids(event.process))
    inherit(process, event.parent)
    living.set(process.pid, process)
    if (living.size > maxLiving) living.delete(living.keys().next().value!)
    return process
  }

  function inherit(process: KnownProcess, parent: ProcessRef | undefined) {
    const mark = marks.take(process.pid, now())
    if (parent) {
      const known = find(parent)
      // A copy that starts others lives on as it is; its start goes before theirs.
      if (known?.held?.type === 'fork') release(known)
      process.parent = known?.id ?? ids(parent)
      process.origin = known?.origin ?? ''
      process.own = known?.own ?? ownPids.has(parent.pid)
    }
    if (ownPids.has(process.pid)) process.own = true
    if (mark === undefined) return
    process.origin = mark
    process.own = false
  }

  function release(process: KnownProcess) {
    const event = process.held
    if (!event || process.own) return
    process.held = undefined
    output.started(process, event)
  }

  function end(process: KnownProcess, event: ExitEvent) {
    living.delete(process.pid)
    ended.delete(process.pid)
    ended.set(process.pid, process)
    if (ended.size > maxEnded) ended.delete(ended.keys().next().value!)
    if (process.own) {
      process.held = undefined
      return
    }
    release(process)
    output.ended(process, event)
  }

  function lookForSome(wallMillis: number) {
    if (now() < nextRound) return
    for (let count = 0; count < lookedFor; count++) {
      const { value: process, done } = looking.next()
      if (done) {
        looking = living.values()
        nextRound = now() + roundMillis
        return
      }
      if (exists(process.pid)) process.missing = false
      else if (!process.missing) process.missing = true
      else end(process, { type: 'exit', at: wallMillis, process })
    }
  }

  return {
    get size() {
      return living.size
    },
    find,
    start(event) {
      const alive = living.get(event.process.pid)
      const known = alive && sameStart(alive, event.process) ? alive : undefined
      // A fork that is told after its exec is no news.
      if (known && event.type === 'fork') return
      const process = known ?? begin(event)
      learn(process, event)
      process.held = event
      if (event.type === 'fork') held.push({ process, until: now() + holdMillis })
      else release(process)
    },
    adopt(event) {
      const known = find(event.process)
      if (known && (known.path === event.path || !living.has(known.pid))) return undefined
      const process = known ?? begin(event)
      learn(process, event)
      if (process.own) process.held = event
      return process.own ? undefined : process
    },
    exit(event) {
      const known = find(event.process)
      if (known && living.get(known.pid) === known) return end(known, event)
      // Told twice; or never heard of: then all that can be said is that it ended.
      if (known || ownPids.has(event.process.pid)) return
      const before = living.get(event.process.pid)
      if (!before) end(unknownProcess(event.process, ids(event.process)), event)
    },
    actor(ref) {
      if (!ref) return null
      const process = find(ref)
      if (!process) return strangers.isOwn(ref) ? undefined : ids(ref)
      if (process.held) release(process)
      return process.own ? undefined : process.id
    },
    mark(pid, origin) {
      const process = living.get(pid)
      if (!process) return marks.put(pid, origin, now())
      const family = new Set([process.id])
      // A child stands behind its parent in the map, since it began later.
      for (const one of living.values()) {
        if (one !== process && !(one.parent && family.has(one.parent))) continue
        family.add(one.id)
        one.origin = origin
        one.own = false
        if (one.held?.type === 'fork') held.push({ process: one, until: now() + holdMillis })
        else release(one)
      }
    },
    tick(wallMillis) {
      const due = held.findIndex(({ until }) => until > now())
      const releasable = due < 0 ? held : held.slice(0, due)
      held = due < 0 ? [] : held.slice(due)
      for (const { process } of releasable) if (process.held?.type === 'fork') release(process)
      lookForSome(wallMillis)
    },
    settle() {
      for (const { process } of held) release(process)
      held = []
    },
  }
}
