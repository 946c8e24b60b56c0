import type { PivotType } from '@quarry/schema'
import type { Pivot } from '@quarry/schema/endpoints/pivots'
import type { Query } from '@quarry/schema/endpoints/queries'
import { renderTemplate } from '@quarry/sql'
import type { Kysely } from 'kysely'
import type { Database } from '../state/schema.ts'

/** The saved queries that take a value of a kind, the best first: same category, then most used, then by name. */
export async function listPivots(
  db: Kysely<Database>,
  queries: readonly Query[],
  type: PivotType,
  categoryId: string | undefined,
): Promise<Pivot[]> {
  const uses = await pivotsInto(db)
  const near = (query: Query) => query.categories.some(({ id }) => id === categoryId)
  const rank = (query: Query) => [near(query) ? 0 : 1, -(uses.get(query.id) ?? 0), -query.performance.runs]
  return queries
    .flatMap((query) => {
      const variable = query.variables.find((each) => each.pivotType === type)
      return variable ? [{ query, variable: variable.name, rank: rank(query) }] : []
    })
    .sort((a, b) => {
      const at = a.rank.findIndex((value, index) => value !== b.rank[index])
      return at >= 0 ? a.rank[at]! - b.rank[at]! : a.query.name.localeCompare(b.query.name)
    })
    .map(({ query, variable }) => ({
      queryId: query.id,
      name: query.name,
      description: query.description,
      engine: query.dataSource,
      category: query.categories[0]!,
      variable,
      takesList: takesList(query, variable),
      needs: query.variables
        .filter(({ name, value }) => name !== variable && value === undefined)
        .map(({ name }) => name),
      uses: uses.get(query.id) ?? 0,
      score: query.performance.score,
    }))
}

async function pivotsInto(db: Kysely<Database>): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('runs')
    .select('query_id')
    .select((b) => b.fn.countAll<number>().as('count'))
    .where('origin_run_id', 'is not', null)
    .where('query_id', 'is not', null)
    .groupBy('query_id')
    .execute()
  return new Map(rows.map(({ query_id, count }) => [query_id!, Number(count)]))
}

/** Whether a list can stand wherever the variable does. */
function takesList({ template, variables }: Query, name: string): boolean {
  const values = variables.map((each) =>
    each.name === name
      ? { name, values: ['x'] }
      : { name: each.name, value: each.value ?? placeholder[each.dataType] },
  )
  try {
    renderTemplate(template, variables, values)
    return true
  } catch {
    return false
  }
}

const placeholder = { text: 'x', integer: '1', double: '1', boolean: '1', dateTime: '1' }
