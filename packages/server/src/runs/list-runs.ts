import { AppError } from '@quarry/schema'
import type { listRuns } from '@quarry/schema/endpoints/runs'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Database } from '../state/schema.ts'
import type { RunRow } from './run-of.ts'

export type RunList = z.output<NonNullable<typeof listRuns.query>>

const sortable = {
  createdAt: 'r.created_at',
  finishedAt: 'r.finished_at',
  name: 'r.name',
  status: 'r.status',
  result: 'r.result',
  maxDurationInSeconds: 'r.max_seconds',
} as const

/** Finds runs. @returns a page of them and how many there are. @throws AppError bad_request */
export async function selectRuns(
  db: Kysely<Database>,
  list: RunList,
): Promise<{ rows: RunRow[]; total: number }> {
  let found = db.selectFrom('runs as r')
  if (list.queryId) found = found.where('r.query_id', '=', list.queryId)
  if (list.categoryId) found = found.where('r.category_id', '=', list.categoryId)
  if (list.status) found = found.where('r.status', '=', list.status)
  if (list.result) found = found.where('r.result', '=', list.result)
  if (list.createdByPrincipalType) found = found.where('r.created_by_type', '=', list.createdByPrincipalType)
  if (list.endpointId) {
    const { endpointId } = list
    found = found.where('r.id', 'in', (b) =>
      b.selectFrom('run_endpoints as e').select('e.run_id').where('e.endpoint_id', '=', endpointId),
    )
  }
  let query = found
    .selectAll('r')
    .limit(list.pageSize)
    .offset((list.page - 1) * list.pageSize)
  for (const term of (list.sort ?? 'createdAt:desc').split(',').filter(Boolean)) {
    const [name, direction] = term.trim().split(':')
    const column = sortable[name as keyof typeof sortable]
    if (!column) throw new AppError('bad_request', `Runs do not sort by “${name}”.`)
    query = query.orderBy(column, direction === 'desc' ? 'desc' : 'asc')
  }
  const [rows, count] = await Promise.all([
    query.orderBy('r.id').execute(),
    found.select((b) => b.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  ])
  return { rows, total: Number(count.count) }
}
