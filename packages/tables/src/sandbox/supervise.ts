import type { BatchColumn, Note, QueryEnd, QueryRequest, WireValue } from '@quarry/schema/agent/query'
import { queryErrorCodes } from '@quarry/schema/agent/query-codes'
import { readProcessStats, resetPeak } from './process-stats.ts'
import type { Death, SandboxProcess } from './sandbox-process.ts'
import { openThrottle } from './throttle.ts'

/** Takes what a query finds; while the promise of `rows` is pending, the query waits. */
export interface SandboxSink {
  columns(columns: BatchColumn[]): void
  rows(rows: WireValue[][], bytes: number): void | Promise<void>
}

const LOOK_EVERY_MS = 50
/** How long a query that was asked to end may take before it is killed. */
const GRACE_MS = 500

type Killed = 'canceled' | 'time' | 'memory'

/** Runs one query in a child, watching over its limits. The child may have been killed when this resolves. */
export async function supervise(
  child: SandboxProcess,
  request: QueryRequest,
  sink: SandboxSink,
  signal: AbortSignal | undefined,
  started: number,
): Promise<QueryEnd> {
  const { limits } = request
  const alive = await child.ready.then(
    () => true,
    () => false,
  )
  const before = readProcessStats(child.pid)
  resetPeak(child.pid)
  const throttle = openThrottle(limits.cpuShare, before?.cpuMillis ?? 0, performance.now())
  const deadline = started + limits.seconds * 1000
  let last = before
  let peak = 0
  let killed: Killed | undefined
  let askedAt: number | undefined
  let pausedSince: number | undefined
  let pausedMillis = 0
  let rows = 0
  let bytes = 0

  function resume(now: number) {
    if (pausedSince === undefined) return
    pausedMillis += now - pausedSince
    pausedSince = undefined
    child.resume()
  }

  function kill(reason: Killed) {
    killed ??= reason
    resume(performance.now())
    child.kill()
  }

  function look() {
    const now = performance.now()
    last = readProcessStats(child.pid) ?? last
    peak = Math.max(peak, (last?.peak ?? 0) - (before?.memory ?? 0))
    if (last && before && last.memory - before.memory > limits.memoryBytes) return kill('memory')
    if (signal?.aborted && askedAt === undefined) cancel()
    if (askedAt !== undefined && now > askedAt + GRACE_MS) return kill('canceled')
    if (now > deadline + GRACE_MS) return kill('time')
    // Whoever has to end gets the CPU to do it.
    const ending = askedAt !== undefined || now > deadline
    const pause = throttle.paused(last?.cpuMillis ?? 0, now) && !ending
    if (pause && pausedSince === undefined) {
      pausedSince = now
      child.pause()
    } else if (!pause) resume(now)
  }

  function cancel() {
    if (askedAt !== undefined) return
    askedAt = performance.now()
    child.tell({ cancel: true })
    resume(askedAt)
  }

  const timer = setInterval(look, LOOK_EVERY_MS)
  signal?.addEventListener('abort', cancel)
  try {
    if (signal?.aborted) return finish('canceled', 0)
    if (!alive) return dead(await child.gone)
    const left = Math.max(0.001, (deadline - performance.now()) / 1000)
    child.tell({ run: { ...request, limits: { ...limits, seconds: left } } })
    for (;;) {
      const frame = await child.next()
      if (!frame) return dead(await child.gone)
      if ('columns' in frame) sink.columns(frame.columns)
      else if ('rows' in frame) {
        rows += frame.rows.length
        bytes += frame.bytes
        await sink.rows(frame.rows, frame.bytes)
      } else if ('end' in frame) {
        look()
        resume(performance.now())
        const { status, error, warnings, stats, continuation } = frame.end
        // The child counts its own CPU time more finely than the kernel's table.
        const ended = finish(status, stats.cpuMillis, error, warnings)
        return continuation ? { ...ended, continuation } : ended
      }
    }
  } catch (error) {
    // The sink failed: nobody wants the rest.
    kill('canceled')
    throw error
  } finally {
    clearInterval(timer)
    signal?.removeEventListener('abort', cancel)
    resume(performance.now())
  }

  function dead({ sentence, outOfMemory }: Death): QueryEnd {
    const cpu = (last?.cpuMillis ?? 0) - (before?.cpuMillis ?? 0)
    if (killed === 'canceled') return finish('canceled', cpu)
    if (killed === 'time') return finish('timedOut', cpu, known('time_limit'))
    if (killed === 'memory' || outOfMemory) return finish('failed', cpu, known('memory_limit'))
    return finish('failed', cpu, { code: 'crashed', message: sentence })
  }

  function finish(
    status: QueryEnd['status'],
    cpuMillis: number,
    error?: Note,
    warnings: Note[] = [],
  ): QueryEnd {
    return {
      status,
      ...(error ? { error } : {}),
      warnings,
      stats: {
        wallMillis: performance.now() - started,
        cpuMillis,
        pausedMillis,
        peakMemoryBytes: Math.max(0, peak),
        rows,
        bytes,
      },
    }
  }
}

const known = (code: keyof typeof queryErrorCodes): Note => ({ code, message: queryErrorCodes[code] })
