import type { HttpConnector } from '@quarry/schema/connectors/connector'
import type { Ground } from '../context.ts'
import type { LiveConnector } from './connectors.ts'
import type { GroupWrites } from './group-writes.ts'
import { Lane, type Pace, type Rest } from './lane.ts'

export type Lanes = Awaited<ReturnType<typeof openLanes>>

/** No rate and no quota looks farther back. */
const dayMillis = 86_400_000

/** The lanes of all connectors. What was sent and who rests is durable: a restart forgives nothing. */
export async function openLanes({ db }: Pick<Ground, 'db'>, writes: GroupWrites) {
  const since = Date.now() - dayMillis
  const sends = await db
    .selectFrom('connector_sends')
    .selectAll()
    .where('at', '>=', since)
    .orderBy('at')
    .execute()
  const rests = await db.selectFrom('connector_rests').selectAll().execute()
  const lanes = new Map<string, { lane: Lane; pace: Pace }>()

  function make(id: string, pace: Pace) {
    const rest = rests.find((row) => row.connector_id === id)
    const kept: { lane: Lane; pace: Pace } = { pace } as never
    kept.lane = new Lane(() => kept.pace, {
      sends: sends.filter((row) => row.connector_id === id).map(({ at }) => at),
      rest: rest && { reason: rest.reason as Rest['reason'], until: rest.until },
      recordSend: (at) =>
        writes.write((trx) => trx.insertInto('connector_sends').values({ connector_id: id, at }).execute()),
      recordRest: (now) => void writes.write((trx) => putRest(trx, id, now)).catch(() => {}),
    })
    lanes.set(id, kept)
    return kept
  }

  return {
    /** The lane of a connector, at the pace that it has now. */
    of(live: LiveConnector): Lane {
      const pace = paceOf(live.connector as HttpConnector)
      const kept = lanes.get(live.id) ?? make(live.id, pace)
      kept.pace = pace
      return kept.lane
    },
    forget(id: string): void {
      lanes.get(id)?.lane.close()
      lanes.delete(id)
    },
    close() {
      for (const { lane } of lanes.values()) lane.close()
    },
  }
}

function paceOf({ limits }: HttpConnector): Pace {
  const { requests, perSeconds, perDay, concurrency } = limits
  return { requests, perMillis: perSeconds * 1000, perDay, concurrency }
}

async function putRest(db: Ground['db'], id: string, rest: Rest | undefined): Promise<void> {
  if (!rest) await db.deleteFrom('connector_rests').where('connector_id', '=', id).execute()
  else
    await db
      .insertInto('connector_rests')
      .values({ connector_id: id, ...rest })
      .onConflict((conflict) => conflict.column('connector_id').doUpdateSet(rest))
      .execute()
}
