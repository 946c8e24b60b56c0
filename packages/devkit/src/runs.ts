import { setTimeout as sleep } from 'node:timers/promises'
import type { Call } from '@quarry/schema'
import { listEndpoints } from '@quarry/schema/endpoints/endpoints'
import { getResults, type ResultItem } from '@quarry/schema/endpoints/run-results'
import { createRun, getRun, type Run, type RunInput } from '@quarry/schema/endpoints/runs'

const pauseMillis = 50

/** Waits until so many devices are online. */
export async function waitForDevices(call: Call, count: number): Promise<void> {
  for (;;) {
    const { items } = await call(listEndpoints, { query: { online: 'true', pageSize: 500 } })
    if (items.length >= count) return
    await sleep(pauseMillis)
  }
}

/** Starts a run of SQL on all devices, or as `input` says. */
export function startRun(call: Call, sql: string, input: Partial<RunInput> = {}): Promise<Run> {
  const body = {
    adHocQuery: { name: 'test', template: sql },
    matchEndpoints: { all: true as const },
    ...input,
  }
  return call(createRun, { body })
}

/** Waits until a run has ended. */
export async function waitForRun(call: Call, id: string): Promise<Run> {
  for (;;) {
    const run = await call(getRun, { params: { id } })
    if (run.status === 'finished') return run
    await sleep(pauseMillis)
  }
}

/** Reads all rows of a run, page by page. */
export async function readRows(call: Call, id: string): Promise<ResultItem[]> {
  const rows: ResultItem[] = []
  for (let pageFromKey: string | undefined; ; ) {
    const { items, pages } = await call(getResults, {
      params: { id },
      query: { pageSize: 1000, pageFromKey },
    })
    rows.push(...items)
    if (pages.nextKey === undefined) return rows
    pageFromKey = pages.nextKey
  }
}

/** Runs SQL on all devices and resolves to the run and its rows. */
export async function ask(
  call: Call,
  sql: string,
  input: Partial<RunInput> = {},
): Promise<{ run: Run; rows: ResultItem[] }> {
  const { id } = await startRun(call, sql, input)
  const run = await waitForRun(call, id)
  return { run, rows: await readRows(call, id) }
}
