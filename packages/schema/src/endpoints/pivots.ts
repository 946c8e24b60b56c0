import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { PivotType } from '../pivots.ts'
import { Id, IdParam, PerformanceScore, Time } from '../values.ts'
import { Mark } from './investigations.ts'

/** A saved query that a value can be taken into: it has a variable of the value’s kind. */
export const Pivot = z.object({
  queryId: Id,
  name: z.string(),
  description: z.string(),
  engine: z.enum(['live', 'lake']),
  category: z.object({ id: Id, name: z.string() }),
  variable: z.string().describe('The variable that takes the value.'),
  takesList: z.boolean().describe('Whether it also takes several values.'),
  needs: z.array(z.string()).describe('Variables without a default, which must be filled in first.'),
  uses: z.int().describe('How often somebody pivoted into it.'),
  score: PerformanceScore,
})
export type Pivot = z.infer<typeof Pivot>

const path = '/quarry/v1/pivots'

export const listPivots = endpoint({
  id: 'pivots.list',
  method: 'GET',
  path,
  description:
    'Lists the saved queries that take a value of a kind, the best first: those of the same category, then those most used.',
  access: 'queries:read',
  query: z.object({
    type: PivotType,
    categoryId: Id.optional().describe('Category of the query whose result the value stands in.'),
  }),
  output: z.object({ items: z.array(Pivot) }),
  errors: [],
})

/** A run, and the cell that the next question was asked from. */
export const TrailStep = z.object({
  runId: Id,
  name: z.string(),
  column: z.string(),
  value: z.string(),
  count: z.int(),
})
export type TrailStep = z.infer<typeof TrailStep>

export const getTrail = endpoint({
  id: 'pivots.trail',
  method: 'GET',
  path: `${path}/trail/{id}`,
  description:
    'Answers with where a run came from, the first question first, and with what was asked from it.',
  access: 'runs:read',
  params: IdParam,
  output: z.object({
    before: z.array(TrailStep),
    after: z.array(TrailStep.extend({ createdAt: Time })).describe('Runs that were asked from its cells.'),
    investigations: z
      .array(z.object({ id: Id, name: z.string() }))
      .describe('Those that this run is part of.'),
    findings: z
      .array(Mark.pick({ id: true, verdict: true, text: true, row: true }))
      .describe('Rows of this run that were marked.'),
  }),
  errors: ['run_not_found'],
})
