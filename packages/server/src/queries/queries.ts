import { randomUUID } from 'node:crypto'
import { AppError } from '@quarry/schema'
import type { Principal, Query, QueryInput } from '@quarry/schema/endpoints/queries'
import type { z } from 'zod'
import type { Catalogue, ShippedQuery } from '../catalogue/catalogue.ts'
import type { Ground } from '../context.ts'
import type { Who } from '../who.ts'
import { categoriesById, customCategory } from './categories.ts'
import { checkContent, contentOfShipped, type QueryContent } from './content.ts'
import { type CostRow, performanceOf } from './cost.ts'

export type Queries = ReturnType<typeof openQueries>
type By = z.infer<typeof Principal>

const time = (millis: number) => new Date(millis).toISOString()
const principal = ({ id, type, name }: Who): By => ({ id, type, name })

/** The queries: those that ship with the product and those that people saved. */
export function openQueries({ db }: Pick<Ground, 'db'>, catalogue: Catalogue) {
  const shipped = [...catalogue.queries.values()].filter(({ entry }) => entry.engines.includes('live'))

  async function costs(id?: string): Promise<Map<string, CostRow>> {
    const query = db.selectFrom('query_costs').selectAll()
    const rows = await (id === undefined ? query : query.where('query_id', '=', id)).execute()
    return new Map(rows.map((row) => [row.query_id, row]))
  }

  const ofShipped = (query: ShippedQuery, cost: CostRow | undefined): Query => ({
    id: query.id,
    name: query.entry.name,
    code: query.entry.id,
    ...shown(contentOfShipped(query), cost),
    type: 'canned',
    createdAt: time(query.installedAt),
    updatedAt: time(query.installedAt),
  })

  const ofCustom = (row: CustomRow, cost: CostRow | undefined): Query => ({
    id: row.id,
    name: row.name,
    code: `custom.${row.id}`,
    ...shown(JSON.parse(row.content) as QueryContent, cost),
    type: 'custom',
    createdAt: time(row.created_at),
    createdBy: JSON.parse(row.created_by) as By,
    updatedAt: time(row.updated_at),
    updatedBy: JSON.parse(row.updated_by) as By,
  })

  function shown({ categoryIds, ...content }: QueryContent, cost: CostRow | undefined) {
    const categories = categoryIds.length > 0 ? categoriesById(catalogue, categoryIds) : [customCategory]
    return {
      ...content,
      categories: categories.map(({ id, name, code }) => ({ id, name, code })),
      performance: performanceOf(cost),
      dataSource: 'live' as const,
      ...(cost?.last_run_id && {
        lastRun: {
          id: cost.last_run_id,
          createdAt: time(cost.last_run_at!),
          devices: cost.last_run_devices!,
        },
      }),
    }
  }

  async function custom(id: string): Promise<CustomRow> {
    if (catalogue.queries.has(id)) throw new AppError('canned_query')
    const row = await db.selectFrom('queries').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new AppError('query_not_found')
    return row
  }

  /** @throws AppError query_not_found */
  async function one(id: string): Promise<Query> {
    const cost = (await costs(id)).get(id)
    const canned = shipped.find((query) => query.id === id)
    if (!canned && catalogue.queries.has(id)) throw new AppError('query_not_found')
    return canned ? ofShipped(canned, cost) : ofCustom(await custom(id), cost)
  }

  async function mustBeFree(name: string, exceptId?: string): Promise<void> {
    const key = name.toLowerCase()
    const row = await db.selectFrom('queries').select('id').where('name_key', '=', key).executeTakeFirst()
    const canned = shipped.some(({ entry }) => entry.name.toLowerCase() === key)
    if (canned || (row && row.id !== exceptId)) {
      throw new AppError('name_taken', `Another query is named “${name}”.`)
    }
  }

  return {
    one,

    /** Every query. */
    async all(): Promise<Query[]> {
      const [byId, rows] = await Promise.all([costs(), db.selectFrom('queries').selectAll().execute()])
      return [
        ...shipped.map((query) => ofShipped(query, byId.get(query.id))),
        ...rows.map((row) => ofCustom(row, byId.get(row.id))),
      ]
    },

    /** Saves a custom query. @throws AppError name_taken, category_not_found, bad_sql, bad_variable */
    async create(who: Who, name: string, content: QueryContent): Promise<Query> {
      checkContent(content)
      categoriesById(catalogue, content.categoryIds)
      await mustBeFree(name)
      const [id, now, by] = [randomUUID(), Date.now(), JSON.stringify(principal(who))]
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('queries')
        .values({
          id,
          name,
          name_key: name.toLowerCase(),
          content: JSON.stringify(content),
          created_at: now,
          created_by: by,
          updated_at: now,
          updated_by: by,
        })
        .onConflict((conflict) => conflict.column('name_key').doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows === 0n) throw new AppError('name_taken')
      return await one(id)
    },

    /** Changes a custom query; what is left out stays. @throws AppError as create, and query_not_found, canned_query */
    async update(who: Who, id: string, changes: Partial<QueryInput>): Promise<Query> {
      const row = await custom(id)
      const { name = row.name, ...rest } = changes
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
      const content: QueryContent = { ...(JSON.parse(row.content) as QueryContent), ...given }
      checkContent(content)
      categoriesById(catalogue, content.categoryIds)
      await mustBeFree(name, id)
      await db
        .updateTable('queries')
        .set({
          name,
          name_key: name.toLowerCase(),
          content: JSON.stringify(content),
          updated_at: Date.now(),
          updated_by: JSON.stringify(principal(who)),
        })
        .where('id', '=', id)
        .execute()
      return await one(id)
    },

    /** Deletes a custom query; its runs stay. @throws AppError query_not_found, canned_query */
    async remove(id: string): Promise<void> {
      await custom(id)
      await db.deleteFrom('queries').where('id', '=', id).execute()
      await db.deleteFrom('query_costs').where('query_id', '=', id).execute()
    },
  }
}

interface CustomRow {
  id: string
  name: string
  content: string
  created_at: number
  created_by: string
  updated_at: number
  updated_by: string
}
