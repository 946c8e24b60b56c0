import { readFileSync } from 'node:fs'
import type { Table } from './define-table.ts'
import type { LeftOut } from './left-out.ts'

/** Tables that osquery has on Linux, each with its columns in order: the type, then `index`, `required`, `additional`. */
export type OsqueryTables = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Reads `data/osquery-linux.json`, which `scripts/foreign-tables.ts` writes. */
export const osqueryOnLinux = (): OsqueryTables =>
  JSON.parse(readFileSync(new URL('../data/osquery-linux.json', import.meta.url), 'utf8'))

const heard = ['index', 'required', 'additional'] as const

/**
 * How a table differs from osquery's of the same name, a sentence for each: a column that is neither there nor left out with a reason,
 * another type or order, a constraint that it does not hear. Empty for a table that osquery has not.
 */
export function disagreements(table: Table, osquery: OsqueryTables, leftOut: LeftOut): string[] {
  const found: string[] = []
  const columns = Object.entries(osquery[table.name] ?? {}).filter(
    ([name]) => !leftOut.columns[`${table.name}.${name}`],
  )
  const order = Object.keys(table.columns)
  let last = -1
  for (const [name, words] of columns) {
    const [type, ...marks] = words.split(' ')
    const column = table.columns[name]
    if (!column) {
      found.push(`${name} is missing.`)
      continue
    }
    // osquery's word for unix seconds.
    const expected = type === 'datetime' ? 'bigint' : type
    if (column.type !== expected) found.push(`${name} is ${column.type} and should be ${expected}.`)
    if (order.indexOf(name) < last) found.push(`${name} stands too early.`)
    last = order.indexOf(name)
    if (marks.length > 0 && !heard.some((mark) => column[mark])) found.push(`${name} hears no constraint.`)
    if (marks.includes('required') && !column.required) found.push(`${name} is not required.`)
  }
  return found
}
