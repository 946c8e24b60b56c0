import { randomUUID } from 'node:crypto'
import { AppError } from '@quarry/schema'
import { type Investigation, InvestigationFile } from '@quarry/schema/endpoints/investigations'
import type { Transaction } from 'kysely'
import type { Database } from '../state/schema.ts'

/** Writes an investigation as a file. */
export function fileOf({ name, description, createdAt, createdBy, questions, marks }: Investigation): string {
  const file: InvestigationFile = {
    format: 'quarry-investigation',
    version: 1,
    name,
    description,
    createdAt,
    createdBy: createdBy.name,
    questions,
    marks,
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** Reads the file of an investigation, and checks that its parts fit together. @throws AppError bad_investigation */
export function parseFile(json: string): InvestigationFile {
  const refuse = (why: string) =>
    new AppError('bad_investigation', `The file is not an investigation: ${why}`)
  let content: unknown
  try {
    content = JSON.parse(json)
  } catch (error) {
    throw refuse(`it is not JSON (${(error as Error).message}).`)
  }
  const read = InvestigationFile.safeParse(content)
  if (!read.success) {
    const [issue] = read.error.issues
    throw refuse(`${issue!.path.join('.') || 'the whole'}: ${issue!.message}.`)
  }
  const ids = new Set<string>()
  for (const { id, parentId } of read.data.questions) {
    if (ids.has(id)) throw refuse(`two questions have the id ${id}.`)
    if (parentId !== undefined && !ids.has(parentId))
      throw refuse(`the question ${id} stands before the one that it was asked from.`)
    ids.add(id)
  }
  const lost = read.data.marks.find(({ questionId }) => questionId !== undefined && !ids.has(questionId))
  if (lost) throw refuse(`the mark ${lost.id} belongs to no question.`)
  return read.data
}

/** Puts the questions and marks of a file into an investigation, under new ids. */
export async function insertFile(
  trx: Transaction<Database>,
  investigationId: string,
  { questions, marks }: InvestigationFile,
): Promise<void> {
  const ids = new Map(questions.map(({ id }) => [id, randomUUID()]))
  const now = Date.now()
  for (const question of questions) {
    await trx
      .insertInto('investigation_questions')
      .values({
        id: ids.get(question.id)!,
        investigation_id: investigationId,
        parent_id: question.parentId === undefined ? null : ids.get(question.parentId)!,
        // The run is on another installation, or was another investigation's.
        run_id: null,
        facts: JSON.stringify(question),
        asked_at: Date.parse(question.askedAt),
      })
      .execute()
  }
  for (const mark of marks) {
    await trx
      .insertInto('investigation_marks')
      .values({
        id: randomUUID(),
        investigation_id: investigationId,
        question_id: mark.questionId === undefined ? null : ids.get(mark.questionId)!,
        kind: mark.kind,
        verdict: mark.verdict ?? null,
        text: mark.text,
        row: mark.row ? JSON.stringify(mark.row) : null,
        created_at: Date.parse(mark.createdAt),
        created_by: mark.createdBy,
        updated_at: now,
      })
      .execute()
  }
}
