import type { PivotType } from '@quarry/schema'
import type { Ground } from '../../context.ts'

/** Tells which IOC lists hold a value. */
export async function askIocLists(db: Ground['db'], type: PivotType, value: string) {
  const rows = await db
    .selectFrom('ioc_values')
    .innerJoin('ioc_lists', 'ioc_lists.id', 'ioc_values.list_id')
    .select(['ioc_lists.name', 'ioc_lists.description', 'ioc_values.added_at'])
    .where('ioc_values.type', '=', type)
    .where('ioc_values.value', '=', value)
    .orderBy('ioc_lists.name')
    .execute()
  return {
    count: rows.length,
    lists: rows.map(({ name }) => name),
    descriptions: rows.map(({ description }) => description).filter((text) => text !== ''),
    addedAt: rows.length > 0 ? Math.floor(Math.min(...rows.map((row) => row.added_at)) / 1000) : null,
  }
}
