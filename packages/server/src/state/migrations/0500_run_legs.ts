import type { Kysely } from 'kysely'

/** Runs that go on where a limit stopped them: each continuation on a device is a leg, with an id of its own on the link. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('runs').addColumn('resumed_at', 'bigint').execute()
  for (const name of ['continuation', 'leg_id', 'leg_from'])
    await db.schema.alterTable('run_endpoints').addColumn(name, 'text').execute()
  await db.schema
    .createTable('run_legs')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('run_id', 'text', (c) => c.notNull())
    .addColumn('endpoint_id', 'text', (c) => c.notNull())
    .addColumn('base', 'integer', (c) => c.notNull())
    .execute()
}
