import type { QueryEnd } from '@quarry/schema/agent/query'
import type { Order } from './link.ts'
import type { Log } from './log.ts'
import { batchFrame } from './outbox/frames.ts'
import { limited, type Policy, refusal } from './policy.ts'
import { endWithout, type QueryContext, runQuery } from './run-query.ts'
import { messageOf } from './start-error.ts'

type Query = Extract<Order, { type: 'query' }>

/** A query that kills the agent must not do so for ever: it begins twice at most. */
const maxAttempts = 2
/** Queries that wait for their turn; the next one is refused. */
const maxWaiting = 500
/** Longest time that a timer of Node.js takes, in milliseconds. */
const maxTimer = 2 ** 31 - 1

export interface Runner {
  query(query: Query): void
  cancel(runId: string): void
  /** Runs that are under way. */
  running(): string[]
  /** Breaks off what runs; nothing is lost: the next start says how each run ends. */
  stop(): Promise<void>
}

export interface RunnerOptions extends QueryContext {
  policy: Policy
  log: Log
  /** A query has begun. */
  started: (runId: string) => void
}

/** Takes queries, runs a few side by side, and gives each run exactly one end. */
export function openRunner(options: RunnerOptions): Runner {
  const { outbox, delivery, policy, log } = options
  const waiting = new Map<string, { query: Query; expiry: NodeJS.Timeout }>()
  const running = new Map<string, { cancel: AbortController; done: Promise<void> }>()
  const stopping = new AbortController()

  recover(options)

  /** Ends a run that is not under way. */
  function end(runId: string, how: QueryEnd) {
    const known = outbox.find(runId)
    if (known?.ended) return
    const sequence = (known?.lastSequence ?? 0) + 1
    const batch = { sequence, frame: batchFrame({ runId, sequence, end: how }) }
    try {
      if (!known) outbox.begin(runId)
      outbox.append(runId, batch, true)
    } catch (error) {
      log.error(`The end of run ${runId} is kept in memory: ${messageOf(error)}`)
      outbox.hold(runId, batch)
    }
    log.info({ runId, status: how.status, code: how.error?.code }, 'Run ended before it began')
    delivery.stored(runId)
  }

  function unqueue(runId: string) {
    const entry = waiting.get(runId)
    clearTimeout(entry?.expiry)
    waiting.delete(runId)
    return entry?.query
  }

  async function run({ runId, request }: Query, cancel: AbortSignal) {
    log.info({ runId }, 'Run begins')
    options.started(runId)
    const how = await runQuery(options, runId, limited(policy, request), cancel, stopping.signal)
    if (how) log.info({ runId, status: how.status, code: how.error?.code, ...how.stats }, 'Run ended')
    else if (outbox.find(runId)?.lastSequence === 0) outbox.unbegin(runId)
  }

  function next() {
    while (running.size < policy.parallel && !stopping.signal.aborted) {
      const [runId] = waiting.keys()
      const query = runId !== undefined && unqueue(runId)
      if (!query) return
      try {
        outbox.begin(query.runId)
      } catch (error) {
        const message = `The device cannot note that the query begins (${messageOf(error)}).`.slice(0, 2000)
        end(query.runId, endWithout('failed', { code: 'disk_full', message }))
        continue
      }
      const cancel = new AbortController()
      const done = run(query, cancel.signal)
        .catch((error: unknown) => log.error(`Run ${query.runId} went wrong: ${messageOf(error)}`))
        .then(() => {
          running.delete(query.runId)
          next()
        })
      running.set(query.runId, { cancel, done })
    }
  }

  return {
    query(query) {
      const { runId, request, expiresInSeconds } = query
      if (stopping.signal.aborted || waiting.has(runId) || running.has(runId)) return
      const known = outbox.find(runId)
      if (known?.ended) return
      const refused = refusal(policy, request.sql)
      if (refused) return end(runId, endWithout('failed', { code: 'refused_by_device', message: refused }))
      if (waiting.size >= maxWaiting) {
        const message = `${maxWaiting} queries wait on this device already; ask again later.`
        return end(runId, endWithout('failed', { code: 'refused_by_device', message }))
      }
      const late = () => {
        unqueue(runId)
        const message = 'The query waited on the device until its run was over, and was not begun.'
        end(runId, endWithout('timedOut', { code: 'time_limit', message }))
      }
      if (expiresInSeconds <= 0) return late()
      waiting.set(runId, { query, expiry: setTimeout(late, Math.min(expiresInSeconds * 1000, maxTimer)) })
      next()
    },
    cancel(runId) {
      const under = running.get(runId)
      if (under) return under.cancel.abort()
      unqueue(runId)
      end(runId, endWithout('canceled'))
    },
    running: () => [...running.keys()],
    async stop() {
      stopping.abort()
      for (const { expiry } of waiting.values()) clearTimeout(expiry)
      waiting.clear()
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}

/**
 * Ends the runs that the last process left: one that had stored rows cannot be begun again without doubling them, and one that
 * has begun twice is the likely reason for the restarts. Any other waits for the server to send its query again.
 */
function recover({ outbox, delivery, log }: RunnerOptions) {
  for (const { runId, lastSequence, attempts } of outbox.unfinished()) {
    if (lastSequence === 0 && attempts < maxAttempts) continue
    const message =
      lastSequence > 0
        ? 'The agent was restarted during the query; the rows that had been found are kept.'
        : 'The agent was restarted twice during the query, which is not tried again.'
    const sequence = lastSequence + 1
    const how = endWithout('failed', { code: 'interrupted', message })
    const batch = { sequence, frame: batchFrame({ runId, sequence, end: how }) }
    try {
      outbox.append(runId, batch, true)
    } catch {
      outbox.hold(runId, batch)
    }
    log.warn({ runId }, message)
    delivery.stored(runId)
  }
}
