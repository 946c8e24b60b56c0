// On which devices a program was met, where, and as whose package: for prevalence, and to find the device that differs.
import type { AskedFile } from '@quarry/schema/agent/reputation'
import { sql } from 'kysely'
import type { Ground } from '../context.ts'

/** Programs of one device that are remembered; a hostile one fills no more. */
const maxOfDevice = 20_000
/** How many devices make the usual digest usual. */
const leastUsual = 3

export interface Difference {
  path: string
  package: string
  version: string
  sha256: string
  usualSha256: string
  usualDevices: number
  endpoints: { id: string; hostname: string }[]
}

export interface Prevalence {
  devices: number
  firstSeenAt: number
}

export function openSightings({ db }: Pick<Ground, 'db'>) {
  return {
    /** Remembers what a device has met. */
    async note(endpointId: string, files: readonly AskedFile[]): Promise<void> {
      const { count } = await db
        .selectFrom('program_sightings')
        .select((b) => b.fn.countAll<number>().as('count'))
        .where('endpoint_id', '=', endpointId)
        .executeTakeFirstOrThrow()
      const room = maxOfDevice - Number(count)
      if (room <= 0) return
      const now = Date.now()
      const rows = files.slice(0, room).map((file) => ({
        sha256: file.sha256,
        endpoint_id: endpointId,
        path: file.path ?? '',
        package: file.package ?? '',
        version: file.version ?? '',
        first_seen_at: now,
      }))
      await db
        .insertInto('program_sightings')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    /** How many devices have met each of the files. */
    async of(hashes: readonly string[]): Promise<Map<string, Prevalence>> {
      if (hashes.length === 0) return new Map()
      const rows = await db
        .selectFrom('program_sightings')
        .select(['sha256'])
        .select((b) => b.fn.count<number>('endpoint_id').distinct().as('devices'))
        .select((b) => b.fn.min<number>('first_seen_at').as('firstSeenAt'))
        .where('sha256', 'in', hashes)
        .groupBy('sha256')
        .execute()
      return new Map(
        rows.map((row) => [
          row.sha256,
          { devices: Number(row.devices), firstSeenAt: Number(row.firstSeenAt) },
        ]),
      )
    },

    /** Files of packages that are another on few devices than on most. With hashes, only those. */
    async differences(hashes?: readonly string[]): Promise<Difference[]> {
      if (hashes?.length === 0) return []
      const groups = db
        .selectFrom('program_sightings')
        .where('package', '!=', '')
        .where('path', '!=', '')
        .groupBy(['path', 'package', 'version', 'sha256'])
        .select(['path', 'package', 'version', 'sha256'])
        .select((b) => b.fn.count<number>('endpoint_id').distinct().as('devices'))
      const found = await db
        .with('digests', () => groups)
        .selectFrom('digests as few')
        .innerJoin('digests as usual', (join) =>
          join
            .onRef('usual.path', '=', 'few.path')
            .onRef('usual.package', '=', 'few.package')
            .onRef('usual.version', '=', 'few.version')
            .onRef('usual.sha256', '!=', 'few.sha256'),
        )
        .select(['few.path', 'few.package', 'few.version', 'few.sha256'])
        .select(['usual.sha256 as usualSha256', 'usual.devices as usualDevices'])
        .where('usual.devices', '>=', leastUsual)
        .where(sql<boolean>`usual.devices >= 3 * few.devices`)
        .$if(hashes !== undefined, (query) => query.where('few.sha256', 'in', [...hashes!]))
        .orderBy('few.path')
        .limit(1000)
        .execute()
      return await Promise.all(
        found.map(async (one) => ({
          ...one,
          usualDevices: Number(one.usualDevices),
          endpoints: await devicesWith(one),
        })),
      )
    },
  }

  function devicesWith(one: { path: string; sha256: string; package: string; version: string }) {
    return db
      .selectFrom('program_sightings')
      .innerJoin('endpoints', 'endpoints.id', 'program_sightings.endpoint_id')
      .select(['endpoints.id', 'endpoints.hostname'])
      .where('program_sightings.path', '=', one.path)
      .where('program_sightings.sha256', '=', one.sha256)
      .where('program_sightings.package', '=', one.package)
      .where('program_sightings.version', '=', one.version)
      .orderBy('endpoints.hostname')
      .limit(100)
      .execute()
  }
}
