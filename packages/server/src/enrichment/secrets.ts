import type { Ground } from '../context.ts'
import { openSeal } from './seal.ts'

export type Secrets = Awaited<ReturnType<typeof openSecrets>>

/** The secrets of connectors: sealed in the database, opened only to be put into a request. */
export async function openSecrets({ db, config }: Pick<Ground, 'db' | 'config'>) {
  const seal = openSeal(config.data)
  const rows = await db.selectFrom('connector_secrets').selectAll().execute()
  const kept = new Map(rows.map((row) => [placeOf(row.connector_id, row.name), row]))

  return {
    /** When a secret was set; undefined when it is not. */
    setAt: (connectorId: string, name: string): number | undefined =>
      kept.get(placeOf(connectorId, name))?.set_at,

    /** Opens a secret; undefined when it is not set or the key file is another one. */
    open(connectorId: string, name: string): string | undefined {
      const place = placeOf(connectorId, name)
      const row = kept.get(place)
      return row && seal.open(row.sealed, place)
    },

    async put(connectorId: string, name: string, value: string): Promise<void> {
      const place = placeOf(connectorId, name)
      const row = { connector_id: connectorId, name, sealed: seal.close(value, place), set_at: Date.now() }
      await db
        .insertInto('connector_secrets')
        .values(row)
        .onConflict((conflict) => conflict.columns(['connector_id', 'name']).doUpdateSet(row))
        .execute()
      kept.set(place, row)
    },

    /** Forgets one secret of a connector, or all. */
    async forget(connectorId: string, name?: string): Promise<void> {
      await db
        .deleteFrom('connector_secrets')
        .where('connector_id', '=', connectorId)
        .$if(name !== undefined, (query) => query.where('name', '=', name!))
        .execute()
      for (const [place, row] of kept)
        if (row.connector_id === connectorId && (name === undefined || row.name === name)) kept.delete(place)
    },
  }
}

const placeOf = (connectorId: string, name: string) => `${connectorId}/${name}`
