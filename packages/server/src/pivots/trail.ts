import type { TrailStep } from '@quarry/schema/endpoints/pivots'
import type { RunOrigin } from '@quarry/schema/endpoints/runs'
import type { Kysely } from 'kysely'
import type { Database } from '../state/schema.ts'

/** The longest way back that is told; whoever made a longer one has lost the thread as well. */
const maxSteps = 100
const maxAfter = 200

const runs = (db: Kysely<Database>) => db.selectFrom('runs').select(['id', 'name', 'origin', 'created_at'])
const step = (run: { id: string; name: string }, { column, value, count }: RunOrigin): TrailStep => ({
  runId: run.id,
  name: run.name,
  column,
  value,
  count,
})

/** Where a run came from, the first question first: each run with the cell that the next was asked from. */
export async function trailTo(db: Kysely<Database>, origin: string | null): Promise<TrailStep[]> {
  const steps: TrailStep[] = []
  for (let from = origin; from !== null && steps.length < maxSteps; ) {
    const cell = JSON.parse(from) as RunOrigin
    const run = await runs(db).where('id', '=', cell.runId).executeTakeFirst()
    if (!run) break
    steps.unshift(step(run, cell))
    from = run.origin
  }
  return steps
}

/** The runs that were asked from the cells of a run, the oldest first. */
export async function askedFrom(db: Kysely<Database>, runId: string) {
  const rows = await runs(db)
    .where('origin_run_id', '=', runId)
    .orderBy('created_at')
    .limit(maxAfter)
    .execute()
  return rows.map((run) => ({
    ...step(run, JSON.parse(run.origin!) as RunOrigin),
    createdAt: new Date(run.created_at).toISOString(),
  }))
}
