import type { Kysely } from 'kysely'

/** Investigations: their questions, notes and findings. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('investigations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('investigation_questions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('investigation_id', 'text', (c) =>
      c.notNull().references('investigations.id').onDelete('cascade'),
    )
    .addColumn('parent_id', 'text')
    .addColumn('run_id', 'text')
    .addColumn('facts', 'text')
    .addColumn('asked_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('investigation_questions_run', ['investigation_id', 'run_id'])
    .execute()
  await db.schema
    .createIndex('investigation_questions_of_run')
    .on('investigation_questions')
    .column('run_id')
    .execute()
  await db.schema
    .createTable('investigation_marks')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('investigation_id', 'text', (c) =>
      c.notNull().references('investigations.id').onDelete('cascade'),
    )
    .addColumn('question_id', 'text', (c) => c.references('investigation_questions.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('verdict', 'text')
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('row', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('investigation_marks_of')
    .on('investigation_marks')
    .column('investigation_id')
    .execute()
}
