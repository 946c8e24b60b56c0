import type { TableSpec } from '@quarry/schema'
import { allTables } from '@quarry/tables/registry'
import { describeTables } from './describe-tables.ts'

/** Describes every table that this version of the agent has. */
export async function localTables(): Promise<TableSpec[]> {
  return describeTables(await allTables())
}
