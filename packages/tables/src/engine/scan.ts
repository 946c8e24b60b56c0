import { constrainsEverywhere } from '@quarry/sql/constrains'
import type { Constraint, Place, Scan, Table, Value } from '../define-table.ts'
import { toColumnType } from './affinity.ts'
import type { Plan } from './plan.ts'
import type { StatementState } from './statement-state.ts'
import type { SqlValue } from './values.ts'

/** An argument of xFilter: one value, or the values of an `IN` list. */
export type Argument = { value: SqlValue } | { list: SqlValue[] }

const keyOf = (value: SqlValue) =>
  value instanceof Uint8Array ? `b${Buffer.from(value).toString('hex')}` : `${typeof value}${value}`

/**
 * Makes the scan that a table sees from a plan and its arguments; undefined when no row can match (a comparison with NULL, an
 * empty list, two `=` that contradict each other).
 */
export function makeScan(
  table: Table,
  plan: Plan,
  args: readonly Argument[],
  state: StatementState,
  from?: Place,
) {
  const constraints = new Map<string, Constraint[]>()
  const picked = new Map<string, Map<string, SqlValue>>()
  for (const [index, use] of plan.uses.entries()) {
    const type = table.columns[use.column]!.type
    const argument = args[index]!
    const values = 'list' in argument ? argument.list : [argument.value]
    const usable = values.filter((value) => value !== null).map((value) => toColumnType(value, type))
    if (usable.length === 0) return undefined
    if (use.op === '=') {
      const keyed = new Map(usable.map((value) => [keyOf(value), value]))
      const before = picked.get(use.column)
      if (before) for (const key of before.keys()) if (!keyed.has(key)) before.delete(key)
      picked.set(use.column, before ?? keyed)
      if ((before ?? keyed).size === 0) return undefined
    }
    const single = usable.length === 1 ? usable[0]! : undefined
    if (use.op !== '=' || single !== undefined) {
      const list = constraints.get(use.column) ?? []
      list.push({ op: use.op, value: single ?? usable[0]! })
      constraints.set(use.column, list)
    }
  }

  const values = (name: string): readonly SqlValue[] | undefined => {
    const found = picked.get(name)
    return found && [...found.values()]
  }
  const scan: Scan = {
    constraints: (name) => constraints.get(name) ?? [],
    values: values as (name: string) => readonly Value[] | undefined,
    texts: (name) =>
      values(name)
        ?.filter((value) => !(value instanceof Uint8Array))
        .map(String),
    integers: (name) =>
      values(name)?.filter(
        (value): value is number => typeof value === 'number' && Number.isSafeInteger(value),
      ),
    constrained: (name) => plan.constrained.has(name) || saysSo(table, name, state),
    mayRead: (name) => state.request.readable.includes(name),
    uses: (name) => plan.reads.has(name),
    warn: (message, code = 'partial') => state.warn(code, message),
    once<T>(key: string, make: () => T): T {
      const id = `${table.name}\0${key}`
      if (!state.kept.has(id)) state.kept.set(id, make())
      return state.kept.get(id) as T
    },
    lists: state.request.lists ?? {},
    ...(from && { from }),
    asked: (read) => (state.asked ??= read()),
    until(journal, find) {
      if (!state.until.has(journal)) state.until.set(journal, find())
      return state.until.get(journal)
    },
    progress: (say) => state.progress.set(table.name, say),
  }
  return scan
}

/**
 * Whether the text of the statement constrains a column wherever it reads the table. SQLite keeps some comparisons to itself: those of
 * WHERE on the right side of a LEFT JOIN, and those within an OR.
 */
function saysSo(table: Table, name: string, state: StatementState): boolean {
  const key = `${table.name}\0constrains ${name}`
  if (!state.kept.has(key)) {
    const tables = [table.name, ...(table.aliases ?? [])]
    const columns = [name, ...(table.columns[name]?.aliases ?? [])]
    state.kept.set(key, constrainsEverywhere(state.request.sql, tables, columns))
  }
  return state.kept.get(key) as boolean
}
