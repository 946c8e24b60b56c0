import { Tlp } from '@quarry/schema/connectors/tlp'
import type { Ground } from '../context.ts'

/** Markings of runs; a run without one counts as clear. */
export function openRunMarkings({ db }: Pick<Ground, 'db'>) {
  return {
    async of(runId: string): Promise<Tlp | undefined> {
      const row = await db
        .selectFrom('run_markings')
        .select('tlp')
        .where('run_id', '=', runId)
        .executeTakeFirst()
      return row && Tlp.parse(row.tlp)
    },

    async put(runId: string, tlp: Tlp | undefined): Promise<void> {
      if (!tlp) await db.deleteFrom('run_markings').where('run_id', '=', runId).execute()
      else
        await db
          .insertInto('run_markings')
          .values({ run_id: runId, tlp })
          .onConflict((conflict) => conflict.column('run_id').doUpdateSet({ tlp }))
          .execute()
    },
  }
}

/** The higher of two markings. */
export function higher(one: Tlp | undefined, other: Tlp | undefined): Tlp {
  const rank = (tlp: Tlp | undefined) => (tlp ? Tlp.options.indexOf(tlp) : 0)
  return Tlp.options[Math.max(rank(one), rank(other))]!
}
