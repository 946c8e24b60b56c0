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
}
