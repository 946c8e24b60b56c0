import { createHash, randomUUID } from 'node:crypto'
import { AppError, type FunctionSpec, type TableSpec } from '@quarry/schema'
import type { Facts } from '@quarry/schema/agent/facts'
import type { Device, EndpointFilter, MatchEndpoints } from '@quarry/schema/endpoints/endpoints'
import type { Ground } from '../context.ts'
import { clonedMillis, columnsOf, deviceOf, type EndpointRow } from './device-of.ts'
import { filterCondition, matchCondition } from './filter.ts'
import { openPresence } from './presence.ts'

export type Endpoints = Awaited<ReturnType<typeof openEndpoints>>

const sortable = {
  hostname: 'e.hostname',
  type: 'e.type',
  lastSeenAt: 'e.last_seen_at',
  online: 'e.online',
  'os.name': 'e.os_name',
  osName: 'e.os_name',
  'group.name': 'g.name',
  groupName: 'g.name',
  enrolledAt: 'e.enrolled_at',
} as const

export interface DeviceList {
  filter: EndpointFilter
  sort?: string | undefined
  page: number
  pageSize: number
}

/** The enrolled devices. At start all are offline until they link again. */
export async function openEndpoints({ db, tenantId, onClosed }: Ground) {
  await db.updateTable('endpoints').set({ online: 0 }).where('online', '=', 1).execute()
  const presence = openPresence(db)
  onClosed.push(() => presence.flush())

  const devices = () => db.selectFrom('endpoints as e').leftJoin('endpoint_groups as g', 'g.id', 'e.group_id')

  async function one(id: string): Promise<Device> {
    const row = await devices()
      .selectAll('e')
      .select('g.name as group_name')
      .where('e.id', '=', id)
      .executeTakeFirst()
    if (!row) throw new AppError('endpoint_not_found')
    return deviceOf(row, tenantId, Date.now())
  }

  return {
    presence,

    /** Enrols a device. A key that is known keeps its id and gets the new facts. @returns its id, and whether it is new */
    async enrol(input: { publicKey: string; facts: Facts }): Promise<{ id: string; isNew: boolean }> {
      const id = randomUUID()
      const row = await db
        .insertInto('endpoints')
        .values({
          id,
          public_key: input.publicKey,
          ...columnsOf(input.facts),
          online: 0,
          enrolled_at: Date.now(),
        })
        .onConflict((conflict) => conflict.column('public_key').doUpdateSet(columnsOf(input.facts)))
        .returning('id')
        .executeTakeFirstOrThrow()
      return { id: row.id, isNew: row.id === id }
    },

    /** Whether a key is enrolled. */
    async knows(publicKey: string): Promise<boolean> {
      const query = db.selectFrom('endpoints').select('id').where('public_key', '=', publicKey)
      return (await query.executeTakeFirst()) !== undefined
    },

    one,

    /** @throws AppError bad_request */
    async list({ filter, sort, page, pageSize }: DeviceList): Promise<{ items: Device[]; total: number }> {
      const now = Date.now()
      const found = devices().where((b) => filterCondition(b as never, filter, now))
      let query = found
        .selectAll('e')
        .select('g.name as group_name')
        .limit(pageSize)
        .offset((page - 1) * pageSize)
      for (const term of (sort ?? 'hostname').split(',').filter(Boolean)) {
        const [name, direction] = term.trim().split(':')
        const column = sortable[name as keyof typeof sortable]
        if (!column) throw new AppError('bad_request', `Devices do not sort by “${name}”.`)
        query = query.orderBy(column, direction === 'desc' ? 'desc' : 'asc')
      }
      const [rows, count] = await Promise.all([
        query.orderBy('e.id').execute(),
        found.select((b) => b.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
      ])
      return { items: rows.map((row) => deviceOf(row, tenantId, now)), total: Number(count.count) }
    },

    /** Finds the devices of a run. @throws AppError bad_request */
    async match(match: MatchEndpoints) {
      return await devices()
        .select(['e.id', 'e.hostname', 'e.type', 'e.platform', 'e.online'])
        .where((b) => matchCondition(b as never, match, Date.now()))
        .orderBy('e.hostname')
        .execute()
    },

    /** What the gateway needs to let a device in. */
    async credentials(id: string): Promise<Pick<EndpointRow, 'public_key' | 'hostname'> | undefined> {
      return await db
        .selectFrom('endpoints')
        .select(['public_key', 'hostname'])
        .where('id', '=', id)
        .executeTakeFirst()
    },

    /** Marks a device whose key a second machine used while the first was linked. */
    async markCloned(id: string): Promise<void> {
      const now = Date.now()
      await db
        .updateTable('endpoints')
        .set({ cloned_at: now })
        .where('id', '=', id)
        .where((b) => b.or([b('cloned_at', 'is', null), b('cloned_at', '<', now - clonedMillis / 24)]))
        .execute()
    },

    /** Keeps what a device tells of its tables and functions. */
    async setTables(id: string, tables: TableSpec[], functions: FunctionSpec[]): Promise<void> {
      const set = { tables: JSON.stringify(tables), functions: JSON.stringify(functions) }
      const hash = createHash('sha256').update(set.tables).update('\0').update(set.functions).digest('hex')
      await db
        .insertInto('table_sets')
        .values({ hash, ...set })
        .onConflict((conflict) => conflict.column('hash').doNothing())
        .execute()
      await db.updateTable('endpoints').set({ table_set: hash }).where('id', '=', id).execute()
    },

    /** Forgets a device; its key opens nothing any more. @throws AppError endpoint_not_found */
    async remove(id: string): Promise<void> {
      await presence.flush()
      const { numDeletedRows } = await db.deleteFrom('endpoints').where('id', '=', id).executeTakeFirst()
      if (numDeletedRows === 0n) throw new AppError('endpoint_not_found')
    },
  }
}
