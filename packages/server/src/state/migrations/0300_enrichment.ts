import { type Kysely, sql } from 'kysely'

/** Connectors of one's own and settings of the shipped ones, their sealed secrets, what was sent, and what was answered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('connectors')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('code', 'text', (c) => c.notNull().unique())
    .addColumn('definition', 'text')
    .addColumn('settings', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('connector_secrets')
    .addColumn('connector_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('set_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('connector_secrets_key', ['connector_id', 'name'])
    .execute()
  await db.schema
    .createTable('connector_sends')
    .addColumn('connector_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('connector_sends_by_time')
    .on('connector_sends')
    .columns(['connector_id', 'at'])
    .execute()
  await db.schema
    .createTable('connector_rests')
    .addColumn('connector_id', 'text', (c) => c.primaryKey())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('enrichment_cache')
    .addColumn('connector_id', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('asked_by', 'text', (c) => c.notNull())
    .addColumn('mapped_by', 'text', (c) => c.notNull())
    .addColumn('answer', 'text', (c) => c.notNull())
    .addColumn('raw', 'text')
    .addColumn('fetched_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('enrichment_cache_key', ['connector_id', 'type', 'value'])
    .execute()
  await sql`CREATE INDEX enrichment_cache_by_expiry ON enrichment_cache (expires_at)`.execute(db)
  await db.schema
    .createTable('run_markings')
    .addColumn('run_id', 'text', (c) => c.primaryKey())
    .addColumn('tlp', 'text', (c) => c.notNull())
    .execute()
}
