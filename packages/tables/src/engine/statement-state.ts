import type { Note, QueryRequest } from '@quarry/schema/agent/query'
import type { Place } from '../define-table.ts'
import { followLeader, type Leader } from './leader.ts'
import type { Plan } from './plan.ts'

type StopReason = 'time' | 'canceled' | 'memory' | 'sink'

const MAX_WARNINGS = 200
const MAX_MESSAGE = 2000
const LOOK_AT_MEMORY_EVERY_MS = 50

/** What belongs to the one statement that runs: its limits, warnings, plans, and why it has to stop. */
export interface StatementState {
  readonly request: QueryRequest
  readonly plans: Plan[]
  readonly kept: Map<string, unknown>
  readonly warnings: Note[]
  /** How far each table came, by its name. */
  readonly progress: Map<string, () => string | undefined>
  readonly leader: Leader
  /** The time of now that it goes by, in milliseconds since 1970, once a table asked. */
  asked: number | undefined
  /** The last place of each journal that is seen. */
  readonly until: Map<string, Place | undefined>
  /** An error that a callback found and SQLite cannot carry, such as a refused table. */
  refusal?: Note
  stopped?: StopReason
  peakMemory: number
  /** Adds a warning once; after 200 of them none. */
  warn(code: string, message: string): void
  /** Whether the statement has to stop now; also lets rows that wait go out. Cheap enough for each row. */
  mustStop(): boolean
}

export interface StatementWatch {
  canceled?: () => boolean
  /** Called now and then from within SQLite. */
  tick(now: number): void
  /** Bytes that the process has in use. */
  memory(): number
}

/** Starts the state of one statement; its deadline runs from now. */
export function startStatement(request: QueryRequest, watch: StatementWatch): StatementState {
  const deadline = performance.now() + request.limits.seconds * 1000
  const baseline = watch.memory()
  const seen = new Set<string>()
  let lookAtMemory = 0
  return {
    request,
    plans: [],
    kept: new Map(),
    warnings: [],
    progress: new Map(),
    asked: request.continuation && 'asked' in request.continuation ? request.continuation.asked : undefined,
    until: new Map(
      request.continuation && 'until' in request.continuation
        ? Object.entries(request.continuation.until)
        : [],
    ),
    leader: followLeader(request.sql, request.continuation),
    peakMemory: 0,
    warn(code, message) {
      const key = `${code}\0${message}`
      if (seen.has(key) || this.warnings.length >= MAX_WARNINGS) return
      seen.add(key)
      this.warnings.push({ code, message: message.slice(0, MAX_MESSAGE) })
    },
    mustStop() {
      if (this.stopped) return true
      const now = performance.now()
      if (now >= lookAtMemory) {
        lookAtMemory = now + LOOK_AT_MEMORY_EVERY_MS
        const used = watch.memory() - baseline
        this.peakMemory = Math.max(this.peakMemory, used)
        if (used > request.limits.memoryBytes) this.stopped = 'memory'
      }
      if (now >= deadline) this.stopped = 'time'
      else if (watch.canceled?.()) this.stopped = 'canceled'
      watch.tick(now)
      return this.stopped !== undefined
    },
  }
}
