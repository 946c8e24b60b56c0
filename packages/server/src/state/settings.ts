import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface SettingTables {
  settings: { name: string; value: string }
}

/** Returns the id of this installation, made at its first start; the API calls it the tenant. */
export async function readTenantId(db: Kysely<Database>): Promise<string> {
  const row = { name: 'tenant_id', value: randomUUID() }
  await db
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const found = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', row.name)
    .executeTakeFirstOrThrow()
  return found.value
}
