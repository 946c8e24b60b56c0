import type { PivotType } from '@quarry/schema'
import type { Ground } from '../context.ts'
import type { GroupWrites } from './group-writes.ts'
import type { Mapped } from './map-answer.ts'

/** An answer that is kept. */
export interface Kept {
  mapped: Mapped
  /** JSON; undefined when it was too long to be kept. */
  raw: string | undefined
  askedBy: string
  mappedBy: string
  fetchedAt: number
  expiresAt: number
}

export type Cache = ReturnType<typeof openCache>

/** A raw answer beyond this is not kept; its fields are. */
const maxRaw = 128 << 10
const chunk = 500

/** Answers of connectors, kept in the state database until they expire. */
export function openCache({ db }: Pick<Ground, 'db'>, writes: GroupWrites) {
  let landed = 0
  return {
    /** How many answers were kept since the start: who read the cache knows by it whether more came since. */
    landed: () => landed,

    /** Reads what is kept of these values and not expired. `raw` costs something: it is read only when wanted. */
    async get(
      connectorId: string,
      type: PivotType,
      values: readonly string[],
      raw: boolean,
    ): Promise<Map<string, Kept>> {
      const found = new Map<string, Kept>()
      for (let at = 0; at < values.length; at += chunk) {
        const rows = await db
          .selectFrom('enrichment_cache')
          .select(['value', 'asked_by', 'mapped_by', 'answer', 'fetched_at', 'expires_at'])
          .$if(raw, (query) => query.select('raw'))
          .where('connector_id', '=', connectorId)
          .where('type', '=', type)
          .where('value', 'in', values.slice(at, at + chunk))
          .where('expires_at', '>', Date.now())
          .execute()
        for (const row of rows)
          found.set(row.value, {
            mapped: JSON.parse(row.answer) as Mapped,
            raw: row.raw ?? undefined,
            askedBy: row.asked_by,
            mappedBy: row.mapped_by,
            fetchedAt: row.fetched_at,
            expiresAt: row.expires_at,
          })
      }
      return found
    },

    /** Keeps an answer; resolves when it is on the disk. */
    async put(connectorId: string, type: PivotType, value: string, kept: Kept): Promise<void> {
      const row = {
        asked_by: kept.askedBy,
        mapped_by: kept.mappedBy,
        answer: JSON.stringify(kept.mapped),
        raw: kept.raw !== undefined && kept.raw.length <= maxRaw ? kept.raw : null,
        fetched_at: kept.fetchedAt,
        expires_at: kept.expiresAt,
      }
      await writes.write((trx) =>
        trx
          .insertInto('enrichment_cache')
          .values({ connector_id: connectorId, type, value, ...row })
          .onConflict((conflict) => conflict.columns(['connector_id', 'type', 'value']).doUpdateSet(row))
          .execute(),
      )
      landed++
    },

    /** Forgets all answers of a connector. */
    async forget(connectorId: string): Promise<void> {
      await db.deleteFrom('enrichment_cache').where('connector_id', '=', connectorId).execute()
    },
  }
}
