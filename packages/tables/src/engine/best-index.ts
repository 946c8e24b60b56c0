import type { Op } from '../define-table.ts'
import type { DeclaredTable } from './declare.ts'
import { choose, type Offer } from './plan.ts'
import type { Sqlite } from './sqlite.ts'
import type { StatementState } from './statement-state.ts'

/** The accessors of `sqlite3_index_info` that the package has and its types leave out. */
interface IndexInfo {
  readonly $nConstraint: number
  readonly $colUsed: bigint
  readonly $nOrderBy: number
  $orderByConsumed: number
  $idxNum: number
  $estimatedCost: number
  $estimatedRows: bigint
  nthConstraint(index: number): { $iColumn: number; $op: number; $usable: number; dispose(): void }
  nthOrderBy(index: number): { $iColumn: number; $desc: number; dispose(): void }
  nthConstraintUsage(index: number): { $argvIndex: number; dispose(): void }
  dispose(): void
}

/** What `sqlite3_vtab_distinct` says where rows of a group need only lie together. */
const GROUP_BY = 1
/** Rows from which on sorting them takes longer than reading them. */
const LARGE = 100_000
/** Types of columns whose values are the same in SQLite whenever they are in JavaScript. */
const EXACT: ReadonlySet<string | undefined> = new Set(['text', 'integer', 'bigint'])

/**
 * Makes the answer to xBestIndex: which constraints a scan takes, under a plan number that xFilter gets. `omit` is never set, so
 * SQLite checks every constraint again.
 */
export function scanPlanner({ capi }: Sqlite) {
  const ops = operators(capi)
  const Info = capi.sqlite3_index_info as unknown as new (pointer: number) => IndexInfo

  /** Only a comparison byte by byte may reach a table: under NOCASE the table's own `=` would lose rows. */
  const comparesBytes = (pIndex: number, constraint: number, op: Op) =>
    op === 'LIKE' || op === 'GLOB' || capi.sqlite3_vtab_collation(pIndex, constraint) === 'BINARY'

  function offer(
    pIndex: number,
    info: IndexInfo,
    index: number,
    table: DeclaredTable,
    constrained: Set<string>,
  ): Offer | undefined {
    const constraint = info.nthConstraint(index)
    const { $op, $iColumn, $usable } = constraint
    constraint.dispose()
    const op = ops.get($op)
    const column = table.real[$iColumn]
    if (column === undefined) return undefined
    constrained.add(column)
    if (!op || !comparesBytes(pIndex, index, op)) return undefined
    const list = op === '=' && capi.sqlite3_vtab_in(pIndex, index, -1) !== 0
    return { column, op, usable: $usable !== 0, list }
  }

  /** The columns of a GROUP BY whose rows the engine brings together itself; undefined where SQLite has to. */
  function groupsBy(pIndex: number, info: IndexInfo, { table, real }: DeclaredTable): string[] | undefined {
    if ((table.estimatedRows ?? 0) < LARGE || info.$nOrderBy === 0) return undefined
    if (capi.sqlite3_vtab_distinct(pIndex as never) !== GROUP_BY) return undefined
    const names = Array.from({ length: info.$nOrderBy }, (_, index) => {
      const term = info.nthOrderBy(index)
      const { $iColumn } = term
      term.dispose()
      return real[$iColumn]
    })
    const known = names.filter((name) => name !== undefined && EXACT.has(table.columns[name]?.type))
    return known.length === names.length ? (known as string[]) : undefined
  }

  return (pIndex: number, table: DeclaredTable, state: StatementState): void => {
    const info = new Info(pIndex)
    try {
      const constrained = new Set<string>()
      const offers = Array.from({ length: info.$nConstraint }, (_, index) =>
        offer(pIndex, info, index, table, constrained),
      )
      const known = offers.filter((one) => one !== undefined)
      const groups = groupsBy(pIndex, info, table)
      const asked = { reads: table.reads(info.$colUsed), constrained, ...(groups && { groups }) }
      const { plan, taken } = choose(table.table, known, asked)
      const used = new Set(known.filter((_, index) => taken[index]))
      let argument = 0
      for (const [index, one] of offers.entries()) {
        if (!one || !used.has(one)) continue
        const usage = info.nthConstraintUsage(index)
        usage.$argvIndex = ++argument
        usage.dispose()
        if (one.list) capi.sqlite3_vtab_in(pIndex, index, 1)
      }
      info.$idxNum = state.plans.push(plan) - 1
      if (groups) info.$orderByConsumed = 1
      info.$estimatedCost = plan.cost
      info.$estimatedRows = BigInt(plan.rows)
    } finally {
      info.dispose()
    }
  }
}

function operators(capi: Sqlite['capi']): Map<number, Op> {
  return new Map<number, Op>([
    [capi.SQLITE_INDEX_CONSTRAINT_EQ, '='],
    [capi.SQLITE_INDEX_CONSTRAINT_LT, '<'],
    [capi.SQLITE_INDEX_CONSTRAINT_LE, '<='],
    [capi.SQLITE_INDEX_CONSTRAINT_GT, '>'],
    [capi.SQLITE_INDEX_CONSTRAINT_GE, '>='],
    [capi.SQLITE_INDEX_CONSTRAINT_LIKE, 'LIKE'],
    [capi.SQLITE_INDEX_CONSTRAINT_GLOB, 'GLOB'],
  ])
}
