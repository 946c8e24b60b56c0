import type { FunctionSpec, PivotType, TableSpec } from '@quarry/schema'
import type { MatchEndpoints } from '@quarry/schema/endpoints/endpoints'
import type { Ground } from '../context.ts'
import { matchCondition } from './filter.ts'

export type KnownTables = ReturnType<typeof openKnownTables>
export type KnownTable = TableSpec & { devices: number }

/** How long what was read may serve, in milliseconds: fleets change their tables with the agent's version only. */
const keepMillis = 5_000

/** What the enrolled devices tell of their tables. */
export function openKnownTables({ db }: Pick<Ground, 'db'>) {
  let kept:
    | { at: number; tables: KnownTable[]; functions: FunctionSpec[]; pivots: Map<string, PivotType> }
    | undefined

  async function read() {
    if (kept && performance.now() - kept.at < keepMillis) return kept
    const sets = await db
      .selectFrom('table_sets as t')
      .innerJoin('endpoints as e', 'e.table_set', 't.hash')
      .select(['t.tables', 't.functions'])
      .select((b) => b.fn.countAll<number>().as('devices'))
      .groupBy(['t.hash', 't.tables', 't.functions'])
      .orderBy('devices', 'desc')
      .execute()
    const byName = new Map<string, KnownTable>()
    const functions = new Map<string, FunctionSpec>()
    for (const set of sets) {
      for (const spec of JSON.parse(set.functions) as FunctionSpec[]) {
        if (!functions.has(spec.name)) functions.set(spec.name, spec)
      }
      for (const table of JSON.parse(set.tables) as TableSpec[]) {
        const known = byName.get(table.name)
        if (known) known.devices += Number(set.devices)
        else byName.set(table.name, { ...table, devices: Number(set.devices) })
      }
    }
    const tables = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    const pivots = new Map<string, PivotType>()
    for (const { name, columns } of tables) {
      for (const column of columns) {
        if (column.pivotType) pivots.set(`${name}.${column.name}`, column.pivotType)
      }
    }
    kept = { at: performance.now(), tables, functions: [...functions.values()], pivots }
    return kept
  }

  return {
    /** Every table that some device has, by name; where devices differ, as most of them describe it. */
    list: async (): Promise<KnownTable[]> => (await read()).tables,
    /** Every function of SQL that some device has beside SQLite’s own. */
    functions: async (): Promise<FunctionSpec[]> => (await read()).functions,
    /** How many of the devices of a run have each table. @throws AppError bad_request */
    async count(match: MatchEndpoints) {
      const sets = await db
        .selectFrom('table_sets as t')
        .innerJoin('endpoints as e', 'e.table_set', 't.hash')
        .leftJoin('endpoint_groups as g', 'g.id', 'e.group_id')
        .select('t.tables')
        .select((b) => b.fn.countAll<number>().as('devices'))
        .where((b) => matchCondition(b as never, match, Date.now()))
        .groupBy(['t.hash', 't.tables'])
        .execute()
      const counts = new Map<string, number>()
      for (const set of sets) {
        for (const { name } of JSON.parse(set.tables) as TableSpec[])
          counts.set(name, (counts.get(name) ?? 0) + Number(set.devices))
      }
      return {
        devices: sets.reduce((sum, set) => sum + Number(set.devices), 0),
        items: [...counts].map(([name, devices]) => ({ name, devices })),
      }
    },
    /** Pivot types by `table.column`. */
    pivots: async (): Promise<ReadonlyMap<string, PivotType>> => (await read()).pivots,
  }
}
