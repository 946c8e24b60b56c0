import { randomUUID } from 'node:crypto'
import { AppError } from '@quarry/schema'
import type {
  addMark,
  Investigation,
  InvestigationSummary,
  Mark,
  updateMark,
} from '@quarry/schema/endpoints/investigations'
import type { Transaction } from 'kysely'
import type { z } from 'zod'
import type { Ground } from '../context.ts'
import type { ResultStore } from '../results/store.ts'
import type { Database } from '../state/schema.ts'
import type { Who } from '../who.ts'
import { addTrail, joinParent, questionOf } from './add-trail.ts'
import { insertFile, parseFile } from './import-file.ts'
import { readInvestigation } from './read-investigation.ts'

export type Investigations = ReturnType<typeof openInvestigations>

type NewMark = z.output<NonNullable<typeof addMark.body>>
type MarkChange = z.output<NonNullable<typeof updateMark.body>>
const time = (millis: number) => new Date(millis).toISOString()

/** The investigations: trees of questions with notes and findings. */
export function openInvestigations({ db }: Pick<Ground, 'db'>, results: Pick<ResultStore, 'rows'>) {
  const one = (id: string): Promise<Investigation> =>
    readInvestigation(db, id, (runId) => results.rows(runId))

  /** Changes an investigation in one transaction, and reads it. @throws AppError investigation_not_found */
  async function change(id: string, work: (trx: Transaction<Database>, now: number) => Promise<void>) {
    await db.transaction().execute(async (trx) => {
      const now = Date.now()
      const touched = await trx
        .updateTable('investigations')
        .set({ updated_at: now })
        .where('id', '=', id)
        .executeTakeFirst()
      if (touched.numUpdatedRows === 0n) throw new AppError('investigation_not_found')
      await work(trx, now)
    })
    return await one(id)
  }

  async function insert(trx: Transaction<Database>, who: Who, name: string, description: string) {
    const [id, now] = [randomUUID(), Date.now()]
    const by = JSON.stringify({ id: who.id, type: who.type, name: who.name })
    await trx
      .insertInto('investigations')
      .values({ id, name, description, created_at: now, created_by: by, updated_at: now })
      .execute()
    return id
  }

  async function markedQuestion(trx: Transaction<Database>, id: string, { questionId, runId }: NewMark) {
    if (questionId) {
      const found = await trx
        .selectFrom('investigation_questions')
        .select('id')
        .where('id', '=', questionId)
        .where('investigation_id', '=', id)
        .executeTakeFirst()
      if (!found) throw new AppError('question_not_found')
      return questionId
    }
    if (!runId) return null
    const known = await questionOf(trx, id, runId)
    if (known) return known
    await addTrail(trx, id, runId)
    return (await questionOf(trx, id, runId))!
  }

  return {
    one,

    /** The latest change first. */
    async list(): Promise<InvestigationSummary[]> {
      const rows = await db
        .selectFrom('investigations as i')
        .selectAll('i')
        .select((b) => [
          b
            .selectFrom('investigation_questions as q')
            .select(b.fn.countAll<number>().as('n'))
            .whereRef('q.investigation_id', '=', 'i.id')
            .as('questions'),
          b
            .selectFrom('investigation_marks as m')
            .select(b.fn.countAll<number>().as('n'))
            .whereRef('m.investigation_id', '=', 'i.id')
            .where('m.kind', '=', 'finding')
            .as('findings'),
        ])
        .orderBy('i.updated_at', 'desc')
        .execute()
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        description: row.description,
        questions: Number(row.questions),
        findings: Number(row.findings),
        createdAt: time(row.created_at),
        createdBy: JSON.parse(row.created_by),
        updatedAt: time(row.updated_at),
      }))
    },

    /** The investigations that a run is part of. */
    async ofRun(runId: string): Promise<{ id: string; name: string }[]> {
      return await db
        .selectFrom('investigation_questions as q')
        .innerJoin('investigations as i', 'i.id', 'q.investigation_id')
        .select(['i.id', 'i.name'])
        .where('q.run_id', '=', runId)
        .orderBy('i.updated_at', 'desc')
        .execute()
    },

    /** The rows of a run that were marked as findings, in any investigation. */
    async findingsOf(runId: string): Promise<Pick<Mark, 'id' | 'verdict' | 'text' | 'row'>[]> {
      const marks = await db
        .selectFrom('investigation_questions as q')
        .innerJoin('investigation_marks as m', 'm.question_id', 'q.id')
        .select(['m.id', 'm.verdict', 'm.text', 'm.row'])
        .where('q.run_id', '=', runId)
        .where('m.kind', '=', 'finding')
        .orderBy('m.created_at')
        .execute()
      return marks.map(({ id, verdict, text, row }) => ({
        id,
        ...(verdict && { verdict }),
        text,
        row: JSON.parse(row ?? '{}'),
      }))
    },

    /** @throws AppError run_not_found */
    async create(who: Who, name: string, description: string, runId: string | undefined) {
      const id = await db.transaction().execute(async (trx) => {
        const made = await insert(trx, who, name, description)
        if (runId) await addTrail(trx, made, runId)
        return made
      })
      return await one(id)
    },

    /** @throws AppError investigation_not_found */
    update: (
      id: string,
      { name, description }: { name?: string | undefined; description?: string | undefined },
    ) =>
      change(id, async (trx) => {
        if (name === undefined && description === undefined) return
        await trx
          .updateTable('investigations')
          .set({ ...(name !== undefined && { name }), ...(description !== undefined && { description }) })
          .where('id', '=', id)
          .execute()
      }),

    /** @throws AppError investigation_not_found */
    async remove(id: string): Promise<void> {
      const { numDeletedRows } = await db.deleteFrom('investigations').where('id', '=', id).executeTakeFirst()
      if (numDeletedRows === 0n) throw new AppError('investigation_not_found')
    },

    /** @throws AppError investigation_not_found, run_not_found */
    addQuestion: (id: string, runId: string) => change(id, (trx) => addTrail(trx, id, runId)),

    /** Takes a question out with all below it. @throws AppError investigation_not_found, question_not_found */
    removeQuestion: (id: string, questionId: string) =>
      change(id, async (trx) => {
        const all = await trx
          .selectFrom('investigation_questions')
          .select(['id', 'parent_id'])
          .where('investigation_id', '=', id)
          .execute()
        if (!all.some((question) => question.id === questionId)) throw new AppError('question_not_found')
        const gone = [questionId]
        for (let at = 0; at < gone.length; at++)
          gone.push(...all.filter(({ parent_id }) => parent_id === gone[at]).map((child) => child.id))
        await trx.deleteFrom('investigation_questions').where('id', 'in', gone).execute()
      }),

    /** @throws AppError investigation_not_found, question_not_found, run_not_found */
    addMark: (who: Who, id: string, mark: NewMark) =>
      change(id, async (trx, now) => {
        const question = await markedQuestion(trx, id, mark)
        await trx
          .insertInto('investigation_marks')
          .values({
            id: randomUUID(),
            investigation_id: id,
            question_id: question,
            kind: mark.kind,
            verdict: mark.verdict ?? null,
            text: mark.text,
            row: mark.row ? JSON.stringify(mark.row) : null,
            created_at: now,
            created_by: who.name,
            updated_at: now,
          })
          .execute()
      }),

    /** @throws AppError investigation_not_found, mark_not_found */
    updateMark: (id: string, markId: string, { verdict, text }: MarkChange) =>
      change(id, async (trx, now) => {
        const { numUpdatedRows } = await trx
          .updateTable('investigation_marks')
          .set({ updated_at: now, ...(verdict && { verdict }), ...(text !== undefined && { text }) })
          .where('id', '=', markId)
          .where('investigation_id', '=', id)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) throw new AppError('mark_not_found')
      }),

    /** @throws AppError investigation_not_found, mark_not_found */
    deleteMark: (id: string, markId: string) =>
      change(id, async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('investigation_marks')
          .where('id', '=', markId)
          .where('investigation_id', '=', id)
          .executeTakeFirst()
        if (numDeletedRows === 0n) throw new AppError('mark_not_found')
      }),

    /** @throws AppError bad_investigation */
    async import(who: Who, json: string): Promise<Investigation> {
      const file = parseFile(json)
      const id = await db.transaction().execute(async (trx) => {
        const made = await insert(trx, who, file.name, file.description)
        await insertFile(trx, made, file)
        return made
      })
      return await one(id)
    },

    /** Lets a run that was just made join the investigations of the run that it was asked from. */
    follow: (runId: string) => joinParent(db, runId),
  }
}
