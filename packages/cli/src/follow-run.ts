import { setTimeout as sleep } from 'node:timers/promises'
import type { Call, Cell } from '@quarry/schema'
import { getResults } from '@quarry/schema/endpoints/run-results'
import { cancelRun, getRun, type Run } from '@quarry/schema/endpoints/runs'
import type { Terminal } from './define-command.ts'
import type { RowWriter } from './output/row-writer.ts'

const pageSize = 1000
const pauseMillis = 250

/**
 * Writes the rows of a run as they come and tells its progress, until it has ended. When the command is stopped the run is
 * cancelled; the rows that came are written.
 * @returns the run as it ended
 */
export async function followRun(call: Call, id: string, writer: RowWriter, terminal: Terminal): Promise<Run> {
  let written = 0
  let columns = 0
  const drain = async () => {
    for (;;) {
      const { metadata, items } = await call(getResults, {
        params: { id },
        query: { offset: written, pageSize },
      })
      const names = metadata.columns.map((column) => column.name)
      if (columns === 0 && items.length > 0) writer.columns(names)
      if (items.length > 0) columns = names.length
      for (const item of items) writer.row(names.map((name): Cell => item[name] ?? null))
      written += items.length
      if (items.length < pageSize) return
    }
  }
  let canceled = false
  for (;;) {
    if (terminal.signal.aborted && !canceled) {
      canceled = true
      await call(cancelRun, { params: { id } }).catch(() => undefined)
    }
    const run = await call(getRun, { params: { id } })
    await drain()
    if (terminal.interactive) terminal.err(`\r${progress(run)}\u001b[K`)
    if (run.status === 'finished') {
      writer.end()
      if (terminal.interactive) terminal.err('\n')
      return run
    }
    await sleep(pauseMillis, undefined, { signal: terminal.signal }).catch(() => undefined)
  }
}

/** One line: how many devices stand where, and how many rows have come. */
export function progress({ endpointCounts, resultCount }: Run): string {
  const { total, statuses } = endpointCounts
  const { pending, started, finished } = statuses
  const parts: [number, string][] = [
    [finished.succeeded.withData, 'with data'],
    [finished.succeeded.withoutData, 'without'],
    [finished.failed.total, 'failed'],
    [finished.timedOut.total, 'timed out'],
    [finished.canceled.total, 'cancelled'],
    [started.total, 'at work'],
    [pending.online, 'waiting'],
    [pending.offline, 'offline'],
  ]
  const states = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return [`${total} targeted`, ...states, `${resultCount} rows`].join(' · ')
}
