import type { QueryEnd, QueryRequest } from '@quarry/schema/agent/query'
import { defaultLimits } from '@quarry/schema/agent/query-codes'
import type { SandboxHost } from './frames.ts'
import { readProcessStats } from './process-stats.ts'
import { openReaper } from './reaper.ts'
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts'
import { type SandboxSink, supervise } from './supervise.ts'

export type { SandboxHost } from './frames.ts'
export type { SandboxSink } from './supervise.ts'

export interface SandboxOptions {
  host: SandboxHost
  /** Processes that wait for the next query while others run, so that it starts at once; default 1. */
  spare?: number
  /** How long they wait without any query before they end, to give their memory back; default 60 seconds. */
  spareMillis?: number
  /** Address of a module with `allTables()`, and `openPorts(host)` where they need it; default: the tables of this package. */
  tables?: string
}

/** Runs queries in processes of their own, several side by side. */
export interface Sandboxes {
  /** Runs one query to its end. Rejects only when the sink fails or the sandboxes are closed. */
  run(request: QueryRequest, sink: SandboxSink, signal?: AbortSignal): Promise<QueryEnd>
  /** Processes that are alive, waiting ones included. */
  pids(): number[]
  /** Ends every process; queries that run end as canceled. */
  close(): Promise<void>
}

/** A process is used again only while it is as good as new. */
const MAX_QUERIES = 500
const MAX_GROWTH = 96 << 20
/** Errors after which a process is as good as before. */
const harmless = new Set(['sql', 'not_allowed', 'other_platform', 'lake_table'])
/** A new spare starts once the query has had the CPU for itself. */
const REFILL_AFTER_MS = 300

interface Living extends SandboxProcess {
  /** Memory when it became ready. */
  memory: number
}

/** Opens the sandboxes; the first spare processes start at once. */
export function openSandboxes(options: SandboxOptions): Sandboxes {
  const {
    host,
    spare = 1,
    spareMillis = 60_000,
    tables = new URL('../registry.ts', import.meta.url).href,
  } = options
  const reaper = openReaper()
  const living = new Set<Living>()
  const idle: Living[] = []
  const closing = new AbortController()
  let running = 0
  let usualMemory = defaultLimits.memoryBytes
  let rest: NodeJS.Timeout | undefined

  function start(heapBytes: number): Living {
    const child = Object.assign(startSandboxProcess({ host, tables }, heapBytes, reaper), { memory: 0 })
    living.add(child)
    child.ready.then(
      () => {
        child.memory = readProcessStats(child.pid)?.memory ?? 0
      },
      () => {},
    )
    void child.gone.then(() => {
      living.delete(child)
      const index = idle.indexOf(child)
      if (index >= 0) idle.splice(index, 1)
    })
    return child
  }

  function refill() {
    while (!closing.signal.aborted && idle.length < spare) idle.push(start(usualMemory))
  }

  function endIdle() {
    for (const child of idle.splice(0)) child.kill()
  }

  /** Lets the spare processes go once nothing was asked for a while. */
  function restLater() {
    clearTimeout(rest)
    rest = setTimeout(() => {
      if (running === 0) endIdle()
    }, spareMillis).unref()
  }

  function take(memory: number): Living {
    usualMemory = memory
    // The one that ran last is warm.
    const index = idle.findLastIndex((child) => memory <= Math.min(child.heapBytes, child.lowestMemory))
    // What waits under other limits is of no use to those who ask now.
    if (index < 0) endIdle()
    const child = index >= 0 ? idle.splice(index, 1)[0]! : start(memory)
    child.queries++
    child.lowestMemory = Math.min(child.lowestMemory, memory)
    return child
  }

  /**
   * Puts a process back, or ends it when the query left something behind. One more than the spare ones may wait: else each long
   * query, during which a spare one starts, would cost a process.
   */
  function giveBack(child: Living, end: QueryEnd | undefined) {
    const grown = (readProcessStats(child.pid)?.memory ?? Number.POSITIVE_INFINITY) - child.memory
    const good = end?.status === 'succeeded' || harmless.has(end?.error?.code ?? '')
    const fresh = child.queries < MAX_QUERIES && grown < MAX_GROWTH
    if (good && fresh && living.has(child) && idle.length <= spare && !closing.signal.aborted)
      idle.push(child)
    else child.kill()
  }

  async function run(request: QueryRequest, sink: SandboxSink, signal?: AbortSignal): Promise<QueryEnd> {
    if (closing.signal.aborted) throw new Error('The sandboxes are closed.')
    const started = performance.now()
    running++
    const child = take(request.limits.memoryBytes)
    const later = child.ready.then(
      () => setTimeout(refill, REFILL_AFTER_MS),
      () => undefined,
    )
    const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal
    let end: QueryEnd | undefined
    try {
      end = await supervise(child, request, sink, either, started)
      return end
    } finally {
      running--
      clearTimeout(await later)
      giveBack(child, end)
      refill()
      restLater()
    }
  }

  refill()
  restLater()
  return {
    run,
    pids: () => [...living].map((child) => child.pid),
    async close() {
      closing.abort()
      clearTimeout(rest)
      endIdle()
      await Promise.all([...living].map((child) => child.gone))
      reaper.close()
    },
  }
}
