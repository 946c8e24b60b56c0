import type { Run, RunOrigin } from '@quarry/schema/endpoints/runs'
import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../state/schema.ts'
import { countEndpoints } from './counts.ts'
import type { Deadlines } from './deadlines.ts'
import { readRunCost } from './run-cost.ts'
import type { RunTables } from './tables.ts'

export type RunRow = Selectable<RunTables['runs']>

/** What is kept of a run once it has ended. */
export type Summary = Pick<Run, 'endpointCounts' | 'performance' | 'warnings' | 'resultCount' | 'resumable'>

const time = (millis: number) => new Date(millis).toISOString()

/** Makes runs as the API shows them; those that go on are counted anew, all in one statement. */
export async function runsOf(
  db: Kysely<Database>,
  rows: readonly RunRow[],
  deadlines: Deadlines,
  rowsOf: (runId: string) => number,
): Promise<Run[]> {
  const open = rows.filter(({ summary }) => summary === null).map(({ id }) => id)
  const counts = await countEndpoints(db, open)
  const runs: Run[] = []
  for (const row of rows) {
    runs.push(runOf(row, await summaryOf(row), deadlines))
  }
  return runs

  async function summaryOf(row: RunRow): Promise<Summary> {
    if (row.summary !== null) return JSON.parse(row.summary) as Summary
    const { performance, warnings, resumable } = await readRunCost(db, row.id)
    const endpointCounts = counts.get(row.id)!
    return { endpointCounts, performance, warnings, resumable, resultCount: rowsOf(row.id) }
  }
}

function runOf(row: RunRow, summary: Summary, deadlines: Deadlines): Run {
  return {
    id: row.id,
    ...(row.category_id && { category: { id: row.category_id, name: row.category_name ?? '' } }),
    ...(row.query_id && { query: { id: row.query_id, name: row.query_name ?? '' } }),
    name: row.name,
    template: row.template,
    variables: JSON.parse(row.variables),
    ...(row.origin !== null && { origin: JSON.parse(row.origin) as RunOrigin }),
    status: row.status,
    result: row.result,
    createdAt: time(row.created_at),
    createdBy: { id: row.created_by_id, type: row.created_by_type, name: row.created_by_name },
    ...(row.finished_at !== null && { finishedAt: time(row.finished_at) }),
    maxDurationInSeconds: row.max_seconds,
    timeRemainingInSeconds: row.status === 'finished' ? 0 : deadlines.secondsLeft(row.id),
    resultsExpired: row.results_expired === 1,
    ...(row.resumed_at !== null && { resumedAt: time(row.resumed_at) }),
    matchEndpoints: JSON.parse(row.match),
    ...summary,
    ...(row.results_expired === 1 && { resumable: undefined }),
  }
}
