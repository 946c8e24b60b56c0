import type { Kysely } from 'kysely'

/** Where a run was asked from, the lists of its variables, and the IOC lists. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of ['lists', 'origin_run_id', 'origin'])
    await db.schema.alterTable('runs').addColumn(name, 'text').execute()
  await db.schema.createIndex('runs_origin').on('runs').column('origin_run_id').execute()

  await db.schema
    .createTable('ioc_lists')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull().unique())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('ioc_values')
    .addColumn('list_id', 'text', (c) => c.notNull().references('ioc_lists.id').onDelete('cascade'))
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('added_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('ioc_values_pk', ['list_id', 'type', 'value'])
    .execute()
}
