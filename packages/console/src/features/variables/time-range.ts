import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import type { Typed } from './variable-values.ts'

/** Spans that the picker offers; they end when the query runs. */
export const spans = [
  { value: '-15m', label: '15 min' },
  { value: '-1h', label: '1 hour' },
  { value: '-24h', label: '24 hours' },
  { value: '-7d', label: '7 days' },
  { value: '-30d', label: '30 days' },
  { value: '-90d', label: '90 days' },
] as const

/** The variables of a query that say from when and until when. */
export interface RangeVariables {
  from: string
  to: string | undefined
}

/** Finds the variables that hold a range of time; undefined when no variable says from when. */
export function rangeVariables(variables: readonly QueryVariable[]): RangeVariables | undefined {
  const moments = variables.filter(({ dataType }) => dataType === 'dateTime').map(({ name }) => name)
  const from = moments.find((name) => /(^|[\s_.-])(begin|start|from|since|after)/i.test(name))
  const to = moments.find((name) => /(^|[\s_.-])(end|until|to|before)([\s_.-]|$)/i.test(name))
  return from === undefined ? undefined : { from, to }
}

/** What is typed once a span was chosen: its start, and now as its end. */
export function withSpan(typed: Typed, { from, to }: RangeVariables, span: string): Typed {
  return { ...typed, [from]: span, ...(to !== undefined && { [to]: 'now' }) }
}

/** The span that is typed; undefined for a range of one’s own. */
export function spanOf(typed: Typed, { from, to }: RangeVariables): string | undefined {
  if (to !== undefined && typed[to] !== undefined && typed[to] !== 'now') return undefined
  return spans.find(({ value }) => value === typed[from])?.value
}
