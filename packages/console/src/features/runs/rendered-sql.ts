import { AppError } from '@quarry/schema'
import type { Run } from '@quarry/schema/endpoints/runs'
import { renderTemplate, type VariableValue } from '@quarry/sql'

/** The SQL of a run with its values in their places, or the template and why they could not be put there. */
export function renderedSql({ template, variables }: Pick<Run, 'template' | 'variables'>): {
  sql: string
  note?: string
} {
  const values = variables.flatMap(({ name, dataType, value, list }): VariableValue[] => {
    if (list) return [{ name, dataType, values: list.sample }]
    return value === undefined ? [] : [{ name, dataType, value }]
  })
  try {
    return { sql: renderTemplate(template, variables, values) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { sql: template, note: `Shown with its variables: ${error.message}` }
  }
}
