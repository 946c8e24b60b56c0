import { AppError } from '@quarry/schema'
import type { Continuation } from '@quarry/schema/agent/query'
import type { RunEndpoint } from '@quarry/schema/endpoints/runs'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../state/schema.ts'

const sortable = {
  hostname: 'r.hostname',
  type: 'r.type',
  status: 'r.status',
  result: 'r.result',
  resultCount: 'r.rows',
  startedAt: 'r.started_at',
  finishedAt: 'r.finished_at',
  executionTimeInMillis: 'r.wall_millis',
  cpuTimeInMillis: 'r.cpu_millis',
  pausedTimeInMillis: 'r.paused_millis',
  peakMemoryInBytes: 'r.peak_memory',
  dataTransferredInBytes: 'r.bytes',
} as const

/** Devices of a run, from the table and with whether each is linked. */
function partsOf(db: Kysely<Database>, runId: string) {
  return db
    .selectFrom('run_endpoints as r')
    .leftJoin('endpoints as e', 'e.id', 'r.endpoint_id')
    .where('r.run_id', '=', runId)
}
type Parts = ReturnType<typeof partsOf>

function select(parts: Parts) {
  return parts.selectAll('r').select(sql<number>`coalesce(e.online, 0)`.as('online'))
}
type PartRow = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

/** `finished:succeeded:withData` and its like, as a condition. @throws AppError bad_request */
function matching(parts: Parts, match: string): Parts {
  const wrong = () =>
    new AppError('bad_request', `match cannot be “${match}”; it is like pending:offline or finished:failed.`)
  const [status, ...rest] = match.split(':')
  const data = (parts: Parts, word: string | undefined): Parts => {
    if (word === undefined) return parts
    if (word !== 'withData' && word !== 'withoutData') throw wrong()
    return parts.where('r.rows', word === 'withData' ? '>' : '=', 0)
  }
  if (status === 'pending' && rest.length <= 1) {
    const pending = parts.where('r.status', '=', 'pending')
    if (rest.length === 0) return pending
    if (rest[0] === 'online') return pending.where('e.online', '=', 1)
    if (rest[0] !== 'offline') throw wrong()
    return pending.where((b) => b.or([b('e.online', '=', 0), b('e.online', 'is', null)]))
  }
  if (status === 'started' && rest.length <= 1) return data(parts.where('r.status', '=', 'started'), rest[0])
  const results = ['succeeded', 'failed', 'timedOut', 'canceled'] as const
  if (status !== 'finished' || rest.length > 2) throw wrong()
  const finished = parts.where('r.status', '=', 'finished')
  if (rest.length === 0) return finished
  const result = results.find((each) => each === rest[0])
  if (!result) throw wrong()
  return data(finished.where('r.result', '=', result), rest[1])
}

export interface RunEndpointList {
  match?: string | undefined
  sort?: string | undefined
  page: number
  pageSize: number
}

/**
 * Lists the devices of a run.
 * @param secondsLeft until the run ends
 * @throws AppError bad_request
 */
export async function listRunEndpoints(
  db: Kysely<Database>,
  runId: string,
  list: RunEndpointList,
  secondsLeft: number,
): Promise<{ items: RunEndpoint[]; total: number }> {
  const parts = list.match ? matching(partsOf(db, runId), list.match) : partsOf(db, runId)
  let query = select(parts)
    .limit(list.pageSize)
    .offset((list.page - 1) * list.pageSize)
  for (const term of (list.sort ?? 'hostname').split(',').filter(Boolean)) {
    const [name, direction] = term.trim().split(':')
    const column = sortable[name as keyof typeof sortable]
    if (!column) throw new AppError('bad_request', `Devices of a run do not sort by “${name}”.`)
    query = query
      .orderBy(sql`${sql.ref(column)} is null`)
      .orderBy(column, direction === 'desc' ? 'desc' : 'asc')
  }
  const [rows, count] = await Promise.all([
    query.orderBy('r.endpoint_id').execute(),
    parts.select((b) => b.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  ])
  return { items: rows.map((row) => runEndpointOf(row, secondsLeft)), total: Number(count.count) }
}

/** Reads some devices of a run by their ids. */
export async function readRunEndpoints(
  db: Kysely<Database>,
  runId: string,
  ids: readonly string[],
  secondsLeft: number,
): Promise<RunEndpoint[]> {
  const rows = await select(partsOf(db, runId).where('r.endpoint_id', 'in', ids)).execute()
  return rows.map((row) => runEndpointOf(row, secondsLeft))
}

function runEndpointOf(row: PartRow, secondsLeft: number): RunEndpoint {
  const time = (millis: number) => new Date(millis).toISOString()
  const message = messageOf(row, secondsLeft)
  return {
    id: row.endpoint_id,
    type: row.type,
    hostname: row.hostname,
    online: row.online === 1,
    status: row.status,
    result: row.result,
    resultCount: row.rows,
    ...(row.started_at !== null && { startedAt: time(row.started_at) }),
    ...(row.finished_at !== null && { finishedAt: time(row.finished_at) }),
    ...(row.wall_millis !== null && { executionTimeInMillis: row.wall_millis }),
    ...(row.cpu_millis !== null && { cpuTimeInMillis: row.cpu_millis }),
    ...(row.paused_millis !== null && { pausedTimeInMillis: row.paused_millis }),
    ...(row.peak_memory !== null && { peakMemoryInBytes: Number(row.peak_memory) }),
    dataTransferredInBytes: Number(row.bytes),
    warnings: JSON.parse(row.warnings),
    ...(row.error !== null && { error: JSON.parse(row.error) }),
    ...(row.status === 'finished' && row.continuation !== null && { resumable: resumable(row.continuation) }),
    ...(message && { message }),
  }
}

function resumable(continuation: string): RunEndpoint['resumable'] {
  const place = JSON.parse(continuation) as Continuation
  return 'time' in place ? { from: new Date(place.time).toISOString() } : {}
}

function messageOf(row: PartRow, secondsLeft: number): string | undefined {
  if (row.status === 'finished') return undefined
  const until = new Date(Date.now() + secondsLeft * 1000).toISOString().slice(0, 19)
  if (row.status === 'started') {
    return row.online
      ? undefined
      : `The link broke while the query ran; waiting for the rest until ${until}Z.`
  }
  return row.online ? 'Waiting for the device to begin.' : `Offline; waiting for it until ${until}Z.`
}
