import { randomUUID } from 'node:crypto'
import { AppError, type Indicator, type PivotType } from '@quarry/schema'
import type { IocList, IocsAdded } from '@quarry/schema/endpoints/ioc-lists'
import type { Principal } from '@quarry/schema/endpoints/queries'
import type { Selectable, Transaction } from 'kysely'
import type { z } from 'zod'
import type { Ground } from '../context.ts'
import type { Database } from '../state/schema.ts'
import type { Who } from '../who.ts'
import { type Added, readAdded } from './read-added.ts'
import type { IocTables } from './tables.ts'

export type IocLists = ReturnType<typeof openIocLists>

/** Values that a list holds at most. */
const maxValues = 100_000
/** Values of one INSERT. */
const chunk = 2000
const time = (millis: number) => new Date(millis).toISOString()

interface ValuePage {
  type?: PivotType | undefined
  search?: string | undefined
  pageFromKey?: string | undefined
  pageSize: number
}

/** The IOC lists: named sets of typed values. */
export function openIocLists({ db }: Pick<Ground, 'db'>) {
  async function rowOf(id: string): Promise<Selectable<IocTables['ioc_lists']>> {
    const row = await db.selectFrom('ioc_lists').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new AppError('ioc_list_not_found')
    return row
  }

  async function shown(rows: readonly Selectable<IocTables['ioc_lists']>[]): Promise<IocList[]> {
    if (rows.length === 0) return []
    const counts = await db
      .selectFrom('ioc_values')
      .select(['list_id', 'type'])
      .select((b) => b.fn.countAll<number>().as('count'))
      .where(
        'list_id',
        'in',
        rows.map(({ id }) => id),
      )
      .groupBy(['list_id', 'type'])
      .execute()
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      description: row.description,
      counts: Object.fromEntries(
        counts.filter(({ list_id }) => list_id === row.id).map(({ type, count }) => [type, Number(count)]),
      ),
      createdAt: time(row.created_at),
      createdBy: JSON.parse(row.created_by) as z.infer<typeof Principal>,
      updatedAt: time(row.updated_at),
    }))
  }

  const one = async (id: string): Promise<IocList> => (await shown([await rowOf(id)]))[0]!

  /** Puts values into a list; returns how many were new. @throws AppError bad_indicators */
  async function put(trx: Transaction<Database>, id: string, indicators: readonly Indicator[], now: number) {
    let added = 0
    for (let from = 0; from < indicators.length; from += chunk) {
      const rows = indicators
        .slice(from, from + chunk)
        .map(({ type, value }) => ({ list_id: id, type, value, added_at: now }))
      const done = await trx
        .insertInto('ioc_values')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      added += Number(done.numInsertedOrUpdatedRows ?? 0)
    }
    const { count } = await trx
      .selectFrom('ioc_values')
      .select((b) => b.fn.countAll<number>().as('count'))
      .where('list_id', '=', id)
      .executeTakeFirstOrThrow()
    if (Number(count) > maxValues)
      throw new AppError('bad_indicators', 'A list holds 100,000 values at most; nothing was added.')
    await trx.updateTable('ioc_lists').set({ updated_at: now }).where('id', '=', id).execute()
    return added
  }

  async function answer(
    id: string,
    { indicators, duplicates, invalid }: Added,
    added: number,
  ): Promise<IocsAdded> {
    return {
      list: await one(id),
      added,
      duplicates: duplicates + indicators.length - added,
      invalid: invalid.slice(0, 1000),
      invalidCount: invalid.length,
    }
  }

  return {
    one,

    async list(type: PivotType | undefined): Promise<IocList[]> {
      const lists = await shown(await db.selectFrom('ioc_lists').selectAll().orderBy('name_key').execute())
      return type ? lists.filter(({ counts }) => counts[type]) : lists
    },

    /** @throws AppError name_taken, bad_indicators */
    async create(who: Who, name: string, description: string, given: Parameters<typeof readAdded>[0]) {
      const read = readAdded(given)
      const [id, now] = [randomUUID(), Date.now()]
      const added = await db.transaction().execute(async (trx) => {
        const { numInsertedOrUpdatedRows } = await trx
          .insertInto('ioc_lists')
          .values({
            id,
            name,
            name_key: name.toLowerCase(),
            description,
            created_at: now,
            created_by: JSON.stringify({ id: who.id, type: who.type, name: who.name }),
            updated_at: now,
          })
          .onConflict((conflict) => conflict.column('name_key').doNothing())
          .executeTakeFirst()
        if (numInsertedOrUpdatedRows === 0n) throw new AppError('name_taken')
        return await put(trx, id, read.indicators, now)
      })
      return await answer(id, read, added)
    },

    /** @throws AppError ioc_list_not_found, bad_indicators */
    async add(id: string, given: Parameters<typeof readAdded>[0]): Promise<IocsAdded> {
      await rowOf(id)
      const read = readAdded(given)
      const added = await db.transaction().execute((trx) => put(trx, id, read.indicators, Date.now()))
      return await answer(id, read, added)
    },

    /** @throws AppError ioc_list_not_found */
    async take(id: string, values: readonly Indicator[]): Promise<IocList> {
      await rowOf(id)
      await db.transaction().execute(async (trx) => {
        for (const { type, value } of values)
          await trx
            .deleteFrom('ioc_values')
            .where('list_id', '=', id)
            .where('type', '=', type)
            .where('value', '=', value)
            .execute()
        await trx.updateTable('ioc_lists').set({ updated_at: Date.now() }).where('id', '=', id).execute()
      })
      return await one(id)
    },

    /** @throws AppError ioc_list_not_found, name_taken */
    async update(
      id: string,
      { name, description }: { name?: string | undefined; description?: string | undefined },
    ) {
      const row = await rowOf(id)
      const key = (name ?? row.name).toLowerCase()
      const other = await db
        .selectFrom('ioc_lists')
        .select('id')
        .where('name_key', '=', key)
        .executeTakeFirst()
      if (other && other.id !== id) throw new AppError('name_taken')
      await db
        .updateTable('ioc_lists')
        .set({
          name: name ?? row.name,
          name_key: key,
          description: description ?? row.description,
          updated_at: Date.now(),
        })
        .where('id', '=', id)
        .execute()
      return await one(id)
    },

    /** @throws AppError ioc_list_not_found */
    async remove(id: string): Promise<void> {
      await rowOf(id)
      await db.deleteFrom('ioc_lists').where('id', '=', id).execute()
    },

    /** The values of a list for a variable of a kind; for one without a kind, all. @throws AppError ioc_list_not_found */
    async valuesFor(id: string, type: PivotType | undefined): Promise<string[]> {
      await rowOf(id)
      let query = db.selectFrom('ioc_values').select('value').where('list_id', '=', id)
      if (type) query = query.where('type', '=', type)
      return (await query.orderBy('value').execute()).map(({ value }) => value)
    },

    /** A page of values after a key, which is the kind and the value of the last one. @throws AppError ioc_list_not_found, bad_request */
    async values(id: string, { type, search, pageFromKey, pageSize }: ValuePage) {
      await rowOf(id)
      const text = search && `%${search.replace(/[\\%_]/g, '\\$&')}%`
      let found = db.selectFrom('ioc_values').where('list_id', '=', id)
      if (type) found = found.where('type', '=', type)
      if (text) found = found.where((b) => b(b.fn<string>('lower', ['value']), 'like', text.toLowerCase()))
      let query = found
        .selectAll()
        .orderBy('type')
        .orderBy('value')
        .limit(pageSize + 1)
      if (pageFromKey) {
        const [fromType, fromValue] = keyOf(pageFromKey)
        query = query.where((b) =>
          b.or([b('type', '>', fromType), b.and([b('type', '=', fromType), b('value', '>', fromValue)])]),
        )
      }
      const rows = await query.execute()
      const more = rows.length > pageSize
      const items = rows.slice(0, pageSize)
      const last = items.at(-1)
      return {
        items: items.map((row) => ({ type: row.type, value: row.value, addedAt: time(row.added_at) })),
        pages: {
          ...(pageFromKey && { fromKey: pageFromKey }),
          ...(more && last && { nextKey: JSON.stringify([last.type, last.value]) }),
          size: pageSize,
          maxSize: 10_000,
        },
      }
    },
  }
}

function keyOf(text: string): [PivotType, string] {
  try {
    const [type, value] = JSON.parse(text) as [PivotType, string]
    if (typeof type === 'string' && typeof value === 'string') return [type, value]
  } catch {}
  throw new AppError('bad_request', 'pageFromKey is none that a page gave.')
}
