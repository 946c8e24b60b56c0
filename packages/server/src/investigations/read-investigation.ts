import { AppError } from '@quarry/schema'
import type { Investigation, Mark, Question } from '@quarry/schema/endpoints/investigations'
import type { Run } from '@quarry/schema/endpoints/runs'
import type { Kysely, Selectable } from 'kysely'
import type { RunRow, Summary } from '../runs/run-of.ts'
import type { Database } from '../state/schema.ts'
import type { InvestigationTables } from './tables.ts'

type QuestionRow = Selectable<InvestigationTables['investigation_questions']>
const time = (millis: number) => new Date(millis).toISOString()

/** Reads an investigation whole; how its runs stand is read anew each time. @throws AppError investigation_not_found */
export async function readInvestigation(
  db: Kysely<Database>,
  id: string,
  rowsOf: (runId: string) => number,
): Promise<Investigation> {
  const row = await db.selectFrom('investigations').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new AppError('investigation_not_found')
  const questions = await db
    .selectFrom('investigation_questions')
    .selectAll()
    .where('investigation_id', '=', id)
    .orderBy('asked_at')
    .execute()
  const runIds = questions.flatMap(({ run_id }) => run_id ?? [])
  const runs =
    runIds.length > 0 ? await db.selectFrom('runs').selectAll().where('id', 'in', runIds).execute() : []
  const devices = await devicesOf(db, runs)
  const byId = new Map(runs.map((run) => [run.id, run]))
  const marks = await db
    .selectFrom('investigation_marks')
    .selectAll()
    .where('investigation_id', '=', id)
    .orderBy('created_at')
    .execute()
  return {
    id,
    name: row.name,
    description: row.description,
    createdAt: time(row.created_at),
    createdBy: JSON.parse(row.created_by),
    updatedAt: time(row.updated_at),
    questions: inOrder(
      questions.map((question) => {
        const run = question.run_id === null ? undefined : byId.get(question.run_id)
        return run ? ofRun(question, run, devices.get(run.id) ?? 0, rowsOf) : ofFile(question)
      }),
    ),
    marks: marks.map(markOf),
  }
}

async function devicesOf(db: Kysely<Database>, runs: readonly RunRow[]): Promise<Map<string, number>> {
  if (runs.length === 0) return new Map()
  const counts = await db
    .selectFrom('run_endpoints')
    .select('run_id')
    .select((b) => b.fn.countAll<number>().as('count'))
    .where(
      'run_id',
      'in',
      runs.map(({ id }) => id),
    )
    .groupBy('run_id')
    .execute()
  return new Map(counts.map(({ run_id, count }) => [run_id, Number(count)]))
}

function ofRun(
  { id, parent_id, run_id }: QuestionRow,
  run: RunRow,
  devices: number,
  rowsOf: (runId: string) => number,
): Question {
  const summary = run.summary === null ? undefined : (JSON.parse(run.summary) as Summary)
  const { runId: _, ...origin } = run.origin === null ? { runId: '' } : JSON.parse(run.origin)
  return {
    id,
    ...(parent_id !== null && { parentId: parent_id }),
    runId: run_id!,
    name: run.name,
    template: run.template,
    values: (JSON.parse(run.variables) as Run['variables']).flatMap(({ name, value, list }) => {
      if (list) return [{ name, value: listWords(list) }]
      return value === undefined ? [] : [{ name, value }]
    }),
    ...(run.origin !== null && { origin }),
    askedAt: time(run.created_at),
    askedBy: run.created_by_name,
    devices,
    rows: summary?.resultCount ?? rowsOf(run.id),
    result: run.result,
  }
}

function listWords({ name, count, sample }: NonNullable<Run['variables'][number]['list']>): string {
  const values = `${sample.join(', ')}${count > sample.length ? ', …' : ''}`
  return `${name ? `“${name}”: ` : ''}${count} ${count === 1 ? 'value' : 'values'} (${values})`
}

/** A question whose run is not here: what the file told, or was kept of it. */
function ofFile({ id, parent_id, facts }: QuestionRow): Question {
  const { parentId: _, runId: __, ...question } = JSON.parse(facts ?? '{}') as Question
  return { ...question, id, ...(parent_id !== null && { parentId: parent_id }) }
}

function markOf(mark: Selectable<InvestigationTables['investigation_marks']>): Mark {
  return {
    id: mark.id,
    ...(mark.question_id !== null && { questionId: mark.question_id }),
    kind: mark.kind,
    ...(mark.verdict !== null && { verdict: mark.verdict }),
    text: mark.text,
    ...(mark.row !== null && { row: JSON.parse(mark.row) as Mark['row'] & object }),
    createdAt: time(mark.created_at),
    createdBy: mark.created_by,
    updatedAt: time(mark.updated_at),
  }
}

/** Puts each question after the one that it was asked from, with all that came of it before its next sister. */
function inOrder(questions: readonly Question[]): Question[] {
  const known = new Set(questions.map(({ id }) => id))
  const children = Map.groupBy(questions, ({ parentId }) =>
    parentId !== undefined && known.has(parentId) ? parentId : '',
  )
  const ordered: Question[] = []
  const visit = (id: string) => {
    for (const child of children.get(id) ?? []) {
      ordered.push(child)
      visit(child.id)
    }
  }
  visit('')
  return ordered
}
