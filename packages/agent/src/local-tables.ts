import type { FunctionSpec, TableSpec } from '@quarry/schema'
import { allFunctions } from '@quarry/tables/registry'
import { describeTables } from './describe-tables.ts'
import { allTables } from './tables.ts'

/** Describes every table that this version of the agent has. */
export async function localTables(): Promise<TableSpec[]> {
  return describeTables(await allTables())
}

/** Describes every function of SQL that this version of the agent adds to SQLite’s own. */
export async function localFunctions(): Promise<FunctionSpec[]> {
  const functions = await allFunctions()
  return functions.map(({ name, signature, description }) => ({ name, signature, description }))
}
