import type { Op, Table } from '../define-table.ts'

/** A constraint as xBestIndex shows it, on a column of the table by its real name. */
export interface Offer {
  column: string
  op: Op
  usable: boolean
  /** The whole list of an `IN` can be had at once. */
  list: boolean
}

interface Use {
  column: string
  op: Op
  list: boolean
}

/** How one scan of a table will be asked: kept for the length of the statement, found again by its number. */
export interface Plan {
  /** In the order of the arguments of xFilter. */
  uses: Use[]
  /** Names of the columns that the statement reads. */
  reads: ReadonlySet<string>
  /** Names of the columns that the statement constrains, whether or not this plan can use it. */
  constrained: ReadonlySet<string>
  /** Columns whose groups the rows are brought together by. */
  groups?: readonly string[]
  /** A required column has no constraint that can be used: the scan gives no rows and a warning. */
  missing: boolean
  cost: number
  rows: number
}

const PICKS: readonly Op[] = ['=', 'LIKE', 'GLOB']
const NEVER = 1e12

/**
 * Decides which of the offered constraints a scan takes, and what it will cost in units of one row. `taken[i]` says whether
 * offer i is used; those used become arguments in their order.
 */
export function choose(
  table: Table,
  offers: readonly Offer[],
  asked: Pick<Plan, 'reads' | 'constrained' | 'groups'>,
) {
  const total = table.estimatedRows ?? 1000
  const { narrowedBy } = table
  const narrowed = !narrowedBy || offers.some(({ usable, column }) => usable && narrowedBy.includes(column))
  const required = Object.keys(table.columns).filter((name) => table.columns[name]?.required)
  const picked = new Set<string>()
  let rows = total
  const uses: Use[] = []
  const taken = offers.map((offer) => {
    const column = table.columns[offer.column]
    if (!column || !offer.usable || !(column.index || column.required || column.additional)) return false
    uses.push({ column: offer.column, op: offer.op, list: offer.list })
    if (column.required && PICKS.includes(offer.op)) picked.add(offer.column)
    if (!narrowed) return true
    if (column.index || column.required) rows = Math.min(rows, expected(offer, total))
    // Such a column changes the work, not surely the number of rows: a nudge, so that the constraint is handed over.
    else rows = Math.min(rows, Math.max(1, total * 0.9))
    return true
  })
  const needed = table.requiresAll ? required.length : Math.min(1, required.length)
  const satisfied = picked.size >= needed
  const plan: Plan = {
    ...asked,
    uses,
    missing: !satisfied,
    rows: Math.max(1, Math.round(rows)),
    cost: satisfied ? 10 + rows * 2 : NEVER,
  }
  return { plan, taken }
}

/** Rows that are left after a constraint on an index. */
function expected({ op, list }: Offer, total: number): number {
  if (op === '=') return Math.min(total, list ? 10 : 5)
  if (op === 'LIKE' || op === 'GLOB') return Math.min(total, Math.max(50, total / 10))
  return Math.max(1, total / 3)
}

/** Names of the required columns, for the warning. */
export function requiredColumns(table: Table): string[] {
  return Object.keys(table.columns).filter((name) => table.columns[name]?.required)
}
