import { randomUUID } from 'node:crypto'
import { AppError } from '@quarry/schema'
import type { EndpointGroup } from '@quarry/schema/endpoints/endpoint-groups'
import type { Ground } from '../context.ts'

export type EndpointGroups = ReturnType<typeof openEndpointGroups>

/** Groups of devices; a device is in one at most. */
export function openEndpointGroups({ db }: Pick<Ground, 'db'>) {
  async function mustExist(id: string): Promise<void> {
    const row = await db.selectFrom('endpoint_groups').select('id').where('id', '=', id).executeTakeFirst()
    if (!row) throw new AppError('group_not_found')
  }

  return {
    async list(): Promise<EndpointGroup[]> {
      const rows = await db
        .selectFrom('endpoint_groups as g')
        .leftJoin('endpoints as e', 'e.group_id', 'g.id')
        .select(['g.id', 'g.name', 'g.description', 'g.created_at'])
        .select((b) => b.fn.count<number>('e.id').as('count'))
        .groupBy(['g.id', 'g.name', 'g.description', 'g.created_at'])
        .orderBy('g.name')
        .execute()
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        description: row.description,
        endpointCount: Number(row.count),
        createdAt: new Date(row.created_at).toISOString(),
      }))
    },

    /** @throws AppError name_taken */
    async create(input: { name: string; description: string }): Promise<EndpointGroup> {
      const now = Date.now()
      const row = {
        id: randomUUID(),
        name: input.name,
        name_key: input.name.toLowerCase(),
        description: input.description,
        created_at: now,
      }
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('endpoint_groups')
        .values(row)
        .onConflict((conflict) => conflict.column('name_key').doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows === 0n) throw new AppError('name_taken')
      const { id, name, description } = row
      return { id, name, description, endpointCount: 0, createdAt: new Date(now).toISOString() }
    },

    /** @throws AppError group_not_found */
    async remove(id: string): Promise<void> {
      const { numDeletedRows } = await db
        .deleteFrom('endpoint_groups')
        .where('id', '=', id)
        .executeTakeFirst()
      if (numDeletedRows === 0n) throw new AppError('group_not_found')
    },

    /** Moves devices into a group: all, or none when one is unknown. @throws AppError group_not_found, endpoint_not_found */
    async add(id: string, endpointIds: readonly string[]): Promise<void> {
      await mustExist(id)
      const ids = [...new Set(endpointIds)]
      await db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('endpoints')
          .set({ group_id: id })
          .where('id', 'in', ids)
          .executeTakeFirst()
        if (Number(numUpdatedRows) !== ids.length) throw new AppError('endpoint_not_found')
      })
    },

    /** @returns whether the device was in the group. @throws AppError group_not_found, endpoint_not_found */
    async take(id: string, endpointId: string): Promise<boolean> {
      await mustExist(id)
      const known = await db
        .selectFrom('endpoints')
        .select('group_id')
        .where('id', '=', endpointId)
        .executeTakeFirst()
      if (!known) throw new AppError('endpoint_not_found')
      if (known.group_id !== id) return false
      await db.updateTable('endpoints').set({ group_id: null }).where('id', '=', endpointId).execute()
      return true
    },
  }
}
