import type { Note, QueryEnd, QueryRequest } from '@quarry/schema/agent/query'
import { queryErrorCodes } from '@quarry/schema/agent/query-codes'
import { type Batches, type Full, openBatches, type Sink } from './batches.ts'
import { countGiven } from './given-rows.ts'
import { prepareOne } from './prepare.ts'
import { givesAtOnce } from './query-plan.ts'
import { type ResultColumns, resultColumns } from './result-columns.ts'
import type { Sqlite } from './sqlite.ts'
import { type StatementState, startStatement } from './statement-state.ts'
import type { Values } from './values.ts'

export interface RunContext {
  sqlite: Sqlite
  values: Values
  db: number
  /** Makes a state the current one while a statement runs. */
  setCurrent(state: StatementState | undefined): void
  explain(message: string, sql: string): Note
  /** Gives columns the names that a statement uses, until what it returns is called; undefined when it can do nothing. */
  rename(message: string, sql: string): (() => void) | undefined
}

/** What the wire takes of one sentence; SQLite quotes whatever it does not understand. */
const MAX_MESSAGE = 2000

/** Runs one statement to its end, a limit or its deadline; rows go to the sink as they come. Never throws for the query's sake. */
export function runQuery(
  context: RunContext,
  request: QueryRequest,
  sink: Sink,
  signal?: { canceled(): boolean },
): QueryEnd {
  const { sqlite, values, db } = context
  const { capi, raw } = sqlite
  const started = performance.now()
  const cpu = process.cpuUsage()
  let columns: ResultColumns | undefined
  let sinkError: { error: unknown } | undefined
  const batches = openBatches(sink, request.limits, () => columns?.describe() ?? [])
  const state = startStatement(request, {
    canceled: signal && (() => signal.canceled()),
    memory: () => process.memoryUsage.rss(),
    tick(now) {
      // An error must not cross SQLite's own code: it is kept and thrown afterwards.
      try {
        batches.tick(now)
      } catch (error) {
        sinkError = { error }
        state.stopped = 'sink'
      }
    },
  })
  const given = countGiven(request.continuation)
  /** Whether the rows are summed up, so that the statement can go on behind them. */
  let sums: boolean | undefined
  const explain = (message: string) => context.explain(message, request.sql)
  context.setCurrent(state)
  let statement = 0
  let nameBack: (() => void) | undefined
  try {
    const prepared = prepare()
    if ('error' in prepared) return end('failed', prepared.error)
    statement = prepared.statement
    columns = resultColumns(sqlite, statement)
    const { code, full } = step(statement, columns)
    if (sinkError) throw sinkError.error
    batches.flush()
    if (given.changed || (code === capi.SQLITE_DONE && given.missing))
      return end('failed', note('cannot_continue'))
    if (full) state.warn(`limited_${full}`, withProgress(limited(full, request, batches)))
    if (full) return { ...end('succeeded'), ...goesOn() }
    if (code === capi.SQLITE_DONE) return end('succeeded')
    return failed(code)
  } finally {
    if (statement !== 0) raw.sqlite3_finalize(statement)
    nameBack?.()
    context.setCurrent(undefined)
  }

  /** Compiles the statement; where a name is not understood, once more with the names that it may mean. */
  function prepare() {
    const first = prepareOne(sqlite, db, request.sql, state, explain)
    if (!('error' in first) || state.refusal) return first
    nameBack = context.rename(capi.sqlite3_errmsg(db) as string, request.sql)
    const second = nameBack && prepareOne(sqlite, db, request.sql, state, explain)
    return second && !('error' in second) ? second : first
  }

  function step(statement: number, { count, look }: ResultColumns): { code: number; full?: Full } {
    for (;;) {
      const code = raw.sqlite3_step(statement)
      if (code !== capi.SQLITE_ROW) return { code }
      look()
      if (state.leader.found()) continue
      const row = new Array(count)
      for (let index = 0; index < count; index++) row[index] = values.readColumn(statement, index)
      if (given.passes(row)) {
        if (given.changed || state.mustStop()) return { code: capi.SQLITE_INTERRUPT }
        continue
      }
      const full = batches.add(row)
      if (full) return { code, full }
      state.leader.gives()
      // Rows that come straight from a journal need not be known again: their events have places.
      sums ??= state.until.size > 0 && streamed() === undefined
      if (sums) given.gives(row)
      if (state.mustStop()) return { code: capi.SQLITE_INTERRUPT }
    }
  }

  function failed(code: number): QueryEnd {
    if (state.stopped === 'canceled') return end('canceled')
    if (state.stopped === 'time') return { ...end('timedOut', note('time_limit')), ...goesOn() }
    if (state.stopped === 'memory' || code === capi.SQLITE_NOMEM)
      return { ...end('failed', note('memory_limit')), ...goesOn() }
    return end('failed', state.refusal ?? explain(capi.sqlite3_errmsg(db) as string))
  }

  /** Where a statement whose rows come straight from a journal is. */
  function streamed(): QueryEnd['continuation'] {
    const place = state.leader.place()
    return place && givesAtOnce(sqlite, db, request.sql, state) ? place : undefined
  }

  function goesOn(): Pick<QueryEnd, 'continuation'> {
    const continuation = streamed()
    if (continuation) return { continuation }
    if (given.missing) return request.continuation ? { continuation: request.continuation } : {}
    const { passed, digest } = given.sum()
    const places = [...state.until].flatMap(([name, place]) => (place ? [[name, place] as const] : []))
    const behind = { passed, digest, asked: state.asked ?? Date.now(), until: Object.fromEntries(places) }
    return passed > 0 && places.length > 0 && !(request.continuation && 'table' in request.continuation)
      ? { continuation: behind }
      : {}
  }

  function note(code: keyof typeof queryErrorCodes): Note {
    return { code, message: withProgress(queryErrorCodes[code]) }
  }

  /** Adds how far the tables came. */
  function withProgress(message: string): string {
    const said = [...state.progress.values()].map((say) => say()).filter((one) => one !== undefined)
    return [message, ...said].join(' ')
  }

  function end(status: QueryEnd['status'], error?: Note): QueryEnd {
    const used = process.cpuUsage(cpu)
    return {
      status,
      ...(error ? { error: { ...error, message: error.message.slice(0, MAX_MESSAGE) } } : {}),
      warnings: state.warnings,
      stats: {
        wallMillis: performance.now() - started,
        cpuMillis: (used.user + used.system) / 1000,
        pausedMillis: 0,
        peakMemoryBytes: state.peakMemory,
        rows: batches.rows,
        bytes: batches.bytes,
      },
    }
  }
}

function limited(full: Full, { limits }: QueryRequest, { rows }: Batches): string {
  return full === 'rows'
    ? `The limit of ${limits.resultRows} rows was reached; what had been found is kept, and there is more.`
    : `The limit of ${limits.resultBytes} bytes was reached after ${rows} rows; what had been found is kept, and there is more.`
}
