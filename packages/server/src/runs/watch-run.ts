import type { ServerResponse } from 'node:http'
import type { ResultColumn } from '@quarry/schema/endpoints/run-results'
import type { Context } from '../context.ts'
import { type EventStream, openEventStream } from './event-stream.ts'
import { readColumnsOf } from './read-results.ts'
import { serial } from './serial.ts'

/** Rows that a stream carries; beyond them it tells only how many there are. */
const streamedRows = 1000
/** Bytes of the rows of one event, about. */
const streamedBytes = 256 << 10
/** Devices of one event, and of the snapshot at the beginning. */
const streamedEndpoints = 500
/** A stream ends after this long, and the watcher opens another one: so a right that was taken away ends it too. */
const maxMillis = 3_600_000

/**
 * Sends what happens in a run until it ends: first the run and what there is of rows and devices, then what changes.
 * @throws AppError run_not_found, before anything is sent
 */
export async function watchRun(
  ctx: Context,
  runId: string,
  raw: ServerResponse,
  headers: Record<string, unknown>,
): Promise<void> {
  await ctx.runs.rowOf(runId)
  const inTurn = serial()
  let sentRows = 0
  let stop = () => {}
  const fail = (error: unknown) => {
    ctx.log.error({ err: error, runId }, 'The stream of a run failed')
    stream.end()
  }
  const task = (work: () => Promise<void>) => void inTurn(work).catch(fail)

  const stream: EventStream = openEventStream(raw, headers, {
    caughtUp: () =>
      task(async () => {
        stream.send({ event: 'reread', reason: 'The watcher was too slow.' })
      }),
    closed: () => stop(),
  })

  const sendRows = async () => {
    const total = ctx.results.rows(runId)
    if (sentRows >= streamedRows || total === sentRows) {
      if (total > sentRows) stream.send({ event: 'progress', total, at: new Date().toISOString() })
      return
    }
    const page = await ctx.results.page(runId, {
      offset: sentRows,
      pageSize: streamedRows - sentRows,
      maxBytes: streamedBytes,
      withTotal: false,
      mayLag: true,
    })
    const columns: ResultColumn[] = await readColumnsOf(ctx, runId, page.columns)
    if (stream.send({ event: 'rows', columns, items: page.items, total })) {
      sentRows += page.items.length
      if (sentRows < Math.min(total, streamedRows)) await sendRows()
    }
  }
  const sendRun = async () => {
    stream.send({ event: 'run', run: await ctx.runs.one(runId) })
  }
  const sendEndpoints = async (ids: readonly string[]) => {
    for (let from = 0; from < ids.length; from += streamedEndpoints) {
      const items = await ctx.runs.endpointsById(runId, ids.slice(from, from + streamedEndpoints))
      if (!stream.send({ event: 'endpoints', items })) return
    }
  }

  // Watch before the snapshot is read: what changes meanwhile waits its turn, and nothing falls between the two.
  const unwatch = ctx.runs.feeds.watch(runId, {
    rows: () => task(sendRows),
    endpoints: (ids) =>
      task(async () => {
        await sendEndpoints(ids)
        await sendRun()
      }),
    end: () => finish(),
  })
  const finish = () =>
    task(async () => {
      await sendRun()
      stream.send({ event: 'end', runId })
      stream.end()
    })
  const end = () => stream.end()
  const timer = setTimeout(end, maxMillis)
  ctx.closing.addEventListener('abort', end)
  stop = () => {
    unwatch()
    clearTimeout(timer)
    ctx.closing.removeEventListener('abort', end)
  }

  task(async () => {
    await sendRun()
    await sendRows()
    const { items } = await ctx.runs.endpoints(runId, { page: 1, pageSize: streamedEndpoints })
    stream.send({ event: 'endpoints', items })
    if ((await ctx.runs.rowOf(runId)).status === 'finished') finish()
  })
}
