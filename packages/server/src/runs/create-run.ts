import { randomUUID } from 'node:crypto'
import { AppError, readableTables } from '@quarry/schema'
import type { RunInput } from '@quarry/schema/endpoints/runs'
import { renderTemplate } from '@quarry/sql'
import type { Insertable, Kysely } from 'kysely'
import type { z } from 'zod'
import type { Endpoints } from '../endpoints/endpoints.ts'
import type { IocLists } from '../ioc-lists/ioc-lists.ts'
import { checkSql } from '../queries/content.ts'
import { noteRun } from '../queries/cost.ts'
import type { Queries } from '../queries/queries.ts'
import type { Database } from '../state/schema.ts'
import type { Who } from '../who.ts'
import { resolveLists } from './run-lists.ts'
import type { RunTables } from './tables.ts'

type Input = z.output<typeof RunInput>
export type NewRun = Insertable<RunTables['runs']>

interface PlanParts {
  db: Kysely<Database>
  queries: Queries
  iocLists: IocLists
}

/** The longest SQL that devices take. */
const maxSql = 200_000

/** Rows of one INSERT: SQLite takes 32,766 values in a statement. */
const chunk = 500

/**
 * Makes the row of a run: finds its query, checks that the asker may run it, fills the variables in.
 * @throws AppError query_not_found, category_not_found, run_not_found, ioc_list_not_found, forbidden, bad_variable, bad_sql
 */
export async function planRun({ queries, iocLists, db }: PlanParts, who: Who, input: Input): Promise<NewRun> {
  const asked = await askedQuery(queries, who, input)
  // An empty value stands for the default, where there is one.
  const values = input.variables.filter(
    ({ name, value }) => value !== '' || !asked.variables.some((each) => each.name === name && each.value),
  )
  const resolved = await resolveLists(db, iocLists, asked.variables, values)
  const sql = renderTemplate(asked.template, asked.variables, resolved.values)
  if (input.origin) await mustExist(db, input.origin.runId)
  if (sql.length > maxSql) {
    throw new AppError('bad_variable', 'With these values the SQL is longer than 200,000 characters.')
  }
  const now = Date.now()
  const given = new Map(values.map((value) => [value.name, value]))
  const undeclared = values
    .filter(({ name }) => !asked.variables.some((each) => each.name === name))
    .map(({ name, dataType, value, pivotType }) => ({ name, dataType, value, pivotType }))
  const withList = <T extends { name: string }>(variable: T) => {
    const list = resolved.shown.get(variable.name)
    return list ? { ...variable, value: undefined, list } : variable
  }
  return {
    id: randomUUID(),
    query_id: asked.query?.id ?? null,
    query_name: asked.query?.name ?? null,
    category_id: asked.category?.id ?? null,
    category_name: asked.category?.name ?? null,
    name: asked.name,
    template: asked.template,
    sql,
    variables: JSON.stringify([
      ...asked.variables.map((variable) =>
        withList({ ...variable, value: given.get(variable.name)?.value ?? variable.value }),
      ),
      ...undeclared.map(withList),
    ]),
    lists: resolved.shown.size > 0 ? JSON.stringify(resolved.lists) : null,
    origin_run_id: input.origin?.runId ?? null,
    origin: input.origin ? JSON.stringify(input.origin) : null,
    columns: JSON.stringify(asked.columns),
    readable: JSON.stringify(readableTables(who.permissions)),
    match: JSON.stringify(input.matchEndpoints),
    status: 'pending',
    result: 'notAvailable',
    created_at: now,
    created_by_type: who.type,
    created_by_id: who.id,
    created_by_name: who.name,
    max_seconds: input.maxDurationInSeconds,
    deadline_at: now + input.maxDurationInSeconds * 1000,
    results_expired: 0,
  }
}

async function mustExist(db: Kysely<Database>, runId: string): Promise<void> {
  const row = await db.selectFrom('runs').select('id').where('id', '=', runId).executeTakeFirst()
  if (!row) throw new AppError('run_not_found', 'The run that this was asked from does not exist.')
}

async function askedQuery(queries: Queries, who: Who, { savedQuery, adHocQuery }: Input) {
  if (adHocQuery) {
    if (!who.permissions.includes('queries:run-ad-hoc')) {
      throw new AppError('forbidden', 'Your role may run saved queries, but no SQL of your own.')
    }
    checkSql(adHocQuery.template)
    return { ...adHocQuery, variables: [], columns: {}, query: undefined, category: undefined }
  }
  const query = await queries.one(savedQuery!.queryId)
  const wanted = savedQuery!.categoryId
  const category = wanted ? query.categories.find(({ id }) => id === wanted) : query.categories[0]
  if (!category) throw new AppError('category_not_found', 'The query is in no category with this id.')
  const { name, template, variables, columns } = query
  return { name, template, variables, columns, query, category }
}

/** Writes a run and one row for each of its devices, all or nothing. */
export async function insertRun(
  db: Kysely<Database>,
  run: NewRun,
  devices: Awaited<ReturnType<Endpoints['match']>>,
): Promise<void> {
  const parts = devices.map(({ id, hostname, type, platform }) => ({
    run_id: run.id,
    endpoint_id: id,
    hostname,
    type,
    platform,
    status: 'pending' as const,
    result: 'notAvailable' as const,
    rows: 0,
    bytes: 0,
    warnings: '[]',
  }))
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('runs').values(run).execute()
    for (let from = 0; from < parts.length; from += chunk) {
      await trx
        .insertInto('run_endpoints')
        .values(parts.slice(from, from + chunk))
        .execute()
    }
    if (run.query_id) {
      await noteRun(trx, run.query_id, { id: run.id, at: run.created_at, devices: devices.length })
    }
  })
}
