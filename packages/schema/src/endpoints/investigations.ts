import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Cell, Id, IdParam, Time } from '../values.ts'
import { Principal } from './queries.ts'
import { RunOrigin, RunResult } from './runs.ts'

export const Verdict = z.enum(['malicious', 'suspicious', 'benign', 'unclear'])
export type Verdict = z.infer<typeof Verdict>

const Row = z.record(z.string().max(200), Cell)
const Text = z.string().trim().max(20_000)

/** A question of an investigation: what was asked, of how many, from which cell, and how much came. */
export const Question = z.object({
  id: Id,
  parentId: Id.optional().describe('The question that it was asked from.'),
  runId: Id.optional().describe('Its run; absent for one that came with a file.'),
  name: z.string(),
  template: z.string(),
  values: z.array(z.object({ name: z.string(), value: z.string() })).describe('Its variables in words.'),
  origin: RunOrigin.omit({ runId: true }).optional().describe('The cell that it was asked from.'),
  askedAt: Time,
  askedBy: z.string(),
  devices: z.int(),
  rows: z.int(),
  result: RunResult,
})
export type Question = z.infer<typeof Question>

/** A note on a question or on the whole, or a finding: a row that matters. */
export const Mark = z.object({
  id: Id,
  questionId: Id.optional().describe('Absent for a note on the whole.'),
  kind: z.enum(['note', 'finding']),
  verdict: Verdict.optional(),
  text: z.string(),
  row: Row.optional().describe('The row, as it was when it was marked.'),
  createdAt: Time,
  createdBy: z.string(),
  updatedAt: Time,
})
export type Mark = z.infer<typeof Mark>

export const InvestigationSummary = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  questions: z.int(),
  findings: z.int(),
  createdAt: Time,
  createdBy: Principal,
  updatedAt: Time,
})
export type InvestigationSummary = z.infer<typeof InvestigationSummary>

/** An investigation: the tree of the questions that were asked, with notes and findings. */
export const Investigation = InvestigationSummary.omit({ questions: true, findings: true }).extend({
  questions: z.array(Question).describe('Each after the one that it was asked from.'),
  marks: z.array(Mark),
})
export type Investigation = z.infer<typeof Investigation>

/** An investigation as a file. */
export const InvestigationFile = z.strictObject({
  format: z.literal('quarry-investigation'),
  version: z.literal(1),
  name: z.string().min(1).max(200),
  description: z.string().max(20_000),
  createdAt: Time,
  createdBy: z.string(),
  questions: z.array(Question).max(2000),
  marks: z.array(Mark).max(10_000),
})
export type InvestigationFile = z.infer<typeof InvestigationFile>

const MarkInput = {
  kind: z.enum(['note', 'finding']),
  verdict: Verdict.optional(),
  text: Text.default(''),
}
const path = '/quarry/v1/investigations'
const Name = z.string().trim().min(1).max(200)
const MarkParams = z.object({ id: Id, markId: Id })

export const listInvestigations = endpoint({
  id: 'investigations.list',
  method: 'GET',
  path,
  description: 'Lists the investigations, the latest change first.',
  access: 'runs:read',
  output: z.object({ items: z.array(InvestigationSummary) }),
  errors: [],
})

export const getInvestigation = endpoint({
  id: 'investigations.get',
  method: 'GET',
  path: `${path}/{id}`,
  description: 'Answers with an investigation: its tree of questions, notes and findings.',
  access: 'runs:read',
  params: IdParam,
  output: Investigation,
  errors: ['investigation_not_found'],
})

export const createInvestigation = endpoint({
  id: 'investigations.create',
  method: 'POST',
  path,
  description:
    'Begins an investigation, with the whole trail of a run or empty. What is asked from its questions joins it.',
  access: 'investigations:write',
  body: z.strictObject({ name: Name, description: Text.default(''), runId: Id.optional() }),
  output: Investigation,
  status: 201,
  errors: ['run_not_found'],
})

export const updateInvestigation = endpoint({
  id: 'investigations.update',
  method: 'PATCH',
  path: `${path}/{id}`,
  description: 'Renames or describes an investigation.',
  access: 'investigations:write',
  params: IdParam,
  body: z.strictObject({ name: Name.optional(), description: Text.optional() }),
  output: Investigation,
  errors: ['investigation_not_found'],
})

export const deleteInvestigation = endpoint({
  id: 'investigations.delete',
  method: 'DELETE',
  path: `${path}/{id}`,
  description: 'Deletes an investigation with its notes and findings; its runs stay.',
  access: 'investigations:write',
  params: IdParam,
  output: z.undefined(),
  status: 204,
  errors: ['investigation_not_found'],
})

export const addQuestion = endpoint({
  id: 'investigations.addQuestion',
  method: 'POST',
  path: `${path}/{id}/questions`,
  description: 'Adds a run, with the runs that it was asked from and those that were asked from it.',
  access: 'investigations:write',
  params: IdParam,
  body: z.strictObject({ runId: Id }),
  output: Investigation,
  errors: ['investigation_not_found', 'run_not_found'],
})

export const removeQuestion = endpoint({
  id: 'investigations.removeQuestion',
  method: 'DELETE',
  path: `${path}/{id}/questions/{questionId}`,
  description:
    'Takes a question out, with all that was asked from it and their notes and findings; the runs stay.',
  access: 'investigations:write',
  params: z.object({ id: Id, questionId: Id }),
  output: Investigation,
  errors: ['investigation_not_found', 'question_not_found'],
})

export const addMark = endpoint({
  id: 'investigations.addMark',
  method: 'POST',
  path: `${path}/{id}/marks`,
  description: 'Adds a note, or marks a row as a finding. A run that is not in the investigation joins it.',
  access: 'investigations:write',
  params: IdParam,
  body: z
    .strictObject({ ...MarkInput, questionId: Id.optional(), runId: Id.optional(), row: Row.optional() })
    .refine(
      ({ kind, row }) => (kind === 'finding') === (row !== undefined),
      'A finding has a row, a note has none.',
    )
    .refine(({ row }) => JSON.stringify(row ?? {}).length <= 200_000, 'The row is larger than 200 kB.'),
  output: Investigation,
  status: 201,
  errors: ['investigation_not_found', 'question_not_found', 'run_not_found'],
})

export const updateMark = endpoint({
  id: 'investigations.updateMark',
  method: 'PATCH',
  path: `${path}/{id}/marks/{markId}`,
  description: 'Changes the text or the verdict of a note or finding.',
  access: 'investigations:write',
  params: MarkParams,
  body: z.strictObject({ verdict: Verdict.optional(), text: Text.optional() }),
  output: Investigation,
  errors: ['investigation_not_found', 'mark_not_found'],
})

export const deleteMark = endpoint({
  id: 'investigations.deleteMark',
  method: 'DELETE',
  path: `${path}/{id}/marks/{markId}`,
  description: 'Deletes a note or finding.',
  access: 'investigations:write',
  params: MarkParams,
  output: Investigation,
  errors: ['investigation_not_found', 'mark_not_found'],
})

export const exportInvestigation = endpoint({
  id: 'investigations.export',
  method: 'GET',
  path: `${path}/{id}/export`,
  description: 'Answers with an investigation as a JSON file, which another installation can read.',
  access: 'results:export',
  params: IdParam,
  output: z.string(),
  answer: 'file',
  errors: ['investigation_not_found'],
})

export const importInvestigation = endpoint({
  id: 'investigations.import',
  method: 'POST',
  path: `${path}/import`,
  description: 'Reads the JSON file of an investigation; it becomes one of its own.',
  access: 'investigations:write',
  body: z.strictObject({ json: z.string().min(1).max(900_000) }),
  output: Investigation,
  status: 201,
  errors: ['bad_investigation'],
})

export const reportInvestigation = endpoint({
  id: 'investigations.report',
  method: 'GET',
  path: `${path}/{id}/report`,
  description:
    'Answers with an investigation as a report: Markdown, or a page of HTML without scripts that prints well.',
  access: 'runs:read',
  params: IdParam,
  query: z.object({ format: z.enum(['markdown', 'html']).default('markdown') }),
  output: z.string(),
  answer: 'file',
  errors: ['investigation_not_found'],
})
