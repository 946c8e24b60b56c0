import { z } from 'zod'
import { PivotType } from './pivots.ts'
import { ColumnType, Platform, Sentence } from './values.ts'

/** One column of a table as an agent describes it; what the editor, the linter and the docs know. */
export const ColumnSpec = z.object({
  name: z.string(),
  type: ColumnType,
  description: Sentence,
  index: z.boolean().optional().describe('A constraint on it makes the table cheap.'),
  required: z.boolean().optional().describe('Without a constraint on it the table is empty, with a warning.'),
  additional: z.boolean().optional().describe('A constraint on it changes what the table does.'),
  hidden: z.boolean().optional().describe('Not part of `SELECT *`.'),
  aliasOf: z.string().optional().describe('An old name of this column.'),
  pivotType: PivotType.optional(),
})
export type ColumnSpec = z.infer<typeof ColumnSpec>

export const TableSpec = z.object({
  name: z.string(),
  description: Sentence,
  platforms: z.array(Platform),
  columns: z.array(ColumnSpec),
  aliases: z.array(z.string()).optional().describe('Other names of the table.'),
  examples: z.array(z.string()),
  requiresAll: z
    .boolean()
    .optional()
    .describe('Every required column needs its constraint; otherwise one of them is enough.'),
})
export type TableSpec = z.infer<typeof TableSpec>

/** A function of SQL that SQLite itself does not have. */
export const FunctionSpec = z.object({
  name: z.string().max(100),
  signature: z.string().max(500).describe('How it is called: `split(text, separators, index)`.'),
  description: Sentence,
})
export type FunctionSpec = z.infer<typeof FunctionSpec>
