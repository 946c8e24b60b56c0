import type { Kysely } from 'kysely'
import type { Database } from '../state/schema.ts'
import type { Incoming } from './ingest.ts'

/** An arrival with the leg that it is of; none for the first time that a run was sent. */
export type OfLeg = Incoming & { legId: string | null }

/**
 * Tells what came for a leg under the name of its run, its batches counted on from those before. What names no leg is left as it is.
 * The answers still go to whoever sent it, under the name that the device knows.
 */
export async function underRuns(db: Kysely<Database>, items: readonly Incoming[]): Promise<OfLeg[]> {
  const ids = [...new Set(items.map(({ runId }) => runId))]
  const legs = await db.selectFrom('run_legs').selectAll().where('id', 'in', ids).execute()
  if (legs.length === 0) return items.map((item) => ({ ...item, legId: null }))
  const known = new Map(legs.map((leg) => [`${leg.id} ${leg.endpoint_id}`, leg]))
  return items.map((item) => {
    const leg = known.get(`${item.runId} ${item.endpointId}`)
    if (!leg) return { ...item, legId: null }
    const runId = leg.run_id
    const { batch } = item
    return {
      ...item,
      runId,
      legId: leg.id,
      ...(batch && { batch: { ...batch, runId, sequence: batch.sequence + leg.base } }),
    }
  })
}
