import type { ResultColumn, ResultFilter } from '@quarry/schema/endpoints/run-results'
import { isNumeric } from '../../components/cells/cell-kind.ts'
import { dateOf, formatLocal } from '../../components/cells/format-time.ts'

type Op = ResultFilter['op']
/** What the field for a filter's value takes. */
export type FilterInput = 'text' | 'number' | 'time'

export const filterInput = (column: ResultColumn, kind: string): FilterInput =>
  kind === 'time' && isNumeric(column) ? 'time' : isNumeric(column) ? 'number' : 'text'

const EITHER = [
  ['isNull', 'is NULL'],
  ['notNull', 'is not NULL'],
] as const

const OPS: Record<FilterInput, readonly (readonly [Op, string])[]> = {
  text: [
    ['contains', 'contains'],
    ['notContains', 'does not contain'],
    ['eq', 'is'],
    ['ne', 'is not'],
    ['in', 'is one of'],
    ...EITHER,
  ],
  number: [
    ['eq', '='],
    ['ne', '≠'],
    ['lt', '<'],
    ['le', '≤'],
    ['gt', '>'],
    ['ge', '≥'],
    ['in', 'is one of'],
    ...EITHER,
  ],
  time: [['ge', 'from'], ['lt', 'before'], ...EITHER],
}

/** The operations that make sense for a column, with their words; the likeliest is the first. */
export function filterOps(input: FilterInput): { op: Op; label: string }[] {
  return OPS[input].map(([op, label]) => ({ op, label }))
}

/** Whether an operation takes a value. */
export const takesValue = (op: Op): boolean => op !== 'isNull' && op !== 'notNull'

export type ParsedValue = { value?: ResultFilter['value'] } | { error: string }

/** Reads what was typed for a filter. `is one of` takes a value a line. Numbers beyond 2^53 stay exact strings. */
export function parseFilterValue(input: FilterInput, op: Op, text: string): ParsedValue {
  if (!takesValue(op)) return {}
  if (op !== 'in') return parseOne(input, text)
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length === 0) return { error: 'Write one value a line.' }
  const values: (string | number)[] = []
  for (const line of lines) {
    const parsed = parseOne(input, line)
    if ('error' in parsed) return parsed
    values.push(parsed.value as string | number)
  }
  return { value: values }
}

function parseOne(input: FilterInput, text: string): ParsedValue {
  if (input === 'text') return { value: text }
  const trimmed = text.trim()
  if (input === 'time') {
    const millis = Date.parse(trimmed)
    return Number.isNaN(millis) ? { error: 'Give a date and a time.' } : { value: Math.floor(millis / 1000) }
  }
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(trimmed))
    return { error: `“${trimmed}” is not a number.` }
  const number = Number(trimmed)
  return { value: Number.isInteger(number) && !Number.isSafeInteger(number) ? trimmed : number }
}

/** Writes the value of a filter as it stood in its field. */
export function filterText(input: FilterInput, filter: ResultFilter): string {
  const { value } = filter
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.join('\n')
  const date = input === 'time' ? dateOf(Number(value)) : undefined
  return date ? formatLocal(date).replace(' ', 'T') : String(value)
}

const SHORTEST_LIST = 3

/** Writes a filter as a person reads it: `remote_port ≥ 1024`, `path contains “tmp”`. */
export function filterWords(filter: ResultFilter, input: FilterInput): string {
  const { column, op } = filter
  const label = [...OPS[input], ...OPS.text, ...OPS.number].find(([name]) => name === op)![1]
  if (!takesValue(op)) return `${column} ${label}`
  return `${column} ${label} ${valueWords(filter, input)}`
}

function valueWords({ value }: ResultFilter, input: FilterInput): string {
  if (Array.isArray(value)) {
    const rest = value.length - SHORTEST_LIST
    return `${value.slice(0, SHORTEST_LIST).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
  }
  if (input === 'time') return formatLocal(new Date(Number(value) * 1000))
  return typeof value === 'number' ? String(value) : `“${value ?? ''}”`
}
