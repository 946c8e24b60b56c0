import type { Kysely } from 'kysely'

/** What is known of files by their hash, from all sources together. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reputations')
    .addColumn('sha256', 'text', (c) => c.primaryKey())
    .addColumn('score', 'integer', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('reputations_expires_at').on('reputations').column('expires_at').execute()
  await db.schema
    .createTable('program_sightings')
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('endpoint_id', 'text', (c) => c.notNull().references('endpoints.id').onDelete('cascade'))
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('package', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('first_seen_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('program_sightings_key', ['sha256', 'endpoint_id', 'path'])
    .execute()
  await db.schema
    .createIndex('program_sightings_endpoint')
    .on('program_sightings')
    .column('endpoint_id')
    .execute()
}
