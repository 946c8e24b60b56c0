import { randomUUID } from 'node:crypto'
import { AppError } from '@quarry/schema'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../state/schema.ts'

/** Runs that one trail brings at most. */
const most = 1000

interface TrailRun {
  id: string
  origin_run_id: string | null
  created_at: number
}

const runs = (db: Kysely<Database>) => db.selectFrom('runs').select(['id', 'origin_run_id', 'created_at'])

/** The run, those that it was asked from up to the first, and all that were asked from these, each after its parent. */
async function wholeTrail(db: Kysely<Database>, runId: string): Promise<TrailRun[]> {
  const start = await runs(db).where('id', '=', runId).executeTakeFirst()
  if (!start) throw new AppError('run_not_found')
  let first: TrailRun = start
  for (let steps = 0; first.origin_run_id !== null && steps < most; steps++) {
    const before = await runs(db).where('id', '=', first.origin_run_id).executeTakeFirst()
    if (!before) break
    first = before
  }
  const found = [first]
  for (let at = 0; at < found.length && found.length < most; at++) {
    const next = await runs(db)
      .where('origin_run_id', '=', found[at]!.id)
      .orderBy('created_at')
      .limit(most - found.length)
      .execute()
    found.push(...next)
  }
  return found
}

/** Adds the whole trail of a run to an investigation. What is in it stays as it is. @throws AppError run_not_found */
export async function addTrail(
  trx: Transaction<Database>,
  investigationId: string,
  runId: string,
): Promise<void> {
  for (const run of await wholeTrail(trx, runId)) await addRun(trx, investigationId, run)
}

/** Adds one run below the question that it was asked from. */
async function addRun(trx: Kysely<Database>, investigationId: string, run: TrailRun): Promise<void> {
  const parent =
    run.origin_run_id === null ? undefined : await questionOf(trx, investigationId, run.origin_run_id)
  await trx
    .insertInto('investigation_questions')
    .values({
      id: randomUUID(),
      investigation_id: investigationId,
      parent_id: parent ?? null,
      run_id: run.id,
      facts: null,
      asked_at: run.created_at,
    })
    .onConflict((conflict) => conflict.columns(['investigation_id', 'run_id']).doNothing())
    .execute()
}

/** Id of the question that a run is in an investigation. */
export async function questionOf(
  db: Kysely<Database>,
  investigationId: string,
  runId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('investigation_questions')
    .select('id')
    .where('investigation_id', '=', investigationId)
    .where('run_id', '=', runId)
    .executeTakeFirst()
  return row?.id
}

/** Lets a new run join the investigations that the run is part of from which it was asked. */
export async function joinParent(db: Kysely<Database>, runId: string): Promise<void> {
  const run = await runs(db).where('id', '=', runId).executeTakeFirst()
  if (!run || run.origin_run_id === null) return
  const parts = await db
    .selectFrom('investigation_questions')
    .select('investigation_id')
    .where('run_id', '=', run.origin_run_id)
    .execute()
  for (const { investigation_id } of parts) {
    await addRun(db, investigation_id, run)
    await db
      .updateTable('investigations')
      .set({ updated_at: Date.now() })
      .where('id', '=', investigation_id)
      .execute()
  }
}
