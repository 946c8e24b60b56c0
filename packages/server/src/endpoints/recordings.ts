import type { Recording } from '@quarry/schema/agent/recording'
import type { Ground } from '../context.ts'

export type Recordings = ReturnType<typeof openRecordings>

/** How the devices record, as each told last. */
export function openRecordings({ db }: Pick<Ground, 'db'>) {
  return {
    /** Keeps what a device tells. */
    async put(endpointId: string, recording: Recording): Promise<void> {
      const told = { recording: JSON.stringify(recording), reported_at: Date.now() }
      await db
        .insertInto('recordings')
        .values({ endpoint_id: endpointId, ...told })
        .onConflict((conflict) => conflict.column('endpoint_id').doUpdateSet(told))
        .execute()
    },

    /** @returns undefined for a device that never told */
    async of(endpointId: string): Promise<{ recording: Recording; reportedAt: string } | undefined> {
      const row = await db
        .selectFrom('recordings')
        .select(['recording', 'reported_at'])
        .where('endpoint_id', '=', endpointId)
        .executeTakeFirst()
      return (
        row && {
          recording: JSON.parse(row.recording) as Recording,
          reportedAt: new Date(row.reported_at).toISOString(),
        }
      )
    },
  }
}
